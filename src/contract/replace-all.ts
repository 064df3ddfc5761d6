/** Texts are found by so many of their first characters. */
const first = 4

/**
 * Replaces every one of many texts wherever it stands, the longest where several begin at one place. Takes time by the length
 * of what is searched, not by how many are looked for; texts of fewer than four characters are not.
 */
export function replacing(texts: ReadonlyMap<string, string>): (text: string) => string {
  const byStart = new Map<string, string[]>()
  for (const one of [...texts.keys()].sort((a, b) => b.length - a.length)) {
    const start = one.slice(0, first)
    if (one.length >= first) byStart.set(start, [...(byStart.get(start) ?? []), one])
  }
  return (text) => {
    let [told, from] = ['', 0]
    for (let at = 0; at + first <= text.length; at++) {
      const found = byStart.get(text.slice(at, at + first))?.find((one) => text.startsWith(one, at))
      if (found === undefined) continue
      told += text.slice(from, at) + texts.get(found)
      from = at + found.length
      at = from - 1
    }
    return from === 0 ? text : told + text.slice(from)
  }
}
