import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { headerOf } from '../answer.ts'
import { redirect } from './answers.ts'
import { callback, openMercadoPago, the2024, thePage } from './client.ts'

const hosts = [
  'mercadopago.com.ar',
  'mercadopago.com.br',
  'mercadopago.com.mx',
  'mercadopago.cl',
  'mercadopago.com.cl',
  'mercadopago.com.co',
  'mercadopago.com.uy',
  'mercadopago.com.pe',
  'mercadopago.com',
  'mercadolibre.com.ar',
  'mercadolivre.com.br',
  'mercadolibre.com.py',
]

/** Link a Mercado Pago account to your application. */
export const authorizeSuite = (door: Door) =>
  describe.each([thePage, the2024])('the authorization endpoint of $provider', (edition) => {
    it('sends the browser to the Redirect URL with code and state, in this order', async () => {
      const { authorize } = await openMercadoPago(door, edition)
      const answer = await authorize()
      const code = new URL(headerOf(answer, 'location') ?? '').searchParams.get('code')
      expect(answer).toEqual(redirect(`${callback}?code=${code}&state=a+state`))
    })

    it('writes codes as TG-, the time in hexadecimal, a hash and the id of the seller', async () => {
      const { code, mock } = await openMercadoPago(door, edition)
      const [seller] = await mock.users.list()
      // 2026-01-31T12:00:00Z is 0x697deec0 in Unix seconds.
      expect(await code()).toMatch(new RegExp(`^TG-697deec0[0-9a-f]{16}-${seller?.id}$`))
      expect(await code()).not.toBe(await code())
    })

    it('leaves state out when none was sent', async () => {
      const { authorize } = await openMercadoPago(door, edition)
      expect(headerOf(await authorize({ state: undefined }), 'location')).toMatch(
        /\/callback\?code=TG-[\da-f]{24}-\d+$/,
      )
    })

    it('is at the host of each country', async () => {
      const { request, clientId } = await openMercadoPago(door, edition)
      for (const host of hosts) {
        const query = `client_id=${clientId}&response_type=code&platform_id=mp&redirect_uri=${callback}`
        const answer = await request(`https://auth.${host}/authorization?${query}`)
        expect([host, headerOf(answer, 'location')]).toEqual([host, expect.stringMatching(/^http:.*\?code=TG-/)])
      }
    })

    it('does not look at platform_id, nor at a scope: the application has its scopes', async () => {
      const { code, exchange } = await openMercadoPago(door, edition)
      const { body } = await exchange(await code({ platform_id: undefined, scope: 'read everything' }))
      expect(JSON.parse(body)).toMatchObject({ scope: 'offline_access read write' })
    })

    it('takes a redirect_uri that is registered, where there are several', async () => {
      const uris = ['https://example.com/first', 'https://example.com/second']
      const { authorize } = await (await openMercadoPago(door, edition)).with({ redirectUris: uris })
      expect(headerOf(await authorize({ redirect_uri: uris[1] }), 'location')).toMatch(
        /^https:\/\/example.com\/second\?/,
      )
    })

    it('leads a signed-out seller to sign in, to the consent page and back', async () => {
      const { authorize } = await openMercadoPago(door, edition, { consent: 'page' })
      const { status, headers } = await authorize()
      const [, location = ''] = headers.find(([name]) => name === 'location') ?? []
      expect([status, new URL(location).pathname]).toEqual([302, expect.stringMatching(/\/jms\/mla\/lgz\/login\/$/)])
      expect([...new URL(location).searchParams.keys()]).toEqual(['application_id', 'go'])
    })

    describe('with redirect-uri=optional', () => {
      it('goes to the Redirect URL without being told', async () => {
        const assume = { [`${edition.provider}.redirect-uri`]: 'optional' }
        const { authorize } = await openMercadoPago(door, edition, { assume })
        expect(headerOf(await authorize({ redirect_uri: undefined }), 'location')).toMatch(
          /^http.*\/callback\?code=TG-/,
        )
      })
    })
  })
