import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { challenge, verifier } from '../../pkce.ts'
import { codeExpired, codeUsed, oauth, oauthError } from './answers.ts'
import { openFinexer, tokensOf, tokenUrl } from './client.ts'

const form = { 'content-type': 'application/x-www-form-urlencoded' }

/** Step 4: a code for tokens. */
export const exchangeSuite = (door: Door) =>
  describe('the exchange of a code', () => {
    it('takes the form of the page, and answers five keys in order and no sixth', async () => {
      const { code, request, clientId, clientSecret } = await openFinexer(door)
      const body = `code=${await code()}&client_id=${clientId}&client_secret=${clientSecret}&grant_type=authorization_code`
      const answer = await request(tokenUrl, { method: 'POST', headers: form, body })
      const { access, refresh, account } = tokensOf(answer)
      expect(answer).toEqual(
        oauth(200, {
          token_type: 'bearer',
          access_token: access,
          refresh_token: refresh,
          account_id: account,
          scope: 'customer_read,customer_write',
        }),
      )
      expect([access, refresh, account]).toEqual([
        expect.stringMatching(/^at_[A-Za-z0-9]{40}$/),
        expect.stringMatching(/^rt_[A-Za-z0-9]{40}$/),
        expect.stringMatching(/^acc_[A-Za-z0-9]{13}$/),
      ])
    })

    it('names the account alike each time and for every app, and another account otherwise', async () => {
      const platform = await openFinexer(door)
      const other = await platform.with({})
      const [first, again, elsewhere] = [await platform.connect(), await platform.connect(), await other.connect()]
      expect([again.account, elsewhere.account]).toEqual([first.account, first.account])
      const [, second] = await platform.mock.users.list()
      const { answer } = await platform.mock.mint({ client: platform.clientId, user: second?.id ?? '' })
      expect(JSON.parse(JSON.stringify(answer)).account_id).not.toBe(first.account)
    })

    it('tells by the account which connection was revoked', async () => {
      const { mock, connect, request, clientId } = await openFinexer(door)
      const { account, refresh } = await connect()
      const [, second] = await mock.users.list()
      const kept = await mock.mint({ client: clientId, user: second?.id ?? '' })
      const [grant] = await mock.grants.list()
      await mock.grants.revoke(grant?.id ?? '', 'user')
      const ended = (await mock.grants.list()).filter((one) => one.ended)
      expect(ended.map(({ userId }) => userId)).toEqual([grant?.userId])
      const headers = { authorization: `Bearer ${kept.accessToken}` }
      expect((await request('https://api.finexer.com/customers', { headers })).status).toBe(200)
      expect([account, refresh].every((value) => value !== '')).toBe(true)
    })

    it('works once; the first tokens stay alive', async () => {
      const { code, exchange, api } = await openFinexer(door)
      const value = await code()
      const { access } = tokensOf(await exchange(value))
      expect(await exchange(value)).toEqual(codeUsed(value))
      expect((await api(access)).status).toBe(200)
    })

    it('works for five minutes and no longer', async () => {
      const { code, exchange, mock } = await openFinexer(door)
      const [early, late] = [await code(), await code()]
      await mock.clock.advance('299s')
      expect((await exchange(early)).status).toBe(200)
      await mock.clock.advance('1s')
      expect(await exchange(late)).toEqual(codeExpired(late))
    })

    it('wants grant_type=authorization_code', async () => {
      const { code, exchange } = await openFinexer(door)
      const value = await code()
      expect((await exchange(value, { grant_type: undefined })).status).toBe(400)
      expect((await exchange(value, { grant_type: 'code' })).status).toBe(400)
      expect((await exchange(value)).status).toBe(200)
    })

    it('wants the secret API key of the app', async () => {
      const { code, exchange } = await openFinexer(door)
      const value = await code()
      expect(await exchange(value, { client_secret: 'sk_wrong' })).toEqual(
        oauthError('invalid_client', 'Wrong client secret'),
      )
      expect((await exchange(value)).status).toBe(200)
    })

    it('reads a form, not JSON, not the Authorization header', async () => {
      const { code, request, clientId, clientSecret, exchange } = await openFinexer(door)
      const fields = { code: await code(), grant_type: 'authorization_code' }
      const credentials = { client_id: clientId, client_secret: clientSecret }
      const headers = { 'content-type': 'application/json' }
      const json = await request(tokenUrl, {
        method: 'POST',
        headers,
        body: JSON.stringify({ ...fields, ...credentials }),
      })
      expect(json).toEqual(oauthError('invalid_request', 'The content type of the body is not supported'))
      const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`
      const body = new URLSearchParams(fields).toString()
      const basic = await request(tokenUrl, { method: 'POST', headers: { ...form, authorization }, body })
      expect(basic).toEqual(oauthError('invalid_client', 'The client did not authenticate'))
      expect((await exchange(fields.code)).status).toBe(200)
    })

    it('does not look at redirect_uri', async () => {
      const { code, exchange } = await openFinexer(door)
      expect((await exchange(await code(), { redirect_uri: 'https://elsewhere.example/' })).status).toBe(200)
    })

    it('wants the verifier of a challenge that was sent', async () => {
      const { code, exchange } = await openFinexer(door)
      expect((await exchange(await code(challenge), { code_verifier: verifier })).status).toBe(200)
      expect((await exchange(await code(challenge), { code_verifier: `${verifier}x` })).status).toBe(400)
      expect((await exchange(await code(), { code_verifier: verifier })).status).toBe(400)
    })
  })

/** Beyond the page: the refresh token that it returns, used. */
export const refreshSuite = (door: Door) =>
  describe('a refresh', () => {
    it('brings another access token beside the same refresh token, as often as one likes', async () => {
      const { connect, refresh, api, mock } = await openFinexer(door)
      const first = await connect()
      for (const wait of ['1h', '3650d']) {
        await mock.clock.advance(wait)
        const answer = await refresh(first.refresh)
        const { access } = tokensOf(answer)
        expect(answer).toEqual(
          oauth(200, {
            token_type: 'bearer',
            access_token: access,
            refresh_token: first.refresh,
            account_id: first.account,
            scope: first.scope,
          }),
        )
        expect(access).not.toBe(first.access)
        expect((await api(access)).status).toBe(200)
      }
      expect((await api(first.access)).status).toBe(200)
    })

    it('keeps the scope of the login', async () => {
      const { connect, refresh } = await openFinexer(door)
      const { refresh: narrow } = await connect({ scope: 'customer_read' })
      expect(tokensOf(await refresh(narrow, { scope: 'customer_read,customer_write' })).scope).toBe('customer_read')
    })
  })
