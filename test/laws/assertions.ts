import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { expect } from 'vitest'
import type { Environment } from '../../src/vocabulary/environment.ts'
import { granted, type Law, near, refused } from './law.ts'
import { act, type Fields, join, type Party, scopesWithoutSigning } from './party.ts'
import { type Stage, start } from './stage.ts'

type Claims = Readonly<Record<string, unknown>>

const takesAssertions = ({ rules }: Environment) => rules.token.client.includes('privateKeyJwt')
const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** A client with a key, and a way to sign for it. */
async function joinWithKey(stage: Stage, environment: Environment) {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const jwks = { keys: [{ ...(await exportJWK(publicKey)) }] }
  const scopes = scopesWithoutSigning(environment)
  const party = act(stage, environment, await stage.register({ provider: environment.key, jwks, scopes }))
  const aud = await audienceOf(stage, environment)
  let serial = 0
  const claims = (changes: Claims = {}): JWTPayload => ({
    iss: party.client.id,
    sub: party.client.id,
    aud,
    exp: Math.floor(stage.now() / 1000) + 60,
    jti: `${++serial}`,
    ...changes,
  })
  const sign = async (changes: Claims = {}, key = privateKey) =>
    new SignJWT(claims(changes)).setProtectedHeader({ alg: 'ES256' }).sign(key)
  return { party, sign, key: privateKey }
}

/** The token endpoint as it is called here: a server writes it with its own origin. */
async function audienceOf(stage: Stage, { rules, urls, urlOf }: Environment): Promise<string> {
  if (!rules.openid) return urls.token
  const url = urlOf(rules.openid.configuration)
  return JSON.parse((await stage.send({ method: 'GET', url, headers: {}, body: '' })).body).token_endpoint
}

const proof = (client_assertion: string | undefined, client_assertion_type: string | undefined = type): Fields => ({
  client_assertion,
  client_assertion_type,
})
const exchange = async (party: Party, fields: Fields) => party.exchange(await party.code(), fields)

/** Clients that sign (RFC 7523). */
export const assertions: readonly Law[] = [
  {
    says: 'an assertion works once, also for another code',
    concerns: takesAssertions,
    async hold(stage, environment) {
      const { party, sign } = await joinWithKey(stage, environment)
      const once = proof(await sign())
      granted(await exchange(party, once))
      refused(await exchange(party, once), 'a second time')
      const raced = proof(await sign())
      const codes = [await party.code(), await party.code(), await party.code()]
      const answers = await Promise.all(codes.map((code) => party.exchange(code, raced)))
      expect(answers.filter(({ access }) => access !== undefined)).toHaveLength(1)
    },
  },
  {
    says: 'a client with keys is never authenticated by less than its signature',
    concerns: takesAssertions,
    async hold(stage, environment) {
      const { party, sign } = await joinWithKey(stage, environment)
      const [other, own] = [await joinWithKey(stage, environment), await join(stage, environment)]
      refused(await exchange(party, {}), 'the id alone')
      for (const client_secret of ['', 'x', own.client.secret, party.client.id]) {
        refused(await exchange(party, { client_secret }), `secret ${client_secret}`)
      }
      refused(await exchange(party, proof(await sign(), 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer')))
      refused(await exchange(party, proof(await sign({}, other.key))), 'the key of another client')
      refused(await exchange(party, proof(await other.sign())), 'the assertion of another client')
      for (const fake of near(await sign())) refused(await exchange(party, proof(fake)), `assertion ${fake}`)
      granted(await exchange(party, proof(await sign())))
    },
  },
  {
    says: 'an assertion that says the wrong thing, or nothing, proves nothing',
    concerns: takesAssertions,
    async hold(stage, environment) {
      const { party, sign } = await joinWithKey(stage, environment)
      const [now, another] = [Math.floor(stage.now() / 1000), 'https://another.example/token']
      const none: readonly Claims[] = ['iss', 'sub', 'aud', 'exp', 'jti'].map((name) => ({ [name]: undefined }))
      const wrong: readonly Claims[] = [
        { iss: another },
        { sub: another },
        { aud: another },
        { aud: [] },
        // Over by either clock.
        { exp: start / 1000 - 1 },
        { exp: start / 1000 },
        { exp: now + 86_400 },
        { exp: now + 86_400, iat: now + 86_000 },
        { exp: `${now + 60}` },
        { nbf: now + 50 },
        { jti: '' },
        { jti: { a: 1 } },
      ]
      for (const claims of [...none, ...wrong]) {
        refused(await exchange(party, proof(await sign(claims))), JSON.stringify(claims))
      }
      granted(await exchange(party, proof(await sign({ aud: [another, await audienceOf(stage, environment)] }))))
    },
  },
]
