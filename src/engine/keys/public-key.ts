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
