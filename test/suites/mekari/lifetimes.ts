import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { tokensOf } from '../answer.ts'
import { deadToken, tokenError } from './answers.ts'
import { openMekari } from './client.ts'

const tooOld = tokenError(400, 'invalid_grant', 'The refresh token has expired')
const almostThirtyDays = `${30 * 86_400 - 1}s`

/** How long things live, to the second. */
export const lifetimesSuite = (door: Door) =>
  describe('lifetimes', () => {
    it('end an access token after one hour', async () => {
      const { connect, api, wait } = await openMekari(door)
      const { access } = await connect()
      wait('3599s')
      expect((await api(access)).status).toBe(200)
      wait('1s')
      expect(await api(access)).toEqual(deadToken)
    })

    it('end a refresh token after thirty days', async () => {
      const { connect, refresh, wait } = await openMekari(door)
      const [one, other] = [await connect(), await connect()]
      wait(almostThirtyDays)
      expect((await refresh(one.refresh)).status).toBe(200)
      wait('1s')
      expect(await refresh(other.refresh)).toEqual(tooOld)
    })

    it('start again with each refresh', async () => {
      const { connect, refresh, wait } = await openMekari(door)
      const first = await connect()
      wait('29d')
      const second = tokensOf(await refresh(first.refresh))
      wait(almostThirtyDays)
      const third = tokensOf(await refresh(second.refresh))
      wait('30d')
      expect(await refresh(third.refresh)).toEqual(tooOld)
    })

    it('end with the first refresh token where a rotated one inherits its end', async () => {
      const { connect, refresh, wait } = await openMekari(door, { assume: { 'mekari.refresh-lifetime': 'remaining' } })
      const first = await connect()
      wait('29d')
      const second = tokensOf(await refresh(first.refresh))
      wait('86399s')
      const third = tokensOf(await refresh(second.refresh))
      wait('1s')
      expect(await refresh(third.refresh)).toEqual(tooOld)
    })

    it('end a code after five minutes', async () => {
      const { code, exchange, wait } = await openMekari(door)
      const [one, other] = [await code(), await code()]
      wait('299s')
      expect((await exchange(one)).status).toBe(200)
      wait('1s')
      expect(await exchange(other)).toEqual(tokenError(400, 'invalid_grant', 'The authorization code has expired'))
    })

    it('are counted from the refresh for a refreshed access token', async () => {
      const { connect, refresh, api, wait } = await openMekari(door)
      const first = await connect()
      wait('3000s')
      const second = tokensOf(await refresh(first.refresh))
      wait('3599s')
      expect([(await api(first.access)).status, (await api(second.access)).status]).toEqual([401, 200])
    })
  })
