/** JSON from outside. */

/** An object's members; nothing where the text is no JSON object. Whole numbers beyond 2^53 come as text, exactly. */
export function readObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    JSON.parse(text)
    // The text is JSON: so strings end, and what looks like a number outside of them is one.
    const exact = text.replace(/"(?:[^"\\]|\\.)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g, keepDigits)
    const read: unknown = JSON.parse(exact)
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? { ...read } : undefined
  } catch {
    return undefined
  }
}

const keepDigits = (text: string) => (text.startsWith('"') || Number.isSafeInteger(Number(text)) ? text : `"${text}"`)

/** What may be logged and shown of a code that somebody else wrote. */
export const plainCode = (code: string): string => (/^[\w.:-]{1,64}$/.test(code) ? code : 'unreadable_error')
