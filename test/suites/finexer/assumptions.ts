import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { challenge, verifier } from '../../pkce.ts'
import { headerOf, locationOf } from '../answer.ts'
import { codeUsed, deadToken, oauth, oauthError, redirect, refreshTokenNotFound } from './answers.ts'
import { callback, suppose, tokensOf, tokenUrl } from './client.ts'

const form = { 'content-type': 'application/x-www-form-urlencoded' }

/** Where nobody documents what happens: the other plausible behaviours, one choice each. */
export const assumptionsSuite = (door: Door) =>
  describe('where the page is silent', () => {
    it('refresh=unsupported: a refresh token is issued, revokes, and does nothing else', async () => {
      const { connect, refresh, revoke, api } = await suppose(door, 'refresh', 'unsupported')
      const tokens = await connect()
      expect(await refresh(tokens.refresh)).toEqual(
        oauthError('unsupported_grant_type', 'The grant type is not supported'),
      )
      expect((await api(tokens.access)).status).toBe(200)
      expect((await revoke(tokens.refresh)).status).toBe(204)
      expect(await api(tokens.access)).toEqual(deadToken)
    })

    it('rotation=single-use: each refresh brings another refresh token, and ends the old one', async () => {
      const { connect, refresh } = await suppose(door, 'rotation', 'single-use')
      const first = await connect()
      const second = tokensOf(await refresh(first.refresh))
      expect(second.refresh).toMatch(/^rt_\w{40}$/)
      expect(second.refresh).not.toBe(first.refresh)
      expect(await refresh(first.refresh)).toEqual(refreshTokenNotFound(first.refresh))
      expect((await refresh(second.refresh)).status).toBe(200)
    })

    it('old-access-token=dies: a refresh ends the access token before it', async () => {
      const { connect, refresh, api } = await suppose(door, 'old-access-token', 'dies')
      const first = await connect()
      const second = tokensOf(await refresh(first.refresh))
      expect(await api(first.access)).toEqual(deadToken)
      expect((await api(second.access)).status).toBe(200)
    })

    it('second-authorization=apart: each login is revoked by itself', async () => {
      const { connect, revoke, api, refresh } = await suppose(door, 'second-authorization', 'apart')
      const [first, second] = [await connect(), await connect()]
      await revoke(first.refresh)
      expect(await api(first.access)).toEqual(deadToken)
      expect((await api(second.access)).status).toBe(200)
      expect((await refresh(second.refresh)).status).toBe(200)
    })

    it('pkce=ignored: neither challenge nor verifier is looked at', async () => {
      const { code, exchange, authorize } = await suppose(door, 'pkce', 'ignored')
      expect((await exchange(await code(challenge))).status).toBe(200)
      expect((await exchange(await code(challenge), { code_verifier: 'wrong' })).status).toBe(200)
      expect((await exchange(await code(), { code_verifier: verifier })).status).toBe(200)
      expect(locationOf(await authorize({ code_challenge: 'x', code_challenge_method: 'none' }))).toContain('?code=')
    })

    it('code-replay=family-revoked: a second use of a code ends the tokens of the first', async () => {
      const { code, exchange, api } = await suppose(door, 'code-replay', 'family-revoked')
      const value = await code()
      const { access } = tokensOf(await exchange(value))
      expect(await exchange(value)).toEqual(codeUsed(value))
      expect(await api(access)).toEqual(deadToken)
    })

    it('json=accepted: the exchange reads JSON too', async () => {
      const { code, request, clientId, clientSecret } = await suppose(door, 'json', 'accepted')
      const fields = {
        code: await code(),
        grant_type: 'authorization_code',
        client_id: clientId,
        client_secret: clientSecret,
      }
      const headers = { 'content-type': 'application/json' }
      expect((await request(tokenUrl, { method: 'POST', headers, body: JSON.stringify(fields) })).status).toBe(200)
    })

    it('basic=accepted: the Authorization header is read too', async () => {
      const { code, request, clientId, clientSecret } = await suppose(door, 'basic', 'accepted')
      const body = new URLSearchParams({ code: await code(), grant_type: 'authorization_code' }).toString()
      const basic = (pair: string) => ({ ...form, authorization: `Basic ${Buffer.from(pair).toString('base64')}` })
      const wrong = await request(tokenUrl, { method: 'POST', headers: basic(`${clientId}:x`), body })
      expect(wrong).toEqual(oauthError('invalid_client', 'Wrong client secret'))
      const right = await request(tokenUrl, { method: 'POST', headers: basic(`${clientId}:${clientSecret}`), body })
      expect(right.status).toBe(200)
    })

    it('redirect-uri=must-match: the exchange repeats the redirect_uri of the link', async () => {
      const { code, exchange } = await suppose(door, 'redirect-uri', 'must-match')
      const mismatch = oauthError('invalid_grant', 'The redirect URI is not the one of the authorization request')
      const asked = { redirect_uri: callback }
      expect(await exchange(await code(asked))).toEqual(mismatch)
      expect(await exchange(await code(asked), { redirect_uri: `${callback}x` })).toEqual(mismatch)
      expect((await exchange(await code(asked), asked)).status).toBe(200)
      expect((await exchange(await code())).status).toBe(200)
    })

    it('state-of-errors=left-out: the state comes back with a code only', async () => {
      const { mock, clientId, authorize } = await suppose(door, 'state-of-errors', 'left-out')
      const link = `https://finexer.com/oauth/?client_id=${clientId}&state=s`
      expect((await mock.authorize(link, { decision: 'deny' })).redirectTo).toBe(
        `${callback}?error=access_denied&error_code=access_denied`,
      )
      expect(await authorize({ state: 's', response_type: 'token' })).toEqual(
        redirect(`${callback}?error=unsupported_response_type&error_code=unsupported_response_type`),
      )
      expect(locationOf(await authorize({ state: 's' }))).toMatch(/&state=s$/)
    })

    it('bad-redirect-uri=told and inactive-client=told leave an unknown app at a page', async () => {
      for (const name of ['bad-redirect-uri', 'inactive-client']) {
        const { authorize } = await suppose(door, name, 'told')
        const answer = await authorize({ client_id: 'app_nobody', redirect_uri: callback })
        expect([answer.status, headerOf(answer, 'location')]).toEqual([400, undefined])
      }
    })

    it('cross-origin=allowed: a script of another origin may read', async () => {
      const { request, clientId, clientSecret } = await suppose(door, 'cross-origin', 'allowed')
      const body = new URLSearchParams({ client_id: clientId, client_secret: clientSecret }).toString()
      const headers = { ...form, origin: 'https://app.example' }
      const answer = await request(tokenUrl, { method: 'POST', headers, body })
      expect(headerOf(answer, 'access-control-allow-origin')).toBe('*')
    })

    it('a refresh says the account and scope again, whatever else is chosen', async () => {
      const { connect, refresh } = await suppose(door, 'rotation', 'single-use')
      const first = await connect()
      const answer = await refresh(first.refresh)
      const { access, refresh: next } = tokensOf(answer)
      expect(answer).toEqual(
        oauth(200, {
          token_type: 'bearer',
          access_token: access,
          refresh_token: next,
          account_id: first.account,
          scope: first.scope,
        }),
      )
    })
  })
