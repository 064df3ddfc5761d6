import { describe, expect, it } from 'vitest'
import type { Answer, Door } from '../../doors.ts'
import { verifier } from '../../pkce.ts'
import { tokensOf } from '../answer.ts'
import { formOf } from '../form.ts'
import { badGrant, badRequest, tokenError } from './answers.ts'
import { basic, type Fields, type Integration, issuer, openStandard } from './client.ts'

/** An error of the token endpoint: each way to provoke it gets this answer. */
interface Row {
  readonly condition: string
  readonly answer: Answer
  readonly provoked: readonly ((program: Integration) => Promise<Answer>)[]
}

const exchanging =
  (changes: Fields) =>
  async ({ code, exchange }: Integration) =>
    exchange(await code(), changes)
const refreshing =
  (changes: Fields) =>
  async ({ connect, refresh }: Integration) =>
    refresh((await connect()).refresh, changes)
const send =
  (body: string, type = 'application/x-www-form-urlencoded') =>
  ({ request, clientId, clientSecret }: Integration) =>
    request(`${issuer}/token`, {
      method: 'POST',
      headers: { 'content-type': type, ...basic(clientId, clientSecret) },
      body,
    })
const twice =
  (name: string, value = 'x') =>
  (program: Integration) =>
    send(
      `${formOf({ grant_type: 'authorization_code', code: 'x', code_verifier: verifier, [name]: value })}&${name}=y`,
    )(program)
const missing = (name: string) => badRequest(`The parameter ${name} is missing`)
const repeated = (name: string) => badRequest(`The parameter ${name} is sent more than once`)

const played: readonly Row[] = [
  {
    condition: 'another method than POST',
    answer: tokenError(405, 'invalid_request', 'This endpoint takes POST', [['allow', 'POST, OPTIONS']]),
    provoked: ['GET', 'PUT', 'DELETE'].map(
      (method) =>
        ({ request }) =>
          request(`${issuer}/token`, { method }),
    ),
  },
  {
    condition: 'a body that is no form',
    answer: badRequest('The content type of the body is not supported'),
    provoked: [
      send('{"grant_type":"client_credentials"}', 'application/json'),
      send('grant_type=client_credentials', 'text/plain'),
      send('grant_type=client_credentials', 'multipart/form-data; boundary=x'),
    ],
  },
  {
    condition: 'a form in another charset',
    answer: badRequest('The body cannot be read as its content type says'),
    provoked: [send('grant_type=client_credentials', 'application/x-www-form-urlencoded; charset=utf-16')],
  },
  {
    condition: 'a body that is too large',
    answer: tokenError(413, 'invalid_request', 'The body is too large'),
    provoked: [exchanging({ code: 'x'.repeat(1_000_001) })],
  },
  {
    condition: 'no grant_type',
    answer: missing('grant_type'),
    provoked: [exchanging({ grant_type: undefined }), refreshing({ grant_type: '' }), send('')],
  },
  {
    condition: 'a grant_type that is not played',
    answer: tokenError(400, 'unsupported_grant_type', 'The grant type is not supported'),
    provoked: ['password', 'implicit', 'Authorization_Code', 'urn:ietf:params:oauth:grant-type:jwt-bearer'].map(
      (grant_type) => exchanging({ grant_type }),
    ),
  },
  {
    condition: 'a grant_type that the client is not registered for',
    answer: tokenError(400, 'unauthorized_client', 'The client may not use this grant type'),
    provoked: [
      async (program) => (await program.with({ grantTypes: ['refresh_token'] })).exchange('x'),
      async (program) => (await program.with({ grantTypes: ['authorization_code'] })).refresh('x'),
      async (program) =>
        (await program.with({ grantTypes: ['authorization_code'] })).token({ grant_type: 'client_credentials' }),
    ],
  },
  {
    condition: 'no code',
    answer: missing('code'),
    provoked: [exchanging({ code: undefined }), exchanging({ code: '' })],
  },
  {
    condition: 'no code_verifier',
    answer: missing('code_verifier'),
    provoked: [exchanging({ code_verifier: undefined }), exchanging({ code_verifier: '' })],
  },
  {
    condition: 'no refresh_token',
    answer: missing('refresh_token'),
    provoked: [refreshing({ refresh_token: undefined })],
  },
  {
    condition: 'grant_type twice',
    answer: repeated('grant_type'),
    provoked: [twice('grant_type', 'authorization_code')],
  },
  { condition: 'code twice', answer: repeated('code'), provoked: [twice('code')] },
  { condition: 'redirect_uri twice', answer: repeated('redirect_uri'), provoked: [twice('redirect_uri')] },
  { condition: 'code_verifier twice', answer: repeated('code_verifier'), provoked: [twice('code_verifier')] },
  {
    condition: 'client_id twice',
    answer: repeated('client_id'),
    provoked: [(program) => twice('client_id', program.clientId)(program)],
  },
  {
    condition: 'a code that nobody was given',
    answer: badGrant('The authorization code is not valid'),
    provoked: [
      exchanging({ code: 'x' }),
      async ({ connect, exchange }) => exchange((await connect()).refresh),
      async ({ connect, exchange }) => exchange((await connect()).access),
    ],
  },
  {
    condition: 'a code that has expired',
    answer: badGrant('The authorization code has expired'),
    provoked: [
      async ({ code, exchange, wait }) => {
        const old = await code()
        await wait('1m')
        return exchange(old)
      },
    ],
  },
  {
    condition: 'a code that was used',
    answer: badGrant('The authorization code has already been used'),
    provoked: [
      async ({ code, exchange }) => {
        const once = await code()
        await exchange(once)
        return exchange(once)
      },
    ],
  },
  {
    condition: 'a code whose authorization was revoked',
    answer: badGrant('The authorization has been revoked'),
    provoked: [
      async ({ code, exchange, mock }) => {
        const revoked = await code()
        await mock.grants.revoke((await mock.grants.list()).at(-1)?.id ?? '', 'user')
        return exchange(revoked)
      },
    ],
  },
  {
    condition: 'a code of another client',
    answer: badGrant('The authorization code was issued to another client'),
    provoked: [
      async (program) => (await program.with({})).exchange(await program.code()),
      async (program) => (await program.with({ public: true })).exchange(await program.code()),
    ],
  },
  {
    condition: 'another redirect_uri than that of the code, or none',
    answer: badGrant('The redirect URI is not the one of the authorization request'),
    provoked: [
      exchanging({ redirect_uri: undefined }),
      exchanging({ redirect_uri: 'http://localhost:3000/callback/' }),
      exchanging({ redirect_uri: 'https://evil.example/' }),
    ],
  },
  {
    condition: 'a verifier of another challenge',
    answer: badGrant('The code verifier does not match the code challenge'),
    provoked: [
      exchanging({ code_verifier: verifier.toLowerCase() }),
      exchanging({ code_verifier: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM' }),
    ],
  },
  {
    condition: 'a verifier that is none',
    answer: badGrant('The code verifier is not 43 to 128 unreserved characters'),
    provoked: ['x'.repeat(42), 'x'.repeat(129), `${verifier} `, `${verifier}+`].map((code_verifier) =>
      exchanging({ code_verifier }),
    ),
  },
  {
    condition: 'a refresh token that nobody was given',
    answer: badGrant('The refresh token is not valid'),
    provoked: [
      refreshing({ refresh_token: 'x' }),
      async ({ connect, refresh }) => refresh((await connect()).access),
      async ({ code, refresh }) => refresh(await code()),
    ],
  },
  {
    condition: 'a refresh token that has expired',
    answer: badGrant('The refresh token has expired'),
    provoked: [
      async ({ connect, refresh, wait }) => {
        const { refresh: old } = await connect()
        await wait('30d')
        return refresh(old)
      },
    ],
  },
  {
    condition: 'a refresh token that was used',
    answer: badGrant('The refresh token has already been used'),
    provoked: [
      async ({ connect, refresh }) => {
        const { refresh: once } = await connect()
        await refresh(once)
        return refresh(once)
      },
    ],
  },
  {
    condition: 'a refresh token that was revoked',
    answer: badGrant('The refresh token has been revoked'),
    provoked: [
      async ({ connect, refresh, post }) => {
        const { refresh: own } = await connect()
        await post('/revoke', { token: own })
        return refresh(own)
      },
      async ({ connect, refresh }) => {
        const first = await connect()
        const second = tokensOf(await refresh(first.refresh))
        await refresh(first.refresh)
        return refresh(second.refresh)
      },
    ],
  },
  {
    condition: 'a refresh token of another client',
    answer: badGrant('The refresh token was issued to another client'),
    provoked: [async (program) => (await program.with({})).refresh((await program.connect()).refresh)],
  },
  {
    condition: 'a scope that was not granted',
    answer: tokenError(400, 'invalid_scope', 'The scope was not granted'),
    provoked: [refreshing({ scope: 'profile api' }), refreshing({ scope: 'else' })],
  },
  {
    condition: 'a scope that was taken away from the client',
    answer: tokenError(400, 'invalid_scope', 'The client no longer has every scope of the authorization'),
    provoked: [
      async ({ connect, refresh, mock, clientId }) => {
        const { refresh: own } = await connect()
        await mock.clients.change(clientId, { scopes: ['offline_access'] })
        return refresh(own)
      },
    ],
  },
  {
    condition: 'a scope that the client may not have for itself',
    answer: tokenError(400, 'invalid_scope', 'The client may not ask for this scope'),
    provoked: [({ token }) => token({ grant_type: 'client_credentials', scope: 'else' })],
  },
]

/** Every error of the token endpoint; those of its clients stand in authentication.ts. */
export const tokenErrorsSuite = (door: Door) =>
  describe('each error of the token endpoint', () => {
    it.each(played)('$condition', async ({ answer, provoked }) => {
      for (const provoke of provoked) expect(await provoke(await openStandard(door))).toEqual(answer)
    })
  })
