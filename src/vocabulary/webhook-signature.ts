/** What a signature may be made from. */
export interface SignedDelivery {
  /** World time of the attempt, in milliseconds. */
  readonly at: number
  readonly requestId: string | undefined
  /** The query parameters that were added to the receiver's URL. */
  readonly query: Readonly<Record<string, string>>
  /** The body, byte for byte as it is sent. */
  readonly body: string
}

/** The text that goes into the HMAC, and the header that carries what comes out of it. */
export interface Signature {
  readonly text: string
  readonly header: (hex: string) => readonly [name: string, value: string]
}

/** How a delivery is signed: HMAC-SHA256 with the receiver's secret, in lower-case hexadecimal digits. */
export interface SignatureScheme {
  readonly words: string
  readonly sign?: (delivery: SignedDelivery) => Signature
}

/** Nothing proves where a delivery comes from. */
export const unsigned: SignatureScheme = { words: 'not signed' }

/** `<header>: t=<ISO 8601 UTC>;s=<hex>` over `<t>.<body>`. */
export const signedBody = (header: string): SignatureScheme => ({
  words: `${header}: t=<ISO 8601 UTC>;s=<hex HMAC-SHA256 of t, a dot and the body>`,
  sign({ at, body }) {
    const time = new Date(at).toISOString()
    return { text: `${time}.${body}`, header: (hex) => [header, `t=${time};s=${hex}`] }
  },
})

/**
 * `<header>: ts=<Unix time>,v1=<hex>` over `id:<data.id>;request-id:<request id>;ts:<ts>;`; a pair without a value is
 * left out. The body is not signed.
 */
export const signedManifest = (header: string, unit: 'seconds' | 'milliseconds'): SignatureScheme => ({
  words: `${header}: ts=<Unix ${unit}>,v1=<hex HMAC-SHA256 of id:<data.id>;request-id:<request id>;ts:<ts>;>`,
  sign({ at, requestId, query }) {
    const ts = String(unit === 'seconds' ? Math.floor(at / 1000) : at)
    const pairs = { id: query['data.id'], 'request-id': requestId, ts }
    const text = Object.entries(pairs).flatMap(([name, value]) => (value === undefined ? [] : [`${name}:${value};`]))
    return { text: text.join(''), header: (hex) => [header, `ts=${ts},v1=${hex}`] }
  },
})
