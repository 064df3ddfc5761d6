import { describe, expect, it } from 'vitest'
import type { Answer, Door } from '../../doors.ts'
import { challenge, verifier } from '../../pkce.ts'
import { formOf } from '../form.ts'
import { badClient, deadGrant, tokenError } from './answers.ts'
import { type Integration, openMercadoPago, the2024, thePage, tokenUrl } from './client.ts'

/** An error of the token endpoint: each way to provoke it gets this answer. */
interface Row {
  readonly condition: string
  readonly answer: ReturnType<typeof tokenError>
  readonly provoked: readonly ((program: Integration) => Promise<Answer>)[]
  /** An assumption that is chosen. */
  readonly assume?: string
}

const exchanging =
  (changes: Record<string, unknown>, asked: Record<string, string> = {}) =>
  async ({ code, exchange }: Integration) =>
    exchange(await code(asked), changes)
const refreshing =
  (changes: Record<string, unknown>) =>
  async ({ connect, refresh }: Integration) =>
    refresh((await connect()).refresh, changes)
const missing = (name: string) => tokenError('invalid_request', `${name} is a required parameter`)
const ofAnother = tokenError('invalid_grant', 'the client_id does not match the original')
const repeated =
  (name: string) =>
  async ({ code, request, clientId, clientSecret }: Integration) => {
    const fields = { client_secret: clientSecret, grant_type: 'authorization_code', code: await code() }
    const rest = { client_id: clientId, redirect_uri: 'http://localhost:3000/callback' }
    const body = `${formOf({ ...fields, ...rest })}&${name}=twice`
    return request(tokenUrl, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body })
  }

const played: readonly Row[] = [
  {
    condition: 'a code or refresh token that is unknown, expired, used or revoked',
    answer: deadGrant,
    provoked: [
      exchanging({ code: 'TG-697deec0d0cd06d000740646-241983636' }),
      refreshing({ refresh_token: 'TG-697deec0d0cd06d000740646-241983636' }),
      async ({ code, exchange, wait }) => {
        const old = await code()
        await wait('10m')
        return exchange(old)
      },
      async ({ code, exchange }) => {
        const once = await code()
        await exchange(once)
        return exchange(once)
      },
      async ({ code, exchange, mock }) => {
        const ended = await code()
        for (const { id } of await mock.grants.list()) await mock.grants.revoke(id)
        return exchange(ended)
      },
      async ({ connect, refresh, wait }) => {
        const { refresh: old } = await connect()
        await wait('180d')
        return refresh(old)
      },
      async ({ connect, refresh }) => {
        const { refresh: once } = await connect()
        await refresh(once)
        return refresh(once)
      },
      async ({ connect, refresh, mock }) => {
        const { refresh: ended } = await connect()
        for (const { id } of await mock.grants.list()) await mock.grants.revoke(id, 'user')
        return refresh(ended)
      },
      async ({ code, refresh }) => refresh(await code()),
      async ({ connect, exchange }) => exchange((await connect()).refresh),
    ],
  },
  {
    condition: 'a wrong client id or secret',
    answer: badClient,
    provoked: [
      exchanging({ client_secret: 'wrong' }),
      exchanging({ client_id: '1234567890123456' }),
      refreshing({ client_secret: 'wrong' }),
      async (program) => exchanging({ client_id: (await program.with({})).clientId })(program),
    ],
  },
  {
    condition: 'a code or refresh token of another application',
    answer: ofAnother,
    provoked: [
      async (program) => (await program.with({})).exchange(await program.code()),
      async (program) => (await program.with({})).refresh((await program.connect()).refresh),
    ],
  },
  {
    condition: 'another redirect_uri than at the authorization',
    answer: tokenError('invalid_grant', 'the redirect_uri does not match the original'),
    provoked: [
      exchanging({ redirect_uri: 'http://localhost:3000/callback/' }),
      async (program) => {
        const redirectUris = ['https://example.com/first', 'https://example.com/second']
        const { code, exchange } = await program.with({ redirectUris })
        return exchange(await code({ redirect_uri: redirectUris[0] }), { redirect_uri: redirectUris[1] })
      },
    ],
  },
  { condition: 'no grant_type', answer: missing('grant_type'), provoked: [exchanging({ grant_type: undefined })] },
  { condition: 'no code', answer: missing('code'), provoked: [exchanging({ code: undefined })] },
  {
    condition: 'no redirect_uri',
    answer: missing('redirect_uri'),
    provoked: [exchanging({ redirect_uri: undefined })],
  },
  { condition: 'no refresh_token', answer: missing('refresh_token'), provoked: [refreshing({ refresh_token: '' })] },
  {
    condition: 'no verifier for a challenge',
    answer: missing('code_verifier'),
    provoked: [exchanging({}, challenge)],
  },
  {
    condition: 'a wrong verifier, or one without a challenge',
    answer: deadGrant,
    provoked: [
      exchanging({ code_verifier: `${verifier}x` }, challenge),
      exchanging({ code_verifier: 'short' }, challenge),
      exchanging({ code_verifier: verifier }),
    ],
  },
  {
    condition: 'a parameter that comes twice',
    answer: tokenError('invalid_request', 'Wrong number of parameters with duplicate values.'),
    provoked: [repeated('code'), repeated('redirect_uri'), repeated('grant_type')],
  },
  {
    condition: 'a grant type that nobody has',
    answer: tokenError('unsupported_grant_type', 'Unsupported grant type: password.'),
    provoked: [exchanging({ grant_type: 'password' })],
  },
  {
    condition: 'a scope that was not granted',
    answer: tokenError('invalid_scope', 'Invalid scope.'),
    provoked: [refreshing({ scope: 'read payments' })],
  },
  {
    condition: 'an application that has lost a scope of the authorization',
    answer: tokenError('unauthorized_client', 'The application no longer has the scopes of this authorization'),
    provoked: [
      async ({ mock, clientId, connect, refresh }) => {
        const { refresh: wide } = await connect()
        await mock.clients.change(clientId, { scopes: ['offline_access', 'read'] })
        return refresh(wide)
      },
    ],
  },
  {
    condition: 'a blocked application',
    answer: tokenError('unauthorized_application', 'The application is blocked'),
    provoked: [
      async ({ mock, clientId, code, exchange }) => {
        const value = await code()
        await mock.clients.change(clientId, { status: 'suspended' })
        return exchange(value)
      },
    ],
  },
  {
    condition: 'a body that is no body',
    answer: tokenError('invalid_request', 'The request is malformed'),
    provoked: [
      ({ request }) => request(tokenUrl, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' }),
      ({ request }) =>
        request(tokenUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' }),
      ({ request }) =>
        request(tokenUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"code":{}}' }),
    ],
  },
  {
    condition: 'a body that is too large',
    answer: tokenError('invalid_request', 'The body is larger than 1 MB', 413),
    provoked: [exchanging({ code: 'x'.repeat(1_000_001) })],
  },
]

const onThePage: readonly Row[] = [
  { condition: 'no client_secret', answer: missing('client_secret'), provoked: [exchanging({ client_secret: '' })] },
  {
    condition: 'tokens for the application itself',
    answer: tokenError('unsupported_grant_type', 'Unsupported grant type: client_credentials.'),
    provoked: [exchanging({ grant_type: 'client_credentials' })],
  },
]

const since2024: readonly Row[] = [
  { condition: 'no client_secret', answer: missing('client_secret'), provoked: [exchanging({ client_secret: '' })] },
  { condition: 'no client_id', answer: missing('client_id'), provoked: [exchanging({ client_id: undefined })] },
  {
    condition: 'id and secret in the Authorization header alone',
    answer: missing('client_id'),
    provoked: [
      async ({ token, clientId, clientSecret, code }) =>
        token(
          { grant_type: 'authorization_code', code: await code(), redirect_uri: 'http://localhost:3000/callback' },
          { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
        ),
    ],
  },
  {
    condition: 'an access token in place of the client secret',
    answer: badClient,
    provoked: [
      async ({ connect, code, exchange }) => exchange(await code(), { client_secret: (await connect()).access }),
    ],
  },
  {
    condition: 'no challenge and no verifier where the application has PKCE switched on',
    answer: missing('code_verifier'),
    provoked: [
      async (program) => {
        const { code, exchange } = await program.with({ requiresPkce: true })
        return exchange(await code())
      },
    ],
  },
  {
    condition: 'a flow that is switched off',
    answer: tokenError('unauthorized_client', 'The application may not use this grant type'),
    provoked: [
      async (program) => {
        const { exchange } = await program.with({ grantTypes: ['authorization_code', 'refresh_token'] })
        return exchange('', { grant_type: 'client_credentials' })
      },
    ],
  },
  {
    condition: 'the same with flow-off=unsupported',
    answer: tokenError('unsupported_grant_type', 'Unsupported grant type: client_credentials.'),
    provoked: [
      async (program) => {
        const { exchange } = await program.with({ grantTypes: ['authorization_code', 'refresh_token'] })
        return exchange('', { grant_type: 'client_credentials' })
      },
    ],
    assume: 'flow-off=unsupported',
  },
]

/** What has been seen or documented at the token endpoint and is not played. */
const leftOut = {
  'a wrong client id, 2016: bad_request with a cause that is an object':
    'older than the page; the sentence of 2026 is played',
  'three more sentences for a wrong client, in an old list of the sister company':
    'templates with blanks; never captured',
  'invalid_grant that asks for an active session or offline_access':
    'an application without offline_access gets no refresh token that it could use',
  '403 forbidden for the token of somebody else, or a blocked address':
    'nothing here blocks an address; at the token endpoint no token is presented',
  '429 local_rate_limited': 'no limit is documented, and the mock has none of its own',
  '502 and 503 of what stands before the server': 'not the provider’s own answer',
  'the first sentence with a full stop at its end (2019 and before)': 'older than the page',
}

/** Every error of the token endpoint, word for word. */
export const errorRowsSuite = (door: Door) => {
  describe.each([
    { edition: thePage, rows: [...played, ...onThePage] },
    { edition: the2024, rows: [...played, ...since2024] },
  ])('the token endpoint of $edition.provider answers', ({ edition, rows }) => {
    it.each(rows)('$condition', async ({ answer, provoked, assume }) => {
      const [name = '', choice = ''] = assume?.split('=') ?? []
      const options = assume === undefined ? {} : { assume: { [`${edition.provider}.${name}`]: choice } }
      for (const provoke of provoked) {
        expect(await provoke(await openMercadoPago(door, edition, options))).toEqual(answer)
      }
    })

    it.each([
      ['description', ['error_description', 'error', 'status', 'cause']],
      ['both', ['message', 'error_description', 'error', 'status', 'cause']],
    ])('with errors=%s, keys %j', async (errors, keys) => {
      const { exchange } = await openMercadoPago(door, edition, { assume: { [`${edition.provider}.errors`]: errors } })
      const { status, body } = await exchange('made-up')
      const { message, error_description, ...rest } = JSON.parse(body)
      expect([status, Object.keys(JSON.parse(body))]).toEqual([400, keys])
      expect(rest).toEqual({ error: 'invalid_grant', status: 400, cause: [] })
      expect(error_description).toMatch(/^Error validating grant\. .* already used$/)
      if (errors === 'both') expect(message).toBe(error_description)
    })
  })

  it('of the token endpoint’s errors each is played, or left out for a reason', () => {
    const rows = [played, onThePage, since2024].map(({ length }) => length)
    expect([...rows, Object.keys(leftOut).length]).toEqual([17, 2, 7, 7])
  })
}
