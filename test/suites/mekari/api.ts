import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { apiError, deadToken, json, noToken } from './answers.ts'
import { openMekari } from './client.ts'

/** Authorization Header: what the API stand-in says to a token. */
export const apiSuite = (door: Door) =>
  describe('the API', () => {
    it('answers a live token with whom it stands for', async () => {
      const { mock, connect, api } = await openMekari(door)
      const [user] = await mock.users.list()
      const { access } = await connect()
      const { id, name: full_name, email, company } = user ?? {}
      expect(await api(access)).toEqual(json(200, { id, full_name, email, company: { name: company } }))
      const attributes = { id, full_name, email }
      expect(await api(access, '/v2/esign/v1/profile')).toEqual(
        json(200, { data: { id, type: 'profile', attributes } }),
      )
    })

    it('answers 403 where the token lacks the scope', async () => {
      const program = await openMekari(door)
      const scope = 'sso:profile'
      const { access_token } = JSON.parse((await program.exchange(await program.code({ scope }), { scope })).body)
      expect(await program.api(access_token, '/v2/esign/v1/profile')).toEqual(
        apiError(
          403,
          { code: 'MAG-008', message: 'Current scope is not allowed for accessing end point.' },
          'Bearer error="insufficient_scope", scope="esign"',
        ),
      )
      expect((await program.api(access_token)).status).toBe(200)
    })

    it('answers 401 without a token', async () => {
      const { api, request, connect } = await openMekari(door)
      const { access } = await connect()
      const me = 'https://api.mekari.com/v1/me'
      expect(await api()).toEqual(noToken)
      expect(await request(`${me}?access_token=${access}`)).toEqual(noToken)
      for (const authorization of [access, `Basic ${access}`, `Token ${access}`, 'Bearer', 'Bearer ', '']) {
        expect([authorization, await request(me, { headers: { authorization } })]).toEqual([authorization, noToken])
      }
    })

    it('answers 401 to anything that is not a live access token', async () => {
      const { api, connect, code } = await openMekari(door)
      const { access, refresh } = await connect()
      for (const wrong of ['x', refresh, await code(), `${access}x`, access.toLowerCase(), `${access} ${access}`]) {
        expect([wrong, await api(wrong)]).toEqual([wrong, deadToken])
      }
    })

    it('takes the scheme in any case', async () => {
      const { request, connect } = await openMekari(door)
      const { access } = await connect()
      const headers = { authorization: `bEARER ${access}` }
      expect((await request('https://api.mekari.com/v1/me', { headers })).status).toBe(200)
    })

    it('answers 404 with the code of the gateway for a path that it lacks', async () => {
      const { api, connect } = await openMekari(door)
      const unknown = json(404, { code: 'MAG-006', message: 'Data Service Scope (end point) is not found.' })
      expect(await api((await connect()).access, '/v2/esign-hmac/v1/profile')).toEqual(unknown)
      expect(await api(undefined, '/v1/me/')).toEqual(unknown)
    })

    it('has no discovery document, no keys and no introspection', async () => {
      const { request } = await openMekari(door)
      for (const path of [
        '/.well-known/openid-configuration',
        '/.well-known/oauth-authorization-server',
        '/jwks',
        '/auth/oauth2/introspect',
        '/auth/oauth2/revoke',
      ]) {
        expect([path, (await request(`https://account.mekari.com${path}`)).status]).toEqual([path, 404])
      }
    })
  })
