import { describe, expect, it } from 'vitest'
import type { Answer, Door } from '../../doors.ts'
import { apiAnswer, apiError, notFound } from './answers.ts'
import { type Integration, openMercury } from './client.ts'

const malformed = apiError(
  401,
  'noTokenInDBButMaybeMalformed',
  'No matching token found. API tokens begin with secret-token: and you must ensure that part is included.',
)

/** An error of the API: each way to provoke it gets this answer. */
interface Row {
  readonly condition: string
  readonly answer: Answer
  readonly provoked: readonly ((program: Integration) => Promise<Answer>)[]
}

const played: readonly Row[] = [
  {
    condition: 'no Authorization',
    answer: apiError(401, 'noAuthTokenHeader', 'No Authorization header with a token was sent.'),
    provoked: [({ api }) => api()],
  },
  {
    condition: 'unknown bearer',
    answer: notFound,
    provoked: [({ api }) => api('ory_at_x.y'), ({ api }) => api('secret-token:mercury_production_x')],
  },
  {
    condition: 'an API key without its beginning',
    answer: malformed,
    provoked: [({ api }) => api('mercury_production_x'), ({ api }) => api('mercury_sandbox_x')],
  },
  {
    condition: 'expired, replaced or revoked OAuth token',
    answer: notFound,
    provoked: [
      async ({ connect, api, wait }) => {
        const { access } = await connect()
        await wait('1h')
        return api(access)
      },
      async ({ connect, refresh, api }) => {
        const first = await connect()
        await refresh(first.refresh)
        return api(first.access)
      },
      async ({ connect, revoke, api }) => {
        const { access } = await connect()
        await revoke({ token: access })
        return api(access)
      },
      async ({ mock, connect, api }) => {
        const { access } = await connect()
        for (const { id } of await mock.grants.list()) await mock.grants.revoke(id, 'user')
        return api(access)
      },
    ],
  },
  {
    condition: 'token lacks scope',
    answer: apiError(403, 'tokenNotInScope', 'You must have a token with access to this endpoint.'),
    provoked: [async ({ connect, api }) => api((await connect({ scope: 'offline_access' })).access)],
  },
  {
    condition: 'not found',
    answer: apiError(404, 'notFound', 'There is nothing at this path.'),
    provoked: [async ({ connect, api }) => api((await connect()).access, '/api/v1/account/x')],
  },
]

/** What is known and not played, each with its reason. */
const leftOut = {
  'IP not allow-listed: ipNotWhitelisted': 'only API keys have a list of addresses, and they are not OAuth',
  'validation: 400': 'the stand-ins take no input',
  'idempotency clash or rate: 409, 429': 'nothing is written, and no limit is documented; 429 is for a fault to give',
}

/** Using the access token. */
export const apiSuite = (door: Door) =>
  describe('the API', () => {
    it('lists the accounts of the company that is connected', async () => {
      const { mock, connect, api } = await openMercury(door)
      const answer = await api((await connect()).access)
      const { accounts } = JSON.parse(answer.body) as { accounts: { id: string }[] }
      const [person] = await mock.users.list()
      expect(answer).toEqual(
        apiAnswer(200, {
          accounts: [
            {
              id: accounts[0]?.id,
              name: 'Mercury Checking',
              kind: 'checking',
              status: 'active',
              legalBusinessName: person?.company,
              availableBalance: 0,
              currentBalance: 0,
            },
          ],
          page: {},
        }),
      )
      expect(accounts[0]?.id).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
    })

    it('names the organization', async () => {
      const { mock, connect, api } = await openMercury(door)
      const [person] = await mock.users.list()
      const { organization } = JSON.parse((await api((await connect()).access, '/api/v1/organization')).body)
      expect(organization).toEqual({ id: expect.stringMatching(/^[\da-f-]{36}$/), legalBusinessName: person?.company })
    })

    it('takes the access token as the user name of Basic too, without a password, and nothing else there', async () => {
      const { connect, request, clientId, clientSecret } = await openMercury(door)
      const { access } = await connect()
      const ask = async (pair: string) => {
        const authorization = `Basic ${Buffer.from(pair).toString('base64')}`
        return (await request('https://api.mercury.com/api/v1/accounts', { headers: { authorization } })).status
      }
      expect(await ask(`${access}:`)).toBe(200)
      for (const pair of [`${access}:x`, `:${access}`, access, 'x:', `${clientId}:${clientSecret}`, `${clientId}:`]) {
        expect([pair, await ask(pair)]).toEqual([pair, 401])
      }
    })

    it('takes an access token for an hour', async () => {
      const { connect, api, wait } = await openMercury(door)
      const { access } = await connect()
      await wait('3599s')
      expect((await api(access)).status).toBe(200)
    })

    it.each(played)('$condition', async ({ answer, provoked }) => {
      for (const provoke of provoked) expect(await provoke(await openMercury(door))).toEqual(answer)
    })

    it('is played or left out for a reason', () => {
      expect([played.length, Object.keys(leftOut).length]).toEqual([6, 3])
    })

    it('with api-errors=as-malformed-key takes a dead token for a key that was cut off', async () => {
      const { api } = await openMercury(door, { assume: { 'mercury.api-errors': 'as-malformed-key' } })
      expect(await api('ory_at_x.y')).toEqual(malformed)
      expect(await api('secret-token:mercury_production_x')).toEqual(notFound)
    })
  })
