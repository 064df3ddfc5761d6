import type { EvidenceEntry } from './plain.ts'

/**
 * The evidence of a definition with a value in place of its own.
 * @param setting what has set it
 * @param before its own, in words
 */
export function configured(
  entries: readonly EvidenceEntry[],
  set: Pick<EvidenceEntry, 'path' | 'words'>,
  setting: string,
  before: string,
): readonly EvidenceEntry[] {
  const own = entries.find(({ path }) => path === set.path)
  const known = own ? `, ${own.grade}: ${own.source}` : ''
  const entry = { ...own, ...set, grade: 'configured', source: `${setting}; else ${before}${known}` } as const
  return own ? entries.map((one) => (one === own ? entry : one)) : [...entries, entry]
}
