import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { headerOf, locationOf, tokensOf } from '../answer.ts'
import { apiError, deadToken, tokenError } from './answers.ts'
import { openMekari } from './client.ts'

const suppose = (door: Door, name: string, choice: string) =>
  openMekari(door, { assume: { [`mekari.${name}`]: choice } })
const revoked = tokenError(400, 'invalid_grant', 'The refresh token has been revoked')

/** Where nobody documents what happens: the other plausible behaviours, one choice each. */
export const assumptionsSuite = (door: Door) =>
  describe('where the page is silent', () => {
    it('old-access-token=dies: a refresh ends the access token before it, and no other', async () => {
      const { connect, refresh, api } = await suppose(door, 'old-access-token', 'dies')
      const [first, stranger] = [await connect(), await connect()]
      const second = tokensOf(await refresh(first.refresh))
      expect(await api(first.access)).toEqual(deadToken)
      expect((await api(second.access)).status).toBe(200)
      expect((await api(stranger.access)).status).toBe(200)
    })

    it('code-replay=family-revoked: a second use of a code ends the tokens of the first', async () => {
      const { code, exchange, refresh, api } = await suppose(door, 'code-replay', 'family-revoked')
      const value = await code()
      const tokens = tokensOf(await exchange(value))
      expect(await exchange(value)).toEqual(
        tokenError(400, 'invalid_grant', 'The authorization code has already been used'),
      )
      expect(await api(tokens.access)).toEqual(deadToken)
      expect(await refresh(tokens.refresh)).toEqual(revoked)
    })

    it('code-replay=family-revoked: only the client itself can do that', async () => {
      const program = await suppose(door, 'code-replay', 'family-revoked')
      const other = await program.with({})
      const value = await program.code()
      const tokens = tokensOf(await program.exchange(value))
      await other.exchange(value)
      await program.exchange(value, { client_secret: 'wrong' })
      expect((await program.api(tokens.access)).status).toBe(200)
    })

    it('reuse=family-revoked: a second use of a refresh token ends the family', async () => {
      const { connect, refresh, api } = await suppose(door, 'reuse', 'family-revoked')
      const first = await connect()
      const second = tokensOf(await refresh(first.refresh))
      expect(await refresh(first.refresh)).toEqual(
        tokenError(400, 'invalid_grant', 'The refresh token has already been used'),
      )
      expect(await api(second.access)).toEqual(deadToken)
      expect(await refresh(second.refresh)).toEqual(revoked)
    })

    it('scope=ignored: the scope is not looked at on either call, as no known integration sends it', async () => {
      const { code, exchange, refresh } = await suppose(door, 'scope', 'ignored')
      const first = tokensOf(await exchange(await code(), { scope: undefined }))
      const second = tokensOf(await refresh(first.refresh, { scope: undefined }))
      expect((await refresh(second.refresh, { scope: 'anything' })).status).toBe(200)
      expect((await exchange(await code(), { scope: 'anything' })).status).toBe(200)
    })

    it('locale=id: the callback carries it last', async () => {
      const { authorize } = await suppose(door, 'locale', 'id')
      const keys = [...new URL(locationOf(await authorize({ state: 's' }))).searchParams.keys()]
      expect(keys).toEqual(['code', 'state', 'locale'])
      expect(locationOf(await authorize())).toMatch(/\?code=\w{32}&locale=id$/)
    })

    it('cross-origin=allowed: a script of another origin may ask and read', async () => {
      const { request } = await suppose(door, 'cross-origin', 'allowed')
      const origin = 'https://app.example'
      const preflight = await request('https://account.mekari.com/auth/oauth2/token', {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type, authorization',
        },
      })
      expect(preflight).toEqual({
        status: 204,
        headers: [
          ['allow', 'POST, DELETE, OPTIONS'],
          ['access-control-allow-methods', 'POST, DELETE'],
          ['access-control-allow-headers', 'content-type, authorization'],
          ['access-control-allow-origin', '*'],
        ],
        body: '',
      })
      const me = 'https://api.mekari.com/v1/me'
      expect(headerOf(await request(me, { headers: { origin } }), 'access-control-allow-origin')).toBe('*')
      expect(headerOf(await request(me), 'access-control-allow-origin')).toBeUndefined()
    })

    it('several choices hold at once', async () => {
      const { connect, refresh, api } = await openMekari(door, {
        assume: { 'mekari.errors': 'kong', 'mekari.old-access-token': 'dies', 'mekari.scope': 'ignored' },
      })
      const first = await connect()
      expect((await refresh(first.refresh, { scope: undefined })).status).toBe(200)
      expect(await api(first.access)).toEqual(deadToken)
    })

    it('errors=kong and message leave the API challenge as it is', async () => {
      const message = await suppose(door, 'errors', 'message')
      expect(await message.api()).toEqual(apiError(401, { message: 'The access token is missing' }, 'Bearer'))
    })
  })
