import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { challenge, verifier } from '../../pkce.ts'
import { headerOf } from '../answer.ts'
import { callback, openMercadoPago, the2024, thePage, tokenUrl } from './client.ts'

/** Headers that the official libraries add to each call. */
const tracking = (accessToken: string) => ({
  authorization: `Bearer ${accessToken}`,
  'x-idempotency-key': '5f0d3e7a-8a3d-4c55-9f0e-1f3b9f0c9a51',
  'x-product-id': 'BC32A7RU643001OI3940',
  'x-tracking-id': 'platform:17|23,type:SDK3.0.0,so;',
  'x-platform-id': 'a platform',
  'x-integrator-id': 'an integrator',
  'x-corporation-id': 'a corporation',
  'user-agent': 'MercadoPago SDK',
})

type Fields = Readonly<Record<string, string>>

/** What an official library sends in 2026: its authorization URL, and the two bodies, in its own order of keys. */
interface Library {
  readonly name: string
  /** @param country what the library was told of the application's own account, where it asks */
  authorizeUrl(clientId: string, country: string): string
  exchange(code: string, secret: string, clientId: string): Fields
  refresh?(token: string, secret: string): Fields
}

const redirect = encodeURIComponent(callback)
const inPhpOrder = (id: string) =>
  `https://auth.mercadopago.com/authorization?client_id=${id}&response_type=code&platform_id=mp&state=s&redirect_uri=${redirect}`
const byCountry = (id: string, country: string, uri: string) =>
  `https://auth.mercadopago.com.${country.toLowerCase()}/authorization?client_id=${id}&response_type=code&platform_id=mp&redirect_uri=${uri}`
const asPassed = (code: string, client_secret: string) => ({
  client_secret,
  grant_type: 'authorization_code',
  code,
  redirect_uri: callback,
})
const typeFirst = (code: string, client_secret: string) => ({
  grant_type: 'authorization_code',
  client_secret,
  code,
  redirect_uri: callback,
})
const refreshing = (refresh_token: string, client_secret: string) => ({
  client_secret,
  grant_type: 'refresh_token',
  refresh_token,
})

const libraries: readonly Library[] = [
  { name: 'Python', authorizeUrl: inPhpOrder, exchange: asPassed, refresh: refreshing },
  { name: 'Ruby', authorizeUrl: inPhpOrder, exchange: asPassed, refresh: refreshing },
  {
    name: 'Go',
    authorizeUrl: (id) =>
      `https://auth.mercadopago.com/authorization?client_id=${id}&platform_id=mp&redirect_uri=${redirect}&response_type=code&state=s`,
    exchange: typeFirst,
    refresh: refreshing,
  },
  {
    name: 'Java',
    authorizeUrl: (id, country) => byCountry(id, country, redirect),
    exchange: typeFirst,
    refresh: refreshing,
  },
  { name: '.NET', authorizeUrl: (id, country) => byCountry(id, country, callback), exchange: asPassed },
  {
    name: '.NET with a client id',
    authorizeUrl: (id, country) => byCountry(id, country, callback),
    exchange: (code, secret, client_id) => ({ client_id, ...asPassed(code, secret) }),
  },
]

/** What other languages' official libraries send, as plain requests. */
export const librariesSuite = (door: Door) => {
  describe.each(libraries)('the official library for $name', ({ authorizeUrl, exchange, refresh }) => {
    it('connects and refreshes by the access token of the application alone', async () => {
      const { request, clientId, clientSecret } = await openMercadoPago(door, thePage)
      const post = (fields: Fields) =>
        request(tokenUrl, {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: 'application/json', ...tracking(clientSecret) },
          body: JSON.stringify(fields),
        })
      const headers = { authorization: `Bearer ${clientSecret}` }
      const own = JSON.parse((await request('https://api.mercadopago.com/users/me', { headers })).body)
      const location = headerOf(await request(authorizeUrl(clientId, own.country_id)), 'location') ?? ''
      const code = new URL(location).searchParams.get('code') ?? ''
      const answer = await post(exchange(code, clientSecret, clientId))
      expect([answer.status, answer.body]).toEqual([200, expect.stringMatching(/^\{"access_token":"APP_USR-/)])
      if (refresh) expect((await post(refresh(JSON.parse(answer.body).refresh_token, clientSecret))).status).toBe(200)
    })
  })

  describe('against the reference of 2024', () => {
    const post = (fields: Fields, type: string) => ({
      method: 'POST',
      headers: { 'content-type': type, ...tracking('APP_USR-1') },
      body: type === 'application/json' ? JSON.stringify(fields) : String(new URLSearchParams(fields)),
    })

    it('the official library for PHP connects and refreshes', async () => {
      const { request, clientId: client_id, clientSecret: client_secret } = await openMercadoPago(door, the2024)
      const location = headerOf(await request(inPhpOrder(client_id)), 'location') ?? ''
      const code = new URL(location).searchParams.get('code') ?? ''
      const own = { client_secret, client_id }
      const first = { ...own, grant_type: 'authorization_code', code, redirect_uri: callback }
      const answer = await request(tokenUrl, post(first, 'application/json'))
      expect(answer.status).toBe(200)
      const { refresh_token } = JSON.parse(answer.body)
      const second = { ...own, grant_type: 'refresh_token', refresh_token }
      expect((await request(tokenUrl, post(second, 'application/json'))).status).toBe(200)
    })

    it('a library that always uses PKCE connects by a form', async () => {
      const { request, clientId: client_id, clientSecret: client_secret } = await openMercadoPago(door, the2024)
      const query = new URLSearchParams({
        response_type: 'code',
        client_id,
        redirect_uri: callback,
        state: 's',
        ...challenge,
      })
      const location = headerOf(await request(`https://auth.mercadopago.com/authorization?${query}`), 'location') ?? ''
      const code = new URL(location).searchParams.get('code') ?? ''
      const fields = { grant_type: 'authorization_code', code, redirect_uri: callback, code_verifier: verifier }
      const answer = await request(
        tokenUrl,
        post({ ...fields, client_id, client_secret }, 'application/x-www-form-urlencoded'),
      )
      expect(answer.status).toBe(200)
    })
  })
}
