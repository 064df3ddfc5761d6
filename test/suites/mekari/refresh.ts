import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { tokensOf } from '../answer.ts'
import { tokenAnswer, tokenError } from './answers.ts'
import { openMekari, scope } from './client.ts'

const reused = tokenError(400, 'invalid_grant', 'The refresh token has already been used')

/** Refresh Token: a new pair for a refresh token that works once. */
export const refreshSuite = (door: Door) =>
  describe('the refresh of a token', () => {
    it('answers the same four keys with two new values', async () => {
      const { connect, refresh } = await openMekari(door)
      const first = await connect()
      const answer = await refresh(first.refresh)
      const next = tokensOf(answer)
      expect(answer).toEqual(
        tokenAnswer({ access_token: next.access, token_type: 'bearer', expires_in: 3600, refresh_token: next.refresh }),
      )
      expect(new Set([first.access, first.refresh, next.access, next.refresh]).size).toBe(4)
    })

    it('uses a refresh token up; the next one and both access tokens live', async () => {
      const { connect, refresh, api } = await openMekari(door)
      const first = await connect()
      const second = tokensOf(await refresh(first.refresh))
      expect(await refresh(first.refresh)).toEqual(reused)
      expect([(await api(first.access)).status, (await api(second.access)).status]).toEqual([200, 200])
      const third = tokensOf(await refresh(second.refresh))
      expect(await refresh(second.refresh)).toEqual(reused)
      expect((await api(third.access)).status).toBe(200)
    })

    it('is not used up by a refused attempt', async () => {
      const { connect, refresh } = await openMekari(door)
      const tokens = await connect()
      await refresh(tokens.refresh, { scope: 'esign' })
      await refresh(tokens.refresh, { client_secret: 'wrong' })
      expect((await refresh(tokens.refresh)).status).toBe(200)
    })

    it('needs the scope of the authorization request, as a string', async () => {
      const { connect, refresh } = await openMekari(door)
      const tokens = await connect()
      const other = tokenError(400, 'invalid_scope', 'The scope is not the one of the authorization request')
      for (const wrong of ['sso:profile esign', 'esign', 'esign  sso:profile', 'qontak-crm:all']) {
        expect([wrong, await refresh(tokens.refresh, { scope: wrong })]).toEqual([wrong, other])
      }
      const missing = tokenError(400, 'invalid_request', 'The parameter scope is missing')
      for (const none of [undefined, '', null]) expect(await refresh(tokens.refresh, { scope: none })).toEqual(missing)
    })

    it('judges grant type, then client, then parameters, then token, then scope', async () => {
      const { connect, refresh } = await openMekari(door)
      const live = (await connect()).refresh
      const steps: [Record<string, unknown>, [number, string, string]][] = [
        [{ grant_type: 'refresh', client_id: 'x' }, [400, 'unsupported_grant_type', 'The grant type is not supported']],
        [{ client_id: 'x', refresh_token: undefined }, [401, 'invalid_client', 'Unknown client']],
        [{ client_secret: 'x', scope: undefined }, [401, 'invalid_client', 'Wrong client secret']],
        [
          { refresh_token: undefined, scope: undefined },
          [400, 'invalid_request', 'The parameter refresh_token is missing'],
        ],
        [{ refresh_token: 'x', scope: undefined }, [400, 'invalid_request', 'The parameter scope is missing']],
        [{ refresh_token: 'x', scope: 'x' }, [400, 'invalid_grant', 'The refresh token is not valid']],
        [{ scope: 'x' }, [400, 'invalid_scope', 'The scope is not the one of the authorization request']],
      ]
      for (const [changes, error] of steps) {
        expect([changes, await refresh(live, changes)]).toEqual([changes, tokenError(...error)])
      }
    })

    it('serves only the client that the token was issued to', async () => {
      const program = await openMekari(door)
      const other = await program.with({})
      const tokens = await program.connect()
      expect(await other.refresh(tokens.refresh)).toEqual(
        tokenError(400, 'invalid_grant', 'The refresh token was issued to another client'),
      )
      expect((await program.refresh(tokens.refresh)).status).toBe(200)
    })

    it('takes no access token for a refresh token and no refresh token for a code', async () => {
      const { connect, refresh, exchange } = await openMekari(door)
      const tokens = await connect()
      expect(await refresh(tokens.access)).toEqual(tokenError(400, 'invalid_grant', 'The refresh token is not valid'))
      expect(await exchange(tokens.refresh)).toEqual(
        tokenError(400, 'invalid_grant', 'The authorization code is not valid'),
      )
    })

    it('pays no heed to a verifier: the own mobile client sends it here too', async () => {
      const { connect, refresh } = await openMekari(door)
      expect((await refresh((await connect()).refresh, { code_verifier: 'anything' })).status).toBe(200)
    })

    it('is over when the person has disconnected', async () => {
      const { mock, connect, refresh } = await openMekari(door)
      const tokens = await connect()
      const [grant] = await mock.grants.list()
      await mock.grants.revoke(grant?.id ?? '', 'user')
      expect(await refresh(tokens.refresh, { scope })).toEqual(
        tokenError(400, 'invalid_grant', 'The refresh token has been revoked'),
      )
    })
  })
