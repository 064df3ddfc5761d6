import * as base64url from 'jose/base64url'

/** The S256 code challenge of a verifier: base64url(SHA-256(verifier)), unpadded (RFC 7636 §4.2). */
export async function challengeOf(verifier: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  return base64url.encode(new Uint8Array(hash))
}
