import type { Json } from '../../vocabulary/json.ts'
import type { SigningAlgorithm } from '../../vocabulary/openid.ts'

/** What anyone may see of a key: a JSON Web Key (RFC 7517 §4), its members in the order in which it is shown. */
export type PublicKey = {
  readonly use: 'sig'
  readonly kty: 'RSA' | 'EC' | 'OKP'
  readonly kid: string
  readonly alg: SigningAlgorithm
  readonly crv?: string
  readonly x?: string
  readonly y?: string
  readonly n?: string
  readonly e?: string
}

/** The claims of a JWT. */
export type Claims = Readonly<Record<string, Json>>

/** A key that signs; the same claims give the same JWT each time. */
export interface SigningKey {
  readonly shown: PublicKey
  /** Claims as a signed JWT (RFC 7515, compact). */
  sign(claims: Claims): Promise<string>
}

/** The header of what a key signs. */
export const headerOf = ({ alg, kid }: PublicKey) => ({ alg, kid, typ: 'JWT' })

/** The octets that hexadecimal digits write, two for each. */
export const octetsOf = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

/** Signs by a library that knows all but one of the algorithms. */
export async function signByJose(
  claims: Claims,
  shown: PublicKey,
  whole: CryptoKey | (Readonly<Record<string, string>> & { readonly kty: string }),
): Promise<string> {
  // Loaded when the first one is due: most worlds never sign.
  const { SignJWT } = await import('jose/jwt/sign')
  return new SignJWT(claims).setProtectedHeader(headerOf(shown)).sign(whole)
}
