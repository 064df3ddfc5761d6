import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { careful, clientAt, ids } from '../contract/client-at.ts'

const ok = { result: 'ok', status: 200 }
const connected = { outcome: 'connected' }

describe.each(Object.entries(careful()))('the careful client in %s', (_, command) => {
  describe.each(ids)('at %s', (provider) => {
    it('signs in, calls, and refreshes with the newest token each time', async () => {
      const { connect, ask, expire, tokenRequests } = await clientAt(command, provider)
      expect(await connect()).toEqual(connected)
      expect(await ask('call')).toEqual(ok)
      for (let round = 0; round < 3; round++) {
        expire()
        expect(await ask('call')).toEqual(ok)
      }
      expect(tokenRequests('refresh_token').map(({ status }) => status)).toEqual([200, 200, 200])
      expect(await ask('status')).toMatchObject({ state: 'connected' })
    })

    it('refreshes once for five calls', async () => {
      const { mock, connect, ask, expire, tokenRequests } = await clientAt(command, provider)
      await connect()
      mock.faults.arm('api hold count=5')
      expire()
      const calls = Array.from({ length: 5 }, () => ask('call'))
      expect(await Promise.all(calls)).toEqual([ok, ok, ok, ok, ok])
      expect(tokenRequests('refresh_token')).toHaveLength(1)
    })

    it('goes on after SIGKILL, between begin and callback and after the login', async () => {
      const { connect, visit, ask, restart, expire } = await clientAt(command, provider)
      const url = await visit()
      await restart()
      expect(await ask('callback', { session: 'alice', url })).toEqual(connected)
      await restart()
      expire()
      expect(await ask('call')).toEqual(ok)
      await restart()
      expect(await ask('call')).toEqual(ok)
      expect(await connect()).toEqual(connected)
    })

    it('tries a lost reply once more, and needs a new login where that is refused', async () => {
      const { mock, connect, ask, expire, tokenRequests } = await clientAt(command, provider)
      await connect()
      expire()
      mock.faults.arm('token:refresh_token drop after')
      expect(await ask('call')).toMatchObject({ result: 'transient' })
      const { result } = await ask('call')
      expect(result).toBe(tokenRequests('refresh_token')[1]?.status === 200 ? 'ok' : 'needs_reauth')
      await ask('call')
      expect(tokenRequests('refresh_token')).toHaveLength(2)
      expect(await connect()).toEqual(connected)
      expect(await ask('call')).toEqual(ok)
    })

    it('is told no, and refuses a foreign state, without a token request', async () => {
      const { mock, visit, connect, ask } = await clientAt(command, provider)
      const denied = await visit({}, { decision: 'deny' })
      expect(await ask('callback', { session: 'alice', url: denied })).toMatchObject({ outcome: 'denied' })
      const url = new URL(await visit())
      expect(await ask('callback', { session: 'mallory', url: url.href })).toMatchObject({ outcome: 'rejected' })
      url.searchParams.set('state', 'another')
      expect(await ask('callback', { session: 'alice', url: url.href })).toMatchObject({ outcome: 'rejected' })
      expect(mock.requests().filter(({ endpoint }) => endpoint === 'token')).toEqual([])
      expect(await connect()).toEqual(connected)
    })

    it('keeps what it stores to itself, and says nothing secret', async () => {
      const { mock, env, connect, ask, expire, log, end } = await clientAt(command, provider)
      await connect()
      expire()
      await ask('call')
      for (const name of readdirSync(env.storeDir)) {
        expect(statSync(join(env.storeDir, name)).mode & 0o777).toBe(0o600)
      }
      expect(await end()).toBe(0)
      expect(log()).toContain(env.clientId)
      const bodies = mock.requests().flatMap(({ endpoint, response }) => (endpoint === 'token' ? [response.body] : []))
      const tokens = bodies.flatMap((body) => [JSON.parse(body).access_token, JSON.parse(body).refresh_token])
      expect([env.clientSecret, ...tokens].filter((secret) => log().includes(secret))).toEqual([])
    })
  })
})
