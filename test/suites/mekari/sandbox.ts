import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { locationOf } from '../answer.ts'
import { deadToken, tokenError } from './answers.ts'
import { integrate, openMekari, production, sandbox, scope } from './client.ts'

/** The sandbox: the same behaviour at other hosts, with clients and tokens of its own. */
export const sandboxSuite = (door: Door) =>
  describe('the sandbox', () => {
    it('plays the whole flow at its own hosts', async () => {
      const { connect, api, refresh, revoke } = await openMekari(door, {}, sandbox)
      const tokens = await connect()
      expect((await api(tokens.access)).status).toBe(200)
      expect((await refresh(tokens.refresh)).status).toBe(200)
      expect((await revoke(tokens.access)).status).toBe(204)
    })

    it('sends a person to its own sign-in page', async () => {
      const { authorize } = await openMekari(door, { consent: 'page' }, sandbox)
      expect(locationOf(await authorize())).toMatch(/^https:\/\/sandbox-account\.mekari\.com\/users\/sign_in\?/)
    })

    it('has clients of its own', async () => {
      const test = await openMekari(door, {}, sandbox)
      const live = integrate(test.mock, test.request, production)
      expect(live.clientId).not.toBe(test.clientId)
      const unknown = tokenError(401, 'invalid_client', 'Unknown client')
      expect((await live.authorize({ client_id: test.clientId })).status).toBe(400)
      expect(await live.exchange('x', { client_id: test.clientId, client_secret: test.clientSecret })).toEqual(unknown)
    })

    it('knows nothing of production, nor production of it, even for a client of one id', async () => {
      const same = { id: 'same-id', secret: 'same-secret' }
      const live = await (await openMekari(door)).with(same)
      const test = await integrate(live.mock, live.request, sandbox).with(same)
      for (const [home, abroad] of [
        [live, test],
        [test, live],
      ] as const) {
        const [code, tokens] = [await home.code(), await home.connect()]
        expect(await abroad.exchange(code)).toEqual(
          tokenError(400, 'invalid_grant', 'The authorization code is not valid'),
        )
        expect(await abroad.refresh(tokens.refresh)).toEqual(
          tokenError(400, 'invalid_grant', 'The refresh token is not valid'),
        )
        expect(await abroad.api(tokens.access)).toEqual(deadToken)
        expect(await abroad.revoke(tokens.access)).toEqual(deadToken)
        expect((await home.exchange(code)).status).toBe(200)
        expect((await home.api(tokens.access)).status).toBe(200)
      }
    })

    it('has two more token URLs, as integrations write them', async () => {
      const { code, request, api, clientId, clientSecret } = await openMekari(door, {}, sandbox)
      for (const url of [
        'https://sandbox-sso.mekari.com/oauth2/token',
        'https://sandbox-api.mekari.com/oauth2/token',
      ]) {
        const fields = { client_id: clientId, client_secret: clientSecret, grant_type: 'authorization_code', scope }
        const answer = await request(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ ...fields, code: await code() }),
        })
        expect([url, (await api(JSON.parse(answer.body).access_token)).status]).toEqual([url, 200])
      }
      const absent = 'https://api.mekari.com/oauth2/token'
      expect((await request(absent, { method: 'POST' })).status).toBe(404)
    })
  })
