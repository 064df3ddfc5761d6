import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { challenge, verifier } from '../../pkce.ts'
import { apiError, deadToken, json, noToken, redirect, tokenError } from './answers.ts'
import { type Integration, openMekari, scope } from './client.ts'

const open = (door: Door, more = {}) => openMekari(door, { assume: { 'mekari.errors': 'kong', ...more } })
const badClient = tokenError(400, 'invalid_client', 'Invalid client authentication')
const badCode = tokenError(400, 'invalid_request', 'Invalid code')
const badGrantType = tokenError(400, 'unsupported_grant_type', 'Invalid grant_type')
const badRedirectUri = tokenError(
  400,
  'invalid_request',
  'Invalid redirect_uri that does not match with any redirect_uri created with the application',
)
const unregistered = { redirect_uri: 'https://evil.example/' }

/** The same errors as the gateway presumed behind Mekari writes them, row by row. */
export const kongSuite = (door: Door) =>
  describe('with mekari.errors=kong', () => {
    it('succeeds as always', async () => {
      const { connect, refresh, api } = await open(door)
      const { access, refresh: token } = await connect()
      expect([(await refresh(token)).status, (await api(access)).status]).toEqual([200, 200])
    })

    it.each<[string, Record<string, unknown>, unknown]>([
      ['no grant type', { grant_type: undefined }, badGrantType],
      ['an unknown grant type', { grant_type: 'password' }, badGrantType],
      ['an unknown client', { client_id: 'nobody' }, badClient],
      ['no client', { client_id: undefined, client_secret: undefined }, badClient],
      ['a wrong secret', { client_secret: 'wrong' }, badClient],
      ['no secret', { client_secret: undefined }, badClient],
      ['an unregistered redirect URI', unregistered, badRedirectUri],
      ['no code', { code: undefined }, badCode],
      ['an unknown code', { code: 'x' }, badCode],
      ['another scope', { scope: 'esign' }, tokenError(400, 'invalid_scope', 'Scope mismatch')],
      ['no scope', { scope: undefined }, tokenError(400, 'invalid_scope', 'You must specify a scope')],
    ])('refuses %s', async (_, changes, expected) => {
      const { code, exchange } = await open(door)
      const value = await code()
      expect(await exchange(value, changes)).toEqual(expected)
      expect((await exchange(value)).status).toBe(200)
    })

    it.each<[string, Record<string, unknown>, unknown]>([
      ['grant type, then client', { grant_type: 'x', client_id: 'x' }, badClient],
      ['grant type, then secret', { grant_type: undefined, client_secret: 'x' }, badClient],
      ['redirect URI, then secret', { ...unregistered, client_secret: 'x' }, badClient],
      ['client, then code', { client_id: 'x', code: 'x' }, badClient],
      ['secret, then code', { client_secret: 'x', code: 'x' }, badClient],
      ['grant type, then code', { grant_type: 'x', code: 'x' }, badGrantType],
      ['redirect URI, then code', { ...unregistered, code: 'x' }, badRedirectUri],
      ['code, then scope', { code: 'x', scope: 'x' }, badCode],
    ])('shows the later of two mistakes up to the secret, and stops there: %s', async (_, changes, expected) => {
      const { code, exchange } = await open(door)
      expect(await exchange(await code(), changes)).toEqual(expected)
    })

    it('answers 401 with a challenge where the Authorization header was wrong', async () => {
      const { token, clientId } = await open(door)
      const byHeader = tokenError(401, 'invalid_client', 'Invalid client authentication', [
        ['www-authenticate', 'Basic realm="OAuth2.0"'],
      ])
      const fields = { grant_type: 'authorization_code', code: 'x', scope }
      for (const pair of [`${clientId}:wrong`, 'nobody:wrong', 'unreadable']) {
        const authorization = `Basic ${Buffer.from(pair).toString('base64')}`
        expect([pair, await token(fields, { authorization })]).toEqual([pair, byHeader])
      }
    })

    it('has its own words for PKCE, and a wrong verifier does not use the code up', async () => {
      const { code, exchange } = await (await open(door)).with({ public: true })
      const value = await code(challenge)
      const bad = (description: string) => tokenError(400, 'invalid_request', description)
      expect(await exchange(value)).toEqual(bad('code_verifier is required for PKCE authorization requests'))
      expect(await exchange(value, { code_verifier: 'short' })).toEqual(
        bad('code_verifier must be between 43 and 128 characters'),
      )
      expect(await exchange(value, { code_verifier: `${verifier}x` })).toEqual(
        tokenError(400, 'invalid_grant', 'Invalid code'),
      )
      expect(await exchange(value, { code_verifier: verifier, client_secret: 'x' })).toEqual(
        bad('client_secret is disallowed for public clients'),
      )
      expect((await exchange(value, { code_verifier: verifier })).status).toBe(200)
    })

    it('treats a grant that the client is not registered for as a bad grant type', async () => {
      const { token, clientId, clientSecret } = await open(door)
      const fields = { client_id: clientId, client_secret: clientSecret, grant_type: 'client_credentials', scope }
      expect(await token(fields)).toEqual(badGrantType)
    })

    it('names the method that it does not take', async () => {
      const { request } = await open(door)
      for (const method of ['GET', 'PUT', 'PATCH']) {
        expect(await request('https://account.mekari.com/auth/oauth2/token', { method })).toEqual(
          tokenError(405, 'invalid_method', `The HTTP method ${method} is invalid for the token endpoint`, [
            ['www-authenticate', 'Bearer'],
            ['allow', 'POST, DELETE, OPTIONS'],
          ]),
        )
      }
    })

    it('reads parameters in the query, and the body wins', async () => {
      const { code, clientId, clientSecret = '', request } = await open(door)
      const pair = { client_id: clientId, client_secret: clientSecret, grant_type: 'authorization_code' }
      const post = (query: Record<string, string>, body?: Record<string, unknown>) =>
        request(`https://account.mekari.com/auth/oauth2/token?${new URLSearchParams(query)}`, {
          method: 'POST',
          ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
        })
      expect((await post({ ...pair, code: await code(), scope })).status).toBe(200)
      expect(await post({ ...pair, scope, code: await code() }, { code: 'x' })).toEqual(badCode)
      expect((await post({ ...pair, scope, code: 'x' }, { code: await code() })).status).toBe(200)
    })

    it('reports a redirect URI that is not registered to the registered one', async () => {
      const { authorize } = await open(door)
      const wrong = `http://localhost:3000/callback?error=invalid_request&error_description=Invalid+redirect_uri+that+does+not+match+with+any+redirect_uri+created+with+the+application`
      expect(await authorize(unregistered)).toEqual(redirect(wrong))
      expect(await authorize({ ...unregistered, state: 's' })).toEqual(redirect(`${wrong}&state=s`))
    })

    it('words the API in one way for every dead token', async () => {
      const { api, connect, wait, ...program } = await open(door)
      const [one, other] = [await connect(), await connect()]
      expect(await api()).toEqual(noToken)
      expect(await api('x')).toEqual(deadToken)
      await program.revoke(one.access)
      expect(await api(one.access)).toEqual(deadToken)
      wait('1h')
      expect(await api(other.access)).toEqual(deadToken)
      expect(await narrow(program, api)).toEqual(
        apiError(
          403,
          { error: 'insufficient_scope', error_description: 'This needs the scope esign' },
          'Bearer error="insufficient_scope", scope="esign"',
        ),
      )
    })
  })

/** The third shape: what the official PHP SDK reads. */
export const messageSuite = (door: Door) =>
  describe('with mekari.errors=message', () => {
    it('says everything in one key, with the statuses of RFC 6749', async () => {
      const program = await openMekari(door, { assume: { 'mekari.errors': 'message' } })
      const { code, exchange, connect, refresh, api } = program
      const says = (status: number, message: string) => ({
        ...tokenError(status, '', ''),
        body: JSON.stringify({ message }),
      })
      const value = await code()
      expect(await exchange(value, { client_secret: 'x' })).toEqual(says(401, 'Wrong client secret'))
      expect(await exchange('x')).toEqual(says(400, 'The authorization code is not valid'))
      const tokens = await connect()
      await refresh(tokens.refresh)
      expect(await refresh(tokens.refresh)).toEqual(says(400, 'The refresh token has already been used'))
      expect((await exchange(value)).status).toBe(200)
      const dead = json(401, { message: 'Invalid authentication credentials' })
      const answer = await api('x')
      expect([answer.status, answer.body]).toEqual([dead.status, dead.body])
      const none = await api()
      expect([none.status, none.body]).toEqual([401, '{"message":"The access token is missing"}'])
      const refused = await narrow(program, api)
      expect([refused.status, refused.body]).toEqual([403, '{"message":"This needs the scope esign"}'])
    })
  })

/** Calls the eSign profile with a token that lacks its scope. */
async function narrow({ code, exchange }: Pick<Integration, 'code' | 'exchange'>, api: Integration['api']) {
  const only = { scope: 'sso:profile' }
  const { access_token } = JSON.parse((await exchange(await code(only), only)).body)
  return api(access_token, '/v2/esign/v1/profile')
}
