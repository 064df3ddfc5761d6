import type { Json } from '../../vocabulary/json.ts'
import type { PublicKey } from './public-key.ts'

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
