/** So many wrappings are looked into: JSON in base64 within a percent-encoded value is three. */
const deepest = 3

/** A text as it stands, and what its parts say once percent-encoding and base64 are taken off. */
export function layersOf(text: string, depth = deepest): readonly string[] {
  if (depth === 0 || text === '') return [text]
  const parts = text.match(/[\w+/-]{8,}={0,2}/g) ?? []
  const inside = [percentDecoded(text), ...parts.map(base64Decoded)].filter((one) => one !== text)
  return [text, ...inside.flatMap((one) => layersOf(one, depth - 1))]
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Either alphabet; random octets come to a text that says nothing. */
const base64Decoded = (text: string) => Buffer.from(text, 'base64url').toString('latin1')
