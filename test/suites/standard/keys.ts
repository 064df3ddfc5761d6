import { exportJWK, generateKeyPair, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose'
import { noon } from '../open.ts'
import { type Fields, type Integration, issuer } from './client.ts'

/** In seconds. */
export const now = Date.parse(noon) / 1000

export const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

type Claims = Readonly<Record<string, unknown>>

/** A client that signs its authentication (private_key_jwt). */
export interface Signer {
  readonly program: Integration
  /** A JWT that proves who it is, unless a claim, the header or the key is changed. */
  sign(changes?: Claims, header?: Partial<JWTHeaderParameters>, key?: CryptoKey | Uint8Array): Promise<string>
  readonly key: CryptoKey
  readonly publicKey: CryptoKey
}

let serial = 0

/** Registers a client with a key of this algorithm. */
export async function withKeys(from: Integration, alg = 'ES256', kid = `key of ${alg}`): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  const jwk = { ...(await exportJWK(publicKey)), kid, alg }
  const program = await from.with({ jwks: { keys: [jwk] } })
  const { clientId } = program
  return {
    program,
    key: privateKey,
    publicKey,
    sign: (changes, header, key = privateKey) =>
      new SignJWT({
        iss: clientId,
        sub: clientId,
        aud: issuer,
        exp: now + 60,
        jti: `jti ${++serial}`,
        ...changes,
      } as JWTPayload)
        .setProtectedHeader({ alg, kid, ...header })
        .sign(key),
  }
}

/** The fields that carry an assertion. */
export const asserted = (client_assertion: string): Fields => ({
  client_assertion_type: assertionType,
  client_assertion,
})
