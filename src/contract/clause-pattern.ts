/** Whether a text names clauses by a pattern: `rot-*` */
export const isPattern = (text: string): boolean => text.includes('*')

/** Whether an id is the one that is named, or like the pattern; `*` stands for any characters. */
export function isLike(pattern: string, id: string): boolean {
  const literals = pattern.split('*').map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${literals.join('.*')}$`).test(id)
}
