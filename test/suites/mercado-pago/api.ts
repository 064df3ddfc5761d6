import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { apiError } from './answers.ts'
import { openMercadoPago, the2024, thePage } from './client.ts'

const deadToken = apiError(401, { message: 'invalid_token', error: 'not_found', status: 401, cause: [] })

/** What the API is known to answer and the mock does not. */
const leftOut = {
  'a missing scope: 403 Invalid scopes, FORBIDDEN': 'the one resource that is played is for every token',
  'somebody else’s resource: 403 access_denied, FORBIDDEN': 'the one resource that is played is always one’s own',
  'test credentials at a live resource: 401 with a cause': 'the one resource that is played takes both kinds',
  'an access token in the query': 'it worked in 2016; RFC 6750 §2.3 warns of it, and no document of today shows it',
}

/** What a program can do with the credentials. */
export const apiSuite = (door: Door) =>
  describe.each([thePage, the2024])('the API of $provider', (edition) => {
    it('says whose account it is', async () => {
      const { mock, connect, me } = await openMercadoPago(door, edition)
      const [seller] = await mock.users.list()
      const [first = '', last = ''] = seller?.name.split(/ (?=\S+$)/) ?? []
      expect(await me((await connect()).access)).toEqual(
        apiError(200, {
          id: Number(seller?.id),
          nickname: seller?.name,
          first_name: first,
          last_name: last,
          country_id: 'AR',
          email: seller?.email,
          site_id: 'MLA',
        }),
      )
    })

    it('answers 400 without a token', async () => {
      const { me } = await openMercadoPago(door, edition)
      expect(await me()).toEqual(
        apiError(400, { message: 'Malformed access_token: null', error: 'bad_request', status: 400, cause: [] }),
      )
    })

    it('answers 401 to a token that is made up, too old or revoked, without WWW-Authenticate', async () => {
      const { mock, connect, me, wait } = await openMercadoPago(door, edition)
      const { access } = await connect()
      expect(await me(`${access}1`)).toEqual(deadToken)
      expect(await me('APP_USR-made-up')).toEqual(deadToken)
      const { access: revoked } = await connect()
      const last = (await mock.grants.list()).at(-1)
      await mock.grants.revoke(last?.id ?? '', 'user')
      expect(await me(revoked)).toEqual(deadToken)
      await wait('180d')
      expect(await me(access)).toEqual(deadToken)
    })

    it('takes neither a code nor a refresh token for a token', async () => {
      const { code, connect, me } = await openMercadoPago(door, edition)
      for (const value of [await code(), (await connect()).refresh]) expect(await me(value)).toEqual(deadToken)
    })

    it("opens the own account with the application's access token, which is the secret of 2021 only", async () => {
      const { mock, me, clientId, clientSecret } = await openMercadoPago(door, edition)
      const { ownerId } = await mock.clients.find(clientId)
      const own = apiError(200, { id: Number(ownerId), country_id: 'AR', site_id: 'MLA' })
      expect(await me(clientSecret)).toEqual(edition === thePage ? own : deadToken)
      await mock.clients.change(clientId, { status: 'suspended' })
      expect(await me(clientSecret)).toEqual(deadToken)
    })

    it('answers 405 to another method', async () => {
      const { request } = await openMercadoPago(door, edition)
      const { status, headers, body } = await request('https://api.mercadopago.com/users/me', { method: 'POST' })
      expect([status, body]).toEqual([
        405,
        '{"message":"Method not allowed","error":"method_not_allowed","status":405,"cause":[]}',
      ])
      expect(headers).toContainEqual(['allow', 'GET, HEAD, OPTIONS'])
    })

    it('has nothing else, and says so', async () => {
      const { request } = await openMercadoPago(door, edition)
      const notFound = apiError(404, { message: 'resource not found', error: 'not_found', status: 404, cause: [] })
      expect(await request('https://api.mercadopago.com/oauth/revoke')).toEqual(notFound)
    })

    it('answers all that is known of it, or leaves it out for a reason', () => {
      expect(Object.keys(leftOut)).toHaveLength(4)
    })
  })
