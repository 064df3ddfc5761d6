import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { tokensOf } from '../answer.ts'
import { deadGrant, transport } from './answers.ts'
import { openMercadoPago, the2024, thePage } from './client.ts'

/** Refresh credentials. */
export const refreshSuite = (door: Door) => {
  describe('a refresh', () => {
    it('answers five keys by the page', async () => {
      const { mock, connect, refresh, clientId } = await openMercadoPago(door, thePage)
      const [seller] = await mock.users.list()
      const got = await refresh((await connect()).refresh)
      expect(got).toEqual({ status: 200, headers: transport, body: expect.any(String) })
      const { body } = got
      expect(Object.entries(JSON.parse(body))).toEqual([
        ['access_token', expect.stringMatching(new RegExp(`^APP_USR-${clientId}-013108-[0-9a-f]{32}-${seller?.id}$`))],
        ['token_type', 'bearer'],
        ['expires_in', 15_552_000],
        ['scope', 'offline_access read write'],
        ['refresh_token', expect.stringMatching(new RegExp(`^TG-697deec0[0-9a-f]{16}-${seller?.id}$`))],
      ])
    })

    it('answers the eight keys of the exchange since 2022', async () => {
      const { code, exchange, refresh } = await openMercadoPago(door, the2024)
      const first = JSON.parse((await exchange(await code())).body)
      const second = JSON.parse((await refresh(first.refresh_token)).body)
      expect(Object.keys(second)).toEqual(Object.keys(first))
      expect(second).toMatchObject({ user_id: first.user_id, public_key: first.public_key, live_mode: true })
    })
  })

  describe.each([thePage, the2024])('a refresh token of $provider', (edition) => {
    it('works once, and each refresh brings the next', async () => {
      const { connect, refresh } = await openMercadoPago(door, edition)
      const first = (await connect()).refresh
      const second = tokensOf(await refresh(first)).refresh
      expect(second).not.toBe(first)
      expect(await refresh(first)).toEqual(deadGrant)
      expect((await refresh(second)).status).toBe(200)
    })

    it('lets the access token before it live on', async () => {
      const { connect, refresh, me } = await openMercadoPago(door, edition)
      const old = await connect()
      await refresh(old.refresh)
      expect((await me(old.access)).status).toBe(200)
    })

    it('ends it with old-access-token=dies', async () => {
      const assume = { [`${edition.provider}.old-access-token`]: 'dies' }
      const { connect, refresh, me } = await openMercadoPago(door, edition, { assume })
      const old = await connect()
      await refresh(old.refresh)
      expect((await me(old.access)).status).toBe(401)
    })

    it('lives 180 days from its own issue, as the access token does', async () => {
      const { connect, refresh, me, wait } = await openMercadoPago(door, edition)
      const first = await connect()
      await wait('179d')
      const second = tokensOf(await refresh(first.refresh))
      await wait('1d')
      expect([(await me(first.access)).status, (await me(second.access)).status]).toEqual([401, 200])
      await wait('179d')
      expect(await refresh(second.refresh)).toEqual(deadGrant)
    })

    it('ends with the first one with refresh-lifetime=remaining', async () => {
      const assume = { [`${edition.provider}.refresh-lifetime`]: 'remaining' }
      const { connect, refresh, wait } = await openMercadoPago(door, edition, { assume })
      await wait('1d')
      const first = await connect()
      await wait('100d')
      const second = tokensOf(await refresh(first.refresh))
      await wait('79d')
      const third = tokensOf(await refresh(second.refresh))
      await wait('1d')
      expect(await refresh(third.refresh)).toEqual(deadGrant)
    })

    it('is not there where the application lacks offline_access', async () => {
      const { code, exchange } = await (await openMercadoPago(door, edition)).with({ scopes: ['read', 'write'] })
      const answer = JSON.parse((await exchange(await code())).body)
      expect([answer.scope, answer.refresh_token]).toEqual(['read write', undefined])
    })

    it('dies with its access token when the seller disconnects', async () => {
      const { mock, connect, refresh, me } = await openMercadoPago(door, edition)
      const pair = await connect()
      for (const { id } of await mock.grants.list()) await mock.grants.revoke(id, 'user')
      expect(await refresh(pair.refresh)).toEqual(deadGrant)
      expect((await me(pair.access)).status).toBe(401)
    })

    it('stays for other grants of the same seller', async () => {
      const { connect, refresh } = await openMercadoPago(door, edition)
      const [first, second] = [await connect(), await connect()]
      expect([(await refresh(first.refresh)).status, (await refresh(second.refresh)).status]).toEqual([200, 200])
    })

    it('narrows the scope when fewer are named', async () => {
      const { connect, refresh } = await openMercadoPago(door, edition)
      const { body } = await refresh((await connect()).refresh, { scope: 'read' })
      expect(JSON.parse(body).scope).toBe('read')
    })
  })
}
