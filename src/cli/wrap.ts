/** Breaks a text at spaces into lines of a width; a longer word has a line of its own. */
export function wrap(text: string, width: number): string[] {
  if (text.length <= width) return [text]
  const lines = text.match(new RegExp(`.{1,${width}}(?: +|$)|\\S+(?: +|$)`, 'g')) ?? []
  return lines.map((line) => line.trimEnd())
}
