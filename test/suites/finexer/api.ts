import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { apiError, deadToken } from './answers.ts'
import { customers, openFinexer } from './client.ts'

const missing = apiError(
  401,
  { type: 'authentication_error', code: 'missing_token', message: 'An access token is missing in the request.' },
  'Bearer',
)

/** Step 4: the API with an access token. */
export const apiSuite = (door: Door) =>
  describe('the API', () => {
    it('reads the customers of the account that approved', async () => {
      const { connect, api, mock } = await openFinexer(door)
      const [user] = await mock.users.list()
      const answer = await api((await connect()).access)
      const { data, ...rest } = JSON.parse(answer.body)
      expect([answer.status, answer.headers]).toEqual([200, [['content-type', 'application/json; charset=utf-8']]])
      expect(data).toEqual([
        { id: expect.stringMatching(/^cus_\w{20}$/), object: 'customer', name: user?.name, email: user?.email },
      ])
      expect(rest).toEqual({ count: 1, paging: { total: 1, next: null, prev: null } })
    })

    it('takes an access token until it is revoked', async () => {
      const { connect, api, mock, revoke } = await openFinexer(door)
      const { access, refresh } = await connect()
      await mock.clock.advance('3650d')
      expect((await api(access)).status).toBe(200)
      await revoke(refresh)
      expect(await api(access)).toEqual(deadToken)
    })

    it('answers 401 without a token, and to anything that is none', async () => {
      const { connect, api, request, code } = await openFinexer(door)
      const { access, refresh } = await connect()
      expect(await api()).toEqual(missing)
      expect(await request(`${customers}?access_token=${access}`)).toEqual(missing)
      for (const wrong of ['x', refresh, await code(), `${access}x`])
        expect([wrong, await api(wrong)]).toEqual([wrong, deadToken])
    })

    it('answers 403 to a token without the permission', async () => {
      const { connect, api } = await openFinexer(door)
      const { access } = await connect({ scope: 'customer_write' })
      expect(await api(access)).toEqual(
        apiError(
          403,
          {
            type: 'request_error',
            code: 'insufficient_scope',
            message: 'The access token lacks the permission customer_read.',
          },
          'Bearer error="insufficient_scope", scope="customer_read"',
        ),
      )
    })

    it('answers 404 in its own shape for a path that it lacks', async () => {
      const { request } = await openFinexer(door)
      expect(await request('https://api.finexer.com/v1/customers')).toEqual(
        apiError(404, { type: 'request_error', code: 'resource_missing', message: 'There is nothing at this path.' }),
      )
    })
  })
