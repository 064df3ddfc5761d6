import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { locationOf } from '../answer.ts'
import { IC, notFound, tokenError } from './answers.ts'
import { integrate, openMercury, production, sandbox } from './client.ts'

/** Using the Mercury Sandbox: the same at other hosts, with clients and tokens of its own. */
export const sandboxSuite = (door: Door) =>
  describe('the sandbox', () => {
    it('plays the whole flow at its own hosts', async () => {
      const { connect, api, refresh, revoke } = await openMercury(door, {}, sandbox)
      const tokens = await connect()
      expect((await api(tokens.access)).status).toBe(200)
      expect((await refresh(tokens.refresh)).status).toBe(200)
      expect((await revoke({ token: tokens.refresh })).status).toBe(200)
    })

    it('has a test client, which production does not know', async () => {
      const test = await openMercury(door, {}, sandbox)
      const live = integrate(test.mock, test.request, production, {
        id: test.clientId,
        ...(test.clientSecret && { secret: test.clientSecret }),
      })
      expect(test.clientId).not.toBe(integrate(test.mock, test.request, production).clientId)
      expect(locationOf(await live.authorize())).toMatch(
        /^https:\/\/oauth2\.mercury\.com\/oauth2\/fallbacks\/error\?error=invalid_client&/,
      )
      expect(await live.exchange('x')).toEqual(tokenError(401, 'invalid_client', IC))
    })

    it('knows nothing of production, nor production of it, even for a client of one id', async () => {
      const same = { id: 'same-id', secret: 'same-secret' }
      const live = await (await openMercury(door)).with(same)
      const test = await integrate(live.mock, live.request, sandbox).with(same)
      for (const [home, abroad] of [
        [live, test],
        [test, live],
      ] as const) {
        const [code, tokens] = [await home.code(), await home.connect()]
        expect((await abroad.exchange(code)).status).toBe(400)
        expect((await abroad.refresh(tokens.refresh)).status).toBe(400)
        expect(await abroad.api(tokens.access)).toEqual(notFound)
        await abroad.revoke({ token: tokens.access })
        expect((await home.api(tokens.access)).status).toBe(200)
      }
    })
  })
