import { describe, expect, it } from 'vitest'
import type { Answer, Door } from '../../doors.ts'
import { challenge, verifier } from '../../pkce.ts'
import { tokensOf } from '../answer.ts'
import { IC, IG, IR, tokenError, usual } from './answers.ts'
import { basic, callback, type Fields, type Integration, openMercury } from './client.ts'

/** An error of the token endpoint: each way to provoke it gets this answer. */
interface Row {
  readonly condition: string
  readonly answer: Answer
  readonly provoked: readonly ((program: Integration) => Promise<Answer>)[]
}

const badRequest = (hint: string, more: Answer['headers'] = []) =>
  tokenError(400, 'invalid_request', `${IR} ${hint}`, more)
const badGrant = (hint?: string) => tokenError(400, 'invalid_grant', hint === undefined ? IG : `${IG} ${hint}`)
const badClient = (hint?: string) => tokenError(401, 'invalid_client', hint === undefined ? IC : `${IC} ${hint}`)
const wrongMethod = (supported: string, requested: string) =>
  badClient(
    `The OAuth 2.0 Client supports client authentication method '${supported}', but method '${requested}' was requested. You must configure the OAuth 2.0 client's 'token_endpoint_auth_method' value to accept '${requested}'.`,
  )
const lacksGrant = (grant: string) =>
  tokenError(
    400,
    'unauthorized_client',
    `The client is not authorized to request a token using this method. The OAuth 2.0 Client is not allowed to use authorization grant '${grant}'.`,
  )

const exchanging =
  (changes: Fields, asked: Fields = {}) =>
  async ({ code, exchange }: Integration) =>
    exchange(await code(asked), changes)
const refreshing =
  (changes: Fields) =>
  async ({ connect, refresh }: Integration) =>
    refresh((await connect()).refresh, changes)
const unauthenticated =
  (headers: Record<string, string>, changes: Fields = {}) =>
  async ({ code, exchange }: Integration) =>
    exchange(await code(), changes, headers)
const json = (program: Integration, body: string) =>
  program.request('https://oauth2.mercury.com/oauth2/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...basic(program.clientId, program.clientSecret) },
    body,
  })

const played: readonly Row[] = [
  {
    condition: 'not POST',
    answer: badRequest("HTTP method is 'GET', expected 'POST'."),
    provoked: [({ request }) => request('https://oauth2.mercury.com/oauth2/token')],
  },
  {
    condition: 'empty body, or JSON body',
    answer: badRequest('The POST body can not be empty.'),
    provoked: [
      ({ token }) => token({}),
      (program) => json(program, '{"grant_type":"authorization_code"}'),
      (program) => json(program, ''),
    ],
  },
  {
    condition: 'no grant_type',
    answer: badRequest("Request parameter 'grant_type' is missing"),
    provoked: [exchanging({ grant_type: undefined }), refreshing({ grant_type: '' })],
  },
  {
    condition: 'unknown grant_type',
    answer: badRequest(usual),
    provoked: [
      exchanging({ grant_type: 'client_credentials' }),
      exchanging({ grant_type: 'password' }),
      unauthenticated(basic('nobody'), { grant_type: 'Authorization_Code' }),
    ],
  },
  {
    condition: 'no credentials at all',
    answer: badRequest('Client credentials missing or malformed in both HTTP Authorization header and HTTP POST body.'),
    provoked: [unauthenticated({}), unauthenticated({ authorization: 'Basic Og==' })],
  },
  {
    condition: 'unknown client, wrong secret',
    answer: badClient(),
    provoked: [
      unauthenticated(basic('nobody', 'x')),
      (program) => unauthenticated(basic(program.clientId, 'wrong'))(program),
      (program) => unauthenticated({}, { client_id: program.clientId })(program),
    ],
  },
  {
    condition: 'secret in body, client is basic',
    answer: wrongMethod('client_secret_basic', 'client_secret_post'),
    provoked: [
      (program) => unauthenticated({}, { client_id: program.clientId, client_secret: program.clientSecret })(program),
    ],
  },
  {
    condition: 'the mirror text, for a public client',
    answer: wrongMethod('none', 'client_secret_basic'),
    provoked: [
      async (program) => {
        const { exchange, clientId } = await program.with({ public: true })
        return exchange('x', {}, basic(clientId, 'x'))
      },
    ],
  },
  {
    condition: 'client lacks grant authorization_code',
    answer: lacksGrant('authorization_code'),
    provoked: [async (program) => (await program.with({ grantTypes: ['refresh_token'] })).exchange('x')],
  },
  {
    condition: 'client lacks grant refresh_token',
    answer: lacksGrant('refresh_token'),
    provoked: [async (program) => (await program.with({ grantTypes: ['authorization_code'] })).refresh('x')],
  },
  {
    condition: 'unknown, malformed or expired code',
    answer: badGrant(),
    provoked: [
      exchanging({ code: 'ory_ac_x.y' }),
      exchanging({ code: 'x' }),
      exchanging({ code: undefined }),
      async ({ code, exchange, wait }) => {
        const old = await code()
        await wait('10m')
        return exchange(old)
      },
    ],
  },
  {
    condition: 'reused code',
    answer: badGrant('The authorization code has already been used.'),
    provoked: [
      async ({ code, exchange }) => {
        const once = await code()
        await exchange(once)
        return exchange(once)
      },
      async ({ code, exchange }) => {
        const once = await code()
        for (let i = 0; i < 3; i++) await exchange(once)
        return exchange(once)
      },
    ],
  },
  {
    condition: 'code of another client',
    answer: badGrant('The OAuth 2.0 Client ID from this request does not match the one from the authorize request.'),
    provoked: [async (program) => (await program.with({})).exchange(await program.code())],
  },
  {
    condition: 'redirect_uri differs or is missing though sent',
    answer: badGrant("The 'redirect_uri' from this request does not match the one from the authorize request."),
    provoked: [exchanging({ redirect_uri: `${callback}/` }), exchanging({ redirect_uri: undefined })],
  },
  {
    condition: 'verifier of fewer than 43 characters, or missing though a challenge was sent',
    answer: badGrant('The PKCE code verifier must be at least 43 characters.'),
    provoked: [exchanging({ code_verifier: verifier.slice(1) }, challenge), exchanging({}, challenge)],
  },
  {
    condition: 'verifier of more than 128 characters',
    answer: badGrant('The PKCE code verifier can not be longer than 128 characters.'),
    provoked: [exchanging({ code_verifier: 'x'.repeat(129) }, challenge)],
  },
  {
    condition: 'verifier with bad characters',
    answer: badGrant("The PKCE code verifier must only contain [a-Z], [0-9], '-', '.', '_', '~'."),
    provoked: [exchanging({ code_verifier: `${verifier}+` }, challenge)],
  },
  {
    condition: 'verifier mismatch',
    answer: badGrant('The PKCE code challenge did not match the code verifier.'),
    provoked: [exchanging({ code_verifier: `${verifier}x` }, challenge)],
  },
  {
    condition: 'verifier without a challenge, or the second try after a failed verifier',
    answer: badGrant('Unable to find initial PKCE data tied to this request'),
    provoked: [
      exchanging({ code_verifier: verifier }),
      ...[{ code_verifier: `${verifier}x` }, { code_verifier: 'short' }, {}].map(
        (wrong: Fields) =>
          async ({ code, exchange }: Integration) => {
            const value = await code(challenge)
            await exchange(value, wrong)
            return exchange(value, { code_verifier: verifier })
          },
      ),
      async ({ code, exchange }) => {
        const value = await code(challenge)
        await exchange(value, { code_verifier: `${verifier}x` })
        return exchange(value)
      },
    ],
  },
  {
    condition: 'unknown refresh token, and any of a revoked or replayed grant',
    answer: badGrant('The refresh token is malformed or not valid.'),
    provoked: [
      refreshing({ refresh_token: 'ory_rt_x.y' }),
      refreshing({ refresh_token: undefined }),
      async ({ connect, refresh, revoke }) => {
        const { access, refresh: own } = await connect()
        await revoke({ token: access })
        return refresh(own)
      },
      async ({ code, exchange, refresh }) => {
        const once = await code()
        const { refresh: own } = tokensOf(await exchange(once))
        await exchange(once)
        return refresh(own)
      },
      async ({ connect, refresh }) => {
        const { refresh: first } = await connect()
        const { refresh: second } = tokensOf(await refresh(first))
        await refresh(first)
        return refresh(second)
      },
      async ({ connect, refresh }) => {
        const { refresh: first } = await connect()
        for (let i = 0; i < 2; i++) await refresh(first)
        return refresh(first)
      },
    ],
  },
  {
    condition: 'reused refresh token, first time',
    answer: badGrant('The refresh token was already used.'),
    provoked: [
      async ({ connect, refresh }) => {
        const { refresh: once } = await connect()
        await refresh(once)
        return refresh(once)
      },
    ],
  },
  {
    condition: 'expired refresh token',
    answer: badGrant('The refresh token expired.'),
    provoked: [
      async ({ connect, refresh, wait }) => {
        const { refresh: old } = await connect()
        await wait('720h')
        return refresh(old)
      },
    ],
  },
  {
    condition: 'refresh token of another client',
    answer: badGrant(
      'The OAuth 2.0 Client ID from this request does not match the ID during the initial token issuance.',
    ),
    provoked: [async (program) => (await program.with({})).refresh((await program.connect()).refresh)],
  },
  {
    condition: 'refresh without scope',
    answer: badRequest("Request parameter 'scope' is missing"),
    provoked: [refreshing({ scope: undefined }), refreshing({ scope: '' })],
  },
  {
    condition: 'refresh with a scope that was not granted',
    answer: tokenError(400, 'invalid_scope', 'The requested scope is invalid, unknown, or malformed.'),
    provoked: [refreshing({ scope: 'read write' }), refreshing({ scope: 'write' })],
  },
]

/** What is known and not played, each with its reason. */
const leftOut = {
  'refresh, offline scope not granted: 403 scope_not_granted':
    'a refresh token exists only where offline_access was granted, so that nothing can be sent that gets it',
  'two refreshes race: 400 invalid_request':
    'the mock takes one request after another: the second one is a reuse; the text is for a fault to give',
  'server failure: 500 server_error': 'the mock does not fail; the text is for a fault to give',
}

/** Every error of the token endpoint, word for word. */
export const tokenErrorsSuite = (door: Door) =>
  describe('each error of the token endpoint', () => {
    it.each(played)('$condition', async ({ answer, provoked }) => {
      for (const provoke of provoked) expect(await provoke(await openMercury(door))).toEqual(answer)
    })

    it('is played or left out for a reason', () => {
      // Two of the rows have two texts, each of which is a row here: another method, and a grant that a client lacks.
      expect([played.length - 2, Object.keys(leftOut).length]).toEqual([23, 3])
    })
  })
