import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { verifier } from '../../pkce.ts'
import { tokensOf } from '../answer.ts'
import { badGrant, bearerError, tokenAnswer, tokenError } from './answers.ts'
import { callback, issuer, openStandard, scope } from './client.ts'

const reusedCode = badGrant('The authorization code has already been used')
const revokedToken = badGrant('The refresh token has been revoked')
const reusedToken = badGrant('The refresh token has already been used')
const tooWide = tokenError(400, 'invalid_scope', 'The scope was not granted')

/** A code becomes tokens. */
export const exchangeSuite = (door: Door) =>
  describe('a code', () => {
    it('becomes tokens: four members and, with openid, an ID token', async () => {
      const { code, exchange } = await openStandard(door)
      const answer = await exchange(await code())
      const { access_token, refresh_token } = JSON.parse(answer.body)
      for (const token of [access_token, refresh_token]) expect(token).toMatch(/^[\w-]{43}$/)
      expect(answer).toEqual(
        tokenAnswer({ access_token, token_type: 'Bearer', expires_in: 3600, refresh_token, scope }),
      )
      const signed = await exchange(await code({ scope: 'openid' }))
      expect(Object.keys(JSON.parse(signed.body))).toEqual([
        'access_token',
        'token_type',
        'expires_in',
        'scope',
        'id_token',
      ])
    })

    it('brings a refresh token where offline_access was granted, and only there', async () => {
      const { code, exchange } = await openStandard(door)
      const answer = await exchange(await code({ scope: 'profile' }))
      const { access_token } = JSON.parse(answer.body)
      expect(answer).toEqual(tokenAnswer({ access_token, token_type: 'Bearer', expires_in: 3600, scope: 'profile' }))
    })

    it('works once; a second use ends what it brought', async () => {
      const { code, exchange, refresh, get } = await openStandard(door)
      const once = await code()
      const { access, refresh: renewal } = tokensOf(await exchange(once))
      expect((await get('/api/me', access)).status).toBe(200)
      expect(await exchange(once)).toEqual(reusedCode)
      expect(await get('/api/me', access)).toEqual(bearerError('The access token was revoked'))
      expect(await refresh(renewal)).toEqual(revokedToken)
    })

    it('lives a minute', async () => {
      const { code, exchange, wait } = await openStandard(door)
      const [early, late] = [await code(), await code()]
      await wait('59s')
      expect((await exchange(early)).status).toBe(200)
      await wait('1s')
      expect(await exchange(late)).toEqual(badGrant('The authorization code has expired'))
    })

    it('survives a wrong attempt', async () => {
      const program = await openStandard(door)
      const [other, code] = [await program.with({}), await program.code()]
      for (const changes of [{ code_verifier: `${verifier}x` }, { redirect_uri: `${callback}/` }]) {
        expect((await program.exchange(code, changes)).status).toBe(400)
      }
      expect((await other.exchange(code)).status).toBe(400)
      expect((await program.exchange(code)).status).toBe(200)
    })
  })

/** Tokens are renewed. */
export const refreshSuite = (door: Door) =>
  describe('a refresh token', () => {
    it('brings new tokens in the same form', async () => {
      const { connect, refresh } = await openStandard(door)
      const first = await connect()
      const answer = await refresh(first.refresh)
      const { access_token, refresh_token } = JSON.parse(answer.body)
      expect(answer).toEqual(
        tokenAnswer({ access_token, token_type: 'Bearer', expires_in: 3600, refresh_token, scope }),
      )
      expect(new Set([first.access, first.refresh, access_token, refresh_token]).size).toBe(4)
    })

    it('works once; a second use ends the whole family', async () => {
      const { connect, refresh, get } = await openStandard(door)
      const first = await connect()
      const second = tokensOf(await refresh(first.refresh))
      expect(await refresh(first.refresh)).toEqual(reusedToken)
      for (const { access } of [first, second]) {
        expect(await get('/api/me', access)).toEqual(bearerError('The access token was revoked'))
      }
      expect(await refresh(second.refresh)).toEqual(revokedToken)
    })

    it('leaves the access token before it alive, unless that is assumed otherwise', async () => {
      const open = await openStandard(door)
      const first = await open.connect()
      await open.refresh(first.refresh)
      expect((await open.get('/api/me', first.access)).status).toBe(200)
      const strict = await openStandard(door, { assume: { 'standard.old-access-token': 'dies' } })
      const old = await strict.connect()
      await strict.refresh(old.refresh)
      expect(await strict.get('/api/me', old.access)).toEqual(bearerError('The access token was replaced'))
    })

    it('narrows the scope of an access token, and keeps its own', async () => {
      const { connect, refresh } = await openStandard(door)
      const narrow = await refresh((await connect()).refresh, { scope: 'profile' })
      expect(JSON.parse(narrow.body).scope).toBe('profile')
      const whole = await refresh(tokensOf(narrow).refresh)
      expect(JSON.parse(whole.body).scope).toBe(scope)
    })

    it('does not widen it', async () => {
      const { connect, refresh } = await openStandard(door)
      const { refresh: own } = await connect()
      for (const wide of ['profile email', 'api', 'nothing'])
        expect(await refresh(own, { scope: wide })).toEqual(tooWide)
      expect((await refresh(own)).status).toBe(200)
    })

    it('of another client is refused, and goes on for its own', async () => {
      const program = await openStandard(door)
      const { refresh } = await program.connect()
      const foreign = badGrant('The refresh token was issued to another client')
      for (const other of [await program.with({}), await program.with({ public: true })]) {
        expect(await other.refresh(refresh)).toEqual(foreign)
      }
      expect((await program.refresh(refresh)).status).toBe(200)
    })

    it('ends when it is idle for thirty days', async () => {
      const { connect, refresh, wait } = await openStandard(door)
      const [used, idle] = [await connect(), await connect()]
      await wait('29d')
      const next = tokensOf(await refresh(used.refresh))
      await wait('1d')
      expect(await refresh(idle.refresh)).toEqual(badGrant('The refresh token has expired'))
      expect((await refresh(next.refresh)).status).toBe(200)
    })

    it('rotates for a client without a secret too', async () => {
      const open = await (await openStandard(door)).with({ public: true })
      const first = await open.connect()
      const second = tokensOf(await open.refresh(first.refresh))
      expect(await open.refresh(first.refresh)).toEqual(reusedToken)
      expect(await open.refresh(second.refresh)).toEqual(revokedToken)
    })
  })

/** A client on its own account. */
export const clientCredentialsSuite = (door: Door) =>
  describe('a client for itself', () => {
    it('gets an access token and nothing else', async () => {
      const { token, get, clientId } = await openStandard(door)
      const answer = await token({ grant_type: 'client_credentials', scope: 'api' })
      const { access_token } = JSON.parse(answer.body)
      expect(answer).toEqual(tokenAnswer({ access_token, token_type: 'Bearer', expires_in: 3600, scope: 'api' }))
      expect(JSON.parse((await get('/api/me', access_token)).body)).toEqual({ client_id: clientId, scope: 'api' })
      expect((await get('/api/notes', access_token)).status).toBe(200)
    })

    it('is nobody at the user information', async () => {
      const { token, get } = await openStandard(door)
      const { access } = tokensOf(await token({ grant_type: 'client_credentials', scope: 'openid' }))
      expect(await get('/userinfo', access)).toEqual(bearerError('The access token is invalid'))
    })

    it('asks for no scope that it does not have', async () => {
      const { token } = await openStandard(door)
      expect(await token({ grant_type: 'client_credentials', scope: 'api else' })).toEqual(
        tokenError(400, 'invalid_scope', 'The client may not ask for this scope'),
      )
    })

    it('authenticates', async () => {
      const open = await (await openStandard(door)).with({ public: true })
      expect(await open.token({ grant_type: 'client_credentials' })).toEqual(
        tokenError(400, 'unauthorized_client', 'The client may not use this grant type'),
      )
    })
  })

/** Scripts of other origins. */
export const crossOriginSuite = (door: Door) =>
  describe('a script of another origin', () => {
    const origin = 'https://app.example'
    const allowed = (headers: [string, string][]) => headers.filter(([name]) => name.startsWith('access-control'))

    it.each(['/token', '/revoke', '/introspect', '/par', '/device_authorization'])(
      'may post to %s and read the answer',
      async (path) => {
        const { request } = await openStandard(door)
        const asked = {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization',
        }
        expect(await request(issuer + path, { method: 'OPTIONS', headers: asked })).toEqual({
          status: 204,
          headers: [
            ['allow', 'POST, OPTIONS'],
            ['access-control-allow-methods', 'POST'],
            ['access-control-allow-headers', 'authorization'],
            ['access-control-allow-origin', '*'],
          ],
          body: '',
        })
        expect(allowed((await request(issuer + path, { method: 'POST', headers: { origin } })).headers)).toEqual([
          ['access-control-allow-origin', '*'],
        ])
      },
    )

    it.each(['/userinfo', '/jwks', '/.well-known/openid-configuration', '/api/me'])('may read %s', async (path) => {
      const { request } = await openStandard(door)
      expect(allowed((await request(issuer + path, { headers: { origin } })).headers)).toEqual([
        ['access-control-allow-origin', '*'],
      ])
    })

    it('may not read the authorization endpoint, nor any page for people', async () => {
      const { request, asked } = await openStandard(door)
      const query = new URLSearchParams(Object.entries(asked()).flatMap(([k, v]) => (v === undefined ? [] : [[k, v]])))
      for (const url of [`/authorize?${query}`, '/authorize', '/login']) {
        expect(allowed((await request(issuer + url, { headers: { origin } })).headers)).toEqual([])
      }
      const asking = { origin, 'access-control-request-method': 'GET' }
      for (const path of ['/authorize', '/login', '/logout']) {
        const { headers } = await request(issuer + path, { method: 'OPTIONS', headers: asking })
        expect(allowed(headers)).toEqual([])
      }
    })
  })
