import * as base64url from 'jose/base64url'
import type { Chance } from '../../vocabulary/chance.ts'
import { makeRsaKey } from '../../world/rsa.ts'
import { octetsOf, type SigningKey, signByJose } from './key.ts'
import type { PublicKey } from './public-key.ts'

/** An RSA key of 2048 bits, for RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 §3.3, §6.3). */
export async function makeRs256(chance: Chance, kid: string): Promise<SigningKey> {
  const { n, e, d, p, q, dp, dq, qi } = makeRsaKey(chance)
  const shown = { use: 'sig', kty: 'RSA', kid, alg: 'RS256', n: encode(n), e: encode(e) } satisfies PublicKey
  const secret = { d: encode(d), p: encode(p), q: encode(q), dp: encode(dp), dq: encode(dq), qi: encode(qi) }
  const whole = { ...shown, ...secret }
  return { shown, sign: (claims) => signByJose(claims, shown, whole) }
}

/** A number as JSON Web Keys write it: base64url of its octets, the highest first (RFC 7518 §2). */
function encode(number: bigint): string {
  const hex = number.toString(16)
  return base64url.encode(octetsOf(hex.padStart(hex.length + (hex.length % 2), '0')))
}
