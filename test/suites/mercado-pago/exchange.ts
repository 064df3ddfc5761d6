import { describe, expect, it } from 'vitest'
import type { Answer, Door } from '../../doors.ts'
import { headerOf, tokensOf } from '../answer.ts'
import { deadGrant, transport } from './answers.ts'
import { callback, openMercadoPago, the2024, thePage, tokenUrl } from './client.ts'

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'

/** Generate credentials to operate. */
export const exchangeSuite = (door: Door) =>
  describe.each([
    { edition: thePage, type: 'bearer' },
    { edition: the2024, type: 'Bearer' },
  ])('the exchange of a code at $edition.provider', ({ edition, type }) => {
    it('answers eight keys in order, with their types', async () => {
      const { mock, code, exchange, clientId } = await openMercadoPago(door, edition)
      const [seller] = await mock.users.list()
      const got = await exchange(await code())
      expect(got).toEqual({ status: 200, headers: transport, body: expect.any(String) })
      const { body } = got
      const answer = JSON.parse(body)
      expect(Object.entries(answer)).toEqual([
        // Noon in Greenwich is eight o'clock at UTC-4.
        ['access_token', expect.stringMatching(new RegExp(`^APP_USR-${clientId}-013108-[0-9a-f]{32}-${seller?.id}$`))],
        ['token_type', type],
        ['expires_in', 15_552_000],
        ['scope', 'offline_access read write'],
        ['user_id', Number(seller?.id)],
        ['refresh_token', expect.stringMatching(new RegExp(`^TG-697deec0[0-9a-f]{16}-${seller?.id}$`))],
        ['public_key', expect.stringMatching(new RegExp(`^APP_USR-${uuid}$`))],
        ['live_mode', true],
      ])
    })

    it('gives the same seller the same public key, and another one another', async () => {
      const { mock, authorize, exchange } = await openMercadoPago(door, edition)
      const keyOf = async (user: string | undefined) => {
        const url = headerOf(await authorize(), 'location') ?? ''
        const request = `${mock.provider().authorizeUrl}?client_id=${mock.provider().clientId}&response_type=code&redirect_uri=${url.split('?')[0]}`
        const { redirectTo = '' } = await mock.authorize(request, user === undefined ? {} : { user })
        const { body } = await exchange(new URL(redirectTo).searchParams.get('code') ?? '')
        return (JSON.parse(body) as { public_key: string }).public_key
      }
      const [first, second] = await mock.users.list()
      expect(await keyOf(first?.id)).toBe(await keyOf(first?.id))
      expect(await keyOf(second?.id)).not.toBe(await keyOf(first?.id))
    })

    it('gives each seller credentials of its own', async () => {
      const { mock, clientId, exchange, me } = await openMercadoPago(door, edition)
      const sellers = (await mock.users.list()).slice(0, 2)
      const query = new URLSearchParams({ client_id: clientId, response_type: 'code', redirect_uri: callback })
      const connected = []
      for (const { id: user } of sellers) {
        const { redirectTo = '' } = await mock.authorize(`${mock.provider().authorizeUrl}?${query}`, { user })
        connected.push(tokensOf(await exchange(new URL(redirectTo).searchParams.get('code') ?? '')))
      }
      const owners = await Promise.all(connected.map(async ({ access }) => JSON.parse((await me(access)).body).id))
      expect(owners).toEqual(sellers.map(({ id }) => Number(id)))
      expect(new Set(connected.flatMap(({ access, refresh }) => [access, refresh])).size).toBe(4)
    })

    it('works until ten minutes are over, and not after', async () => {
      const { code, exchange, wait } = await openMercadoPago(door, edition)
      const [early, late] = [await code(), await code()]
      await wait('599s')
      expect((await exchange(early)).status).toBe(200)
      await wait('1s')
      expect(await exchange(late)).toEqual(deadGrant)
    })

    it('takes a form and JSON alike, and fields that nobody asked for', async () => {
      const { code, request, clientId: client_id, clientSecret: client_secret } = await openMercadoPago(door, edition)
      const fields = async () => ({
        client_id,
        client_secret,
        grant_type: 'authorization_code',
        code: await code(),
        redirect_uri: 'http://localhost:3000/callback',
        refresh_token: 'TG-XXXXXXXX-241983636',
        state: 'sent by the sample for split payments',
      })
      const post = (type: string, body: string) =>
        request(tokenUrl, { method: 'POST', headers: { 'content-type': type }, body })
      const form = await post('application/x-www-form-urlencoded', String(new URLSearchParams(await fields())))
      const json = await post('application/json', JSON.stringify(await fields()))
      expect([form.status, json.status]).toEqual([200, 200])
    })

    it('is at the sister company’s host as well', async () => {
      const { mock, code, request, clientSecret } = await openMercadoPago(door, edition)
      const answer = await request('https://api.mercadolibre.com/oauth/token', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          client_id: mock.provider().clientId,
          client_secret: clientSecret,
          grant_type: 'authorization_code',
          code: await code(),
          redirect_uri: 'http://localhost:3000/callback',
        }),
      })
      expect(answer.status).toBe(200)
    })

    it('keeps the tokens of the first use when a code is used again', async () => {
      const { code, exchange, me } = await openMercadoPago(door, edition)
      const value = await code()
      const { access_token } = JSON.parse((await exchange(value)).body)
      expect(await exchange(value)).toEqual(deadGrant)
      expect((await me(access_token)).status).toBe(200)
    })

    it('ends them with code-replay=family-revoked', async () => {
      const assume = { [`${edition.provider}.code-replay`]: 'family-revoked' }
      const { code, exchange, me } = await openMercadoPago(door, edition, { assume })
      const value = await code()
      const { access_token } = JSON.parse((await exchange(value)).body)
      expect(await exchange(value)).toEqual(deadGrant)
      expect((await me(access_token)).status).toBe(401)
    })

    it('answers 404 to GET', async () => {
      const { request } = await openMercadoPago(door, edition)
      expect(await request(tokenUrl)).toEqual({
        status: 404,
        headers: transport,
        body: '{"message":"resource not found","error":"not_found","status":404,"cause":[]}',
      })
    })

    it('lets scripts of any origin read the answer, and says so once', async () => {
      const { code, token, me, exchange } = await openMercadoPago(door, edition)
      const origins = ({ headers }: Answer) => headers.filter(([name]) => name === 'access-control-allow-origin')
      const toAll = [['access-control-allow-origin', '*']]
      expect(origins(await exchange(await code()))).toEqual(toAll)
      expect(origins(await token({}, { origin: 'https://app.example' }))).toEqual(toAll)
      expect(origins(await me('made-up'))).toEqual([])
    })
  })
