import type { Json } from './json.ts'

/** Whether a value may stand behind a name. */
type Accepts = (value: unknown) => boolean

/**
 * Reads a value: JSON where it can be and may be, else text, else the items of a list with commas between them; nothing
 * where none of these may stand there.
 */
export function readValue(text: string, accepts: Accepts): Json | undefined {
  const items = text.split(',')
  const candidates: readonly (Json | undefined)[] = [
    parsed(text),
    text,
    items.map((item) => parsed(item) ?? item),
    items,
  ]
  return candidates.find((candidate) => candidate !== undefined && accepts(candidate))
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Writes a value as plainly as it reads back as the same. */
export function writeValue(value: Json, accepts: Accepts): string {
  const json = JSON.stringify(value)
  const items = Array.isArray(value) ? value : [value]
  if (items.some((item) => typeof item === 'object')) return json
  const plain = items.join(',')
  return /^[^\s"[{]\S*$/.test(plain) && JSON.stringify(readValue(plain, accepts)) === json ? plain : json
}
