import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { tokensOf } from '../answer.ts'
import { deadToken, json, noToken, tokenError } from './answers.ts'
import { openMekari } from './client.ts'

const done = { status: 204, headers: [], body: '' }

/** Revocation, as the official Ruby gem does it: DELETE on the token URL with the access token. */
export const revocationSuite = (door: Door) =>
  describe('revocation', () => {
    it('answers 204 and ends every token of the authorization', async () => {
      const { connect, revoke, api, refresh } = await openMekari(door)
      const first = await connect()
      const second = tokensOf(await refresh(first.refresh))
      expect(await revoke(second.access)).toEqual(done)
      expect(await api(second.access)).toEqual(deadToken)
      expect(await api(first.access)).toEqual(deadToken)
      expect(await refresh(second.refresh)).toEqual(
        tokenError(400, 'invalid_grant', 'The refresh token has been revoked'),
      )
    })

    it('leaves other authorizations of the same client alone', async () => {
      const { connect, revoke, api, refresh } = await openMekari(door)
      const [one, other] = [await connect(), await connect()]
      await revoke(one.access)
      expect((await api(other.access)).status).toBe(200)
      expect((await refresh(other.refresh)).status).toBe(200)
    })

    it('answers 401 without a live access token', async () => {
      const { connect, revoke, request, wait } = await openMekari(door)
      const { access, refresh } = await connect()
      expect(await request('https://account.mekari.com/auth/oauth2/token', { method: 'DELETE' })).toEqual(noToken)
      expect(await revoke(refresh)).toEqual(deadToken)
      expect(await revoke(access)).toEqual(done)
      expect(await revoke(access)).toEqual(deadToken)
      const old = await connect()
      wait('1h')
      expect(await revoke(old.access)).toEqual(deadToken)
    })

    it('may end the access token alone', async () => {
      const { connect, revoke, api, refresh } = await openMekari(door, {
        assume: { 'mekari.revocation': 'access-token-only' },
      })
      const tokens = await connect()
      expect(await revoke(tokens.access)).toEqual(done)
      expect(await api(tokens.access)).toEqual(deadToken)
      expect((await refresh(tokens.refresh)).status).toBe(200)
    })

    it('may answer 200 and an empty object', async () => {
      const { connect, revoke, api } = await openMekari(door, { assume: { 'mekari.revoke-answer': 'empty-object' } })
      const { access } = await connect()
      expect(await revoke(access)).toEqual(json(200, {}))
      expect(await api(access)).toEqual(deadToken)
    })
  })
