import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { tokensOf } from '../answer.ts'
import { tokenAnswer, tokenError } from './answers.ts'
import { openMekari, scope } from './client.ts'

const used = tokenError(400, 'invalid_grant', 'The authorization code has already been used')

/** Generating Access Token: a code for a token pair. */
export const exchangeSuite = (door: Door) =>
  describe('the exchange of a code', () => {
    it('answers four keys in order and no fifth', async () => {
      const { code, exchange } = await openMekari(door)
      const answer = await exchange(await code())
      const { access, refresh } = tokensOf(answer)
      expect(answer).toEqual(
        tokenAnswer({ access_token: access, token_type: 'bearer', expires_in: 3600, refresh_token: refresh }),
      )
      expect([access, refresh]).toEqual([
        expect.stringMatching(/^[A-Za-z0-9]{32}$/),
        expect.stringMatching(/^[A-Za-z0-9]{32}$/),
      ])
      expect(access).not.toBe(refresh)
    })

    it('takes a form as well', async () => {
      const { code, request, clientId, clientSecret = '' } = await openMekari(door)
      const fields = { client_id: clientId, client_secret: clientSecret, grant_type: 'authorization_code', scope }
      const answer = await request('https://account.mekari.com/auth/oauth2/token', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' },
        body: new URLSearchParams({ ...fields, code: await code() }).toString(),
      })
      expect([answer.status, Object.keys(JSON.parse(answer.body))]).toEqual([
        200,
        ['access_token', 'token_type', 'expires_in', 'refresh_token'],
      ])
    })

    it('works once; the first tokens stay alive', async () => {
      const { code, exchange, refresh, api } = await openMekari(door)
      const value = await code()
      const first = tokensOf(await exchange(value))
      expect(await exchange(value)).toEqual(used)
      expect(await exchange(value)).toEqual(used)
      expect((await api(first.access)).status).toBe(200)
      expect((await refresh(first.refresh)).status).toBe(200)
    })

    it('needs the scope of the authorization request, as a string', async () => {
      const { code, exchange } = await openMekari(door)
      const value = await code()
      const other = tokenError(400, 'invalid_scope', 'The scope is not the one of the authorization request')
      for (const wrong of ['sso:profile esign', 'esign', 'esign  sso:profile', `${scope} `, 'ESIGN sso:profile', 'x']) {
        expect([wrong, await exchange(value, { scope: wrong })]).toEqual([wrong, other])
      }
      const missing = tokenError(400, 'invalid_request', 'The parameter scope is missing')
      for (const none of [undefined, '', null]) expect(await exchange(value, { scope: none })).toEqual(missing)
      expect((await exchange(value)).status).toBe(200)
    })

    it('compares with the string asked for, also where it was in another order or less was granted', async () => {
      const { mock, clientId, exchange, code } = await openMekari(door)
      expect((await exchange(await code({ scope: 'sso:profile esign' }), { scope: 'sso:profile esign' })).status).toBe(
        200,
      )
      const query = new URLSearchParams({ client_id: clientId, response_type: 'code', scope })
      const outcome = await mock.authorize(`https://account.mekari.com/auth?${query}`, { scope: 'esign' })
      const granted = outcome.redirectTo ? new URL(outcome.redirectTo).searchParams.get('code') : null
      expect((await exchange(granted ?? '')).status).toBe(200)
    })

    it('judges grant type, then client, then parameters, then code, then scope', async () => {
      const { code, exchange } = await openMekari(door)
      const live = await code()
      const secret = { client_secret: 'wrong' }
      const steps: [Record<string, unknown>, [number, string, string]][] = [
        [
          { grant_type: undefined, client_id: 'x', code: 'x' },
          [400, 'invalid_request', 'The parameter grant_type is missing'],
        ],
        [
          { grant_type: 'password', client_id: 'x' },
          [400, 'unsupported_grant_type', 'The grant type is not supported'],
        ],
        [
          { client_id: undefined, ...secret, code: undefined },
          [401, 'invalid_client', 'The client did not authenticate'],
        ],
        [{ client_id: 'x', ...secret, code: undefined, scope: 'x' }, [401, 'invalid_client', 'Unknown client']],
        [{ client_secret: undefined, code: undefined }, [401, 'invalid_client', 'The client secret is missing']],
        [{ ...secret, code: undefined, scope: 'x' }, [401, 'invalid_client', 'Wrong client secret']],
        [{ code: undefined, scope: undefined }, [400, 'invalid_request', 'The parameter code is missing']],
        [{ code: 'x', scope: undefined }, [400, 'invalid_request', 'The parameter scope is missing']],
        [{ code: 'x', scope: 'x' }, [400, 'invalid_grant', 'The authorization code is not valid']],
        [{ scope: 'x' }, [400, 'invalid_scope', 'The scope is not the one of the authorization request']],
      ]
      for (const [changes, error] of steps) {
        expect([changes, await exchange(live, changes)]).toEqual([changes, tokenError(...error)])
      }
      expect((await exchange(live)).status).toBe(200)
    })

    it('serves only the client that the code was issued to', async () => {
      const program = await openMekari(door)
      const other = await program.with({})
      const value = await program.code()
      const foreign = tokenError(400, 'invalid_grant', 'The authorization code was issued to another client')
      expect(await other.exchange(value)).toEqual(foreign)
      expect((await program.exchange(value)).status).toBe(200)
      expect(await other.exchange(value)).toEqual(foreign)
    })

    it('takes no redirect_uri, or the one that the code was sent to', async () => {
      const { code, exchange } = await openMekari(door)
      const [first, second] = [await code(), await code()]
      expect(await exchange(first, { redirect_uri: 'http://localhost:3000/other' })).toEqual(
        tokenError(400, 'invalid_grant', 'The redirect URI is not the one of the authorization request'),
      )
      expect((await exchange(first, { redirect_uri: 'http://localhost:3000/callback' })).status).toBe(200)
      expect((await exchange(second)).status).toBe(200)
    })

    it('ignores what it does not know', async () => {
      const { code, exchange } = await openMekari(door)
      const answer = await exchange(await code(), { state: 's', unknown: 1, redirect_url: 'x' })
      expect(Object.keys(JSON.parse(answer.body))).toEqual([
        'access_token',
        'token_type',
        'expires_in',
        'refresh_token',
      ])
    })

    it('is over when the person has disconnected', async () => {
      const { mock, code, exchange } = await openMekari(door)
      const value = await code()
      const [grant] = await mock.grants.list()
      await mock.grants.revoke(grant?.id ?? '', 'user')
      expect(await exchange(value)).toEqual(tokenError(400, 'invalid_grant', 'The authorization has been revoked'))
    })
  })
