import type { Chance } from '../../vocabulary/chance.ts'
import { octetsOf, type SigningKey, signByJose } from './key.ts'
import type { PublicKey } from './public-key.ts'

/** What stands before the 32 octets of an Ed25519 key in PKCS #8 (RFC 8410 §7). */
const pkcs8 = '302e020100300506032b657004220420'

/** An Ed25519 key (RFC 8037 §2); any 32 octets are one. */
export async function makeEdDsa(chance: Chance, kid: string): Promise<SigningKey> {
  const octets = octetsOf(pkcs8 + chance.string('0123456789abcdef', 64))
  const whole = await crypto.subtle.importKey('pkcs8', octets, 'Ed25519', true, ['sign'])
  const { x = '' } = await crypto.subtle.exportKey('jwk', whole)
  const shown = { use: 'sig', kty: 'OKP', kid, alg: 'EdDSA', crv: 'Ed25519', x } satisfies PublicKey
  return { shown, sign: (claims) => signByJose(claims, shown, whole) }
}
