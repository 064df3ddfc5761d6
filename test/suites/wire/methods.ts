import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { headerOf } from '../answer.ts'
import { openMekari } from '../mekari/client.ts'

const account = 'https://account.mekari.com'

/** Each endpoint takes its methods and names them to the others. */
export const methodsSuite = (door: Door) =>
  describe('a method', () => {
    it.each([
      [`${account}/auth`, 'GET, HEAD, POST, OPTIONS', ['PUT', 'PATCH', 'DELETE']],
      [`${account}/auth/oauth2/token`, 'POST, DELETE, OPTIONS', ['GET', 'HEAD', 'PUT', 'PATCH']],
      [`${account}/users/sign_in`, 'GET, HEAD, POST, OPTIONS', ['PUT', 'PATCH', 'DELETE']],
      ['https://api.mekari.com/v1/me', 'GET, HEAD, OPTIONS', ['POST', 'PUT', 'PATCH', 'DELETE']],
      ['https://sandbox-sso.mekari.com/oauth2/token', 'POST, OPTIONS', ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE']],
    ])('that %s does not take is refused by 405 and Allow: %s', async (url, allow, others) => {
      const { request } = await openMekari(door)
      for (const method of others) {
        const answer = await request(`${url}?x=1`, { method })
        expect([method, answer.status, headerOf(answer, 'allow')]).toEqual([method, 405, allow])
        expect(headerOf(answer, 'location')).toBeUndefined()
      }
      expect(await request(url, { method: 'OPTIONS' })).toEqual({ status: 204, headers: [['allow', allow]], body: '' })
    })

    it('POST opens no authorization request', async () => {
      const { request, clientId } = await openMekari(door)
      const query = `client_id=${clientId}&response_type=code&scope=esign`
      const answer = await request(`${account}/auth?${query}`, { method: 'POST' })
      expect([answer.status, headerOf(answer, 'allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
      const form = { 'content-type': 'application/x-www-form-urlencoded' }
      expect((await request(`${account}/auth`, { method: 'POST', headers: form, body: query })).status).toBe(400)
    })

    it('HEAD is answered as GET without the body', async () => {
      const { request, connect } = await openMekari(door)
      const { access } = await connect()
      const headers = { authorization: `Bearer ${access}` }
      for (const [url, init] of [
        ['https://api.mekari.com/v1/me', { headers }],
        ['https://api.mekari.com/v1/me', {}],
        ['https://api.mekari.com/nothing', {}],
        [`${account}/nothing`, {}],
      ] as const) {
        const get = await request(url, init)
        expect(await request(url, { ...init, method: 'HEAD' })).toEqual({ ...get, body: '' })
      }
    })
  })

/** Scripts of other origins, and places that do not exist. */
export const placesSuite = (door: Door) =>
  describe('a request', () => {
    it('of a script from another origin is not let through', async () => {
      const { request, connect } = await openMekari(door)
      const { access } = await connect()
      const origin = 'https://app.example'
      const asks = {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      }
      const url = `${account}/auth/oauth2/token`
      const preflight = await request(url, { method: 'OPTIONS', headers: asks })
      expect(preflight).toEqual({ status: 204, headers: [['allow', 'POST, DELETE, OPTIONS']], body: '' })
      const answer = await request('https://api.mekari.com/v1/me', {
        headers: { origin, authorization: `Bearer ${access}` },
      })
      expect(answer.status).toBe(200)
      expect(answer.headers.filter(([name]) => name.startsWith('access-control-'))).toEqual([])
    })

    it('for an unknown path is answered by the API in its own words, elsewhere plainly', async () => {
      const { request } = await openMekari(door)
      const plain = { status: 404, headers: [['content-type', 'text/plain; charset=utf-8']], body: 'Not Found\n' }
      for (const path of ['/', '/auth/oauth2', '/auth/oauth2/token/', '/AUTH', '/auth%2foauth2%2ftoken', '//auth']) {
        expect([path, await request(account + path)]).toEqual([path, plain])
      }
      const answer = await request('https://api.mekari.com/auth', { method: 'POST' })
      expect([answer.status, answer.body]).toEqual([
        404,
        '{"code":"MAG-006","message":"Data Service Scope (end point) is not found."}',
      ])
    })
  })
