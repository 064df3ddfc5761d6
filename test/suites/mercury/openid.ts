import { createLocalJWKSet, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { tokensOf } from '../answer.ts'
import { noon } from '../open.ts'
import { apiAnswer, tokenAnswer } from './answers.ts'
import { type Integration, openMercury, production, sandbox } from './client.ts'

const scope = 'openid offline_access'
const issuer = 'https://oauth2.mercury.com'
const openOpenId = (door: Door, seed = 'a test', place = production) =>
  openMercury(door, { seed, client: { scopes: ['openid', 'offline_access', 'read'] } }, place)
const keysOf = async ({ request }: Integration, at = issuer) =>
  JSON.parse((await request(`${at}/.well-known/jwks.json`)).body)
const verified = async (program: Integration, token: string) =>
  jwtVerify(token, createLocalJWKSet(await keysOf(program)), { currentDate: new Date(noon) })

/** OpenID Connect, which the official command line asks for. */
export const openIdSuite = (door: Door) =>
  describe('OpenID Connect', () => {
    it('is discovered', async () => {
      const { request } = await openOpenId(door)
      expect(await request(`${issuer}/.well-known/openid-configuration`)).toEqual(
        apiAnswer(200, {
          issuer,
          authorization_endpoint: `${issuer}/oauth2/auth`,
          token_endpoint: `${issuer}/oauth2/token`,
          jwks_uri: `${issuer}/.well-known/jwks.json`,
          subject_types_supported: ['public'],
          response_types_supported: ['code'],
          grant_types_supported: ['authorization_code', 'refresh_token'],
          userinfo_endpoint: `${issuer}/userinfo`,
          scopes_supported: ['read', 'offline_access', 'write', 'openid', 'webhooks:create', 'webhooks:edit'],
          token_endpoint_auth_methods_supported: ['client_secret_basic', 'none'],
          id_token_signing_alg_values_supported: ['RS256'],
          revocation_endpoint: `${issuer}/oauth2/revoke`,
          code_challenge_methods_supported: ['S256'],
          claims_supported: ['sub'],
          response_modes_supported: ['query'],
        }),
      )
      expect((await request(`${issuer}/.well-known/openid-configuration`, { method: 'POST' })).status).toBe(405)
    })

    it('brings an ID token with the access token, signed, with the nonce of the login', async () => {
      const program = await openOpenId(door)
      const answer = await program.exchange(await program.code({ scope, nonce: 'n-0S6_WzA2Mj' }))
      const { access_token, id_token, refresh_token } = JSON.parse(answer.body)
      expect(answer).toEqual(
        tokenAnswer({ access_token, expires_in: 3599, id_token, refresh_token, scope, token_type: 'bearer' }),
      )
      const { payload, protectedHeader } = await verified(program, id_token)
      const { keys } = await keysOf(program)
      expect(protectedHeader).toEqual({ alg: 'RS256', kid: keys[0].kid, typ: 'JWT' })
      const [person] = await program.mock.users.list()
      const at = Date.parse(noon) / 1000
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(access_token)))
      expect(Object.entries(payload)).toEqual([
        ['at_hash', Buffer.from(hash.slice(0, 16)).toString('base64url')],
        ['aud', [program.clientId]],
        ['auth_time', at],
        ['exp', at + 3600],
        ['iat', at],
        ['iss', issuer],
        ['jti', expect.stringMatching(/^[\da-f-]{36}$/)],
        ['nonce', 'n-0S6_WzA2Mj'],
        ['rat', at],
        ['sid', expect.stringMatching(/^[\da-f-]{36}$/)],
        ['sub', person?.id],
      ])
    })

    it('brings another one with each refresh, without the nonce', async () => {
      const program = await openOpenId(door)
      const first = tokensOf(await program.exchange(await program.code({ scope, nonce: 'n-0S6_WzA2Mj' })))
      const { id_token } = JSON.parse((await program.refresh(first.refresh, { scope })).body)
      const { payload } = await verified(program, id_token)
      expect([payload.aud, payload.nonce]).toEqual([[program.clientId], undefined])
    })

    it('brings none where openid was not granted', async () => {
      const program = await openOpenId(door)
      expect((await program.exchange(await program.code())).body).not.toContain('id_token')
    })

    it('tells who has signed in to a token with the scope, and to no other', async () => {
      const program = await openOpenId(door)
      const { request, mock } = program
      const ask = (token: string) => request(`${issuer}/userinfo`, { headers: { authorization: `Bearer ${token}` } })
      const { access } = await program.connect({ scope })
      const [person] = await mock.users.list()
      expect(await ask(access)).toEqual(apiAnswer(200, { sub: person?.id }))
      expect(await ask('x')).toMatchObject({ status: 401, body: expect.stringContaining('"error":"invalid_token"') })
      expect((await ask((await program.connect()).access)).status).toBe(403)
      await program.revoke({ token: access })
      expect((await ask(access)).status).toBe(401)
    })

    it('has keys from the seed: the same one the same bytes, another one others, the sandbox its own', async () => {
      const [one, same, other] = [await openOpenId(door), await openOpenId(door), await openOpenId(door, 'another')]
      const keys = await keysOf(one)
      expect(keys).toEqual({
        keys: [
          {
            use: 'sig',
            kty: 'RSA',
            kid: expect.stringMatching(/^[\da-f-]{36}$/),
            alg: 'RS256',
            n: expect.stringMatching(/^[\w-]{342}$/),
            e: 'AQAB',
          },
        ],
      })
      expect(await keysOf(same)).toEqual(keys)
      const moduli = [keys, await keysOf(other), await keysOf(one, sandbox.oauth)].map((set) => set.keys[0].n)
      expect(new Set(moduli).size).toBe(3)
      const tokens = async (program: Integration) => (await program.exchange(await program.code({ scope }))).body
      expect(await tokens(one)).toBe(await tokens(same))
      await one.mock.reset()
      expect(await keysOf(one)).toEqual(keys)
    })
  })
