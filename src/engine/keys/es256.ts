import { p256 } from '@noble/curves/nist.js'
import * as base64url from 'jose/base64url'
import type { Chance } from '../../vocabulary/chance.ts'
import { headerOf, octetsOf, type SigningKey } from './key.ts'
import type { PublicKey } from './public-key.ts'

/** A P-256 key (RFC 7518 §6.2) whose signatures follow from what is signed (RFC 6979), which WebCrypto's do not. */
export async function makeEs256(chance: Chance, kid: string): Promise<SigningKey> {
  // Half as many octets again as the key has, so that each key is about as likely (FIPS 186-5 A.2.1).
  const secret = p256.utils.randomSecretKey(octetsOf(chance.string('0123456789abcdef', 96)))
  const point = p256.getPublicKey(secret, false)
  const [x, y] = [base64url.encode(point.slice(1, 33)), base64url.encode(point.slice(33))]
  const shown = { use: 'sig', kty: 'EC', kid, alg: 'ES256', crv: 'P-256', x, y } satisfies PublicKey
  return {
    shown,
    async sign(claims) {
      const input = [headerOf(shown), claims].map((part) => base64url.encode(JSON.stringify(part))).join('.')
      // Of the two signatures that are right, the one that RFC 6979 gives: other servers do not choose the lower one.
      const signature = p256.sign(new TextEncoder().encode(input), secret, { lowS: false })
      return `${input}.${base64url.encode(signature)}`
    },
  }
}
