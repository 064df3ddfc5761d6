import { describe, expect, it } from 'vitest'
import type { Answer, Door } from '../../doors.ts'
import { formOf } from '../form.ts'
import { onPage, page, refused, returned } from './answers.ts'
import { callback, type Fields, type Integration, issuer, openStandard, state } from './client.ts'

/** An error of the authorization endpoint: each way to provoke it gets this answer. */
interface Row {
  readonly condition: string
  readonly answer: Answer | ReturnType<typeof page>
  readonly provoked: readonly ((program: Integration) => Promise<Answer>)[]
}

const asking =
  (changes: Fields) =>
  ({ authorize }: Integration) =>
    authorize(changes)
const twice =
  (name: string, value: string) =>
  ({ request, asked }: Integration) =>
    request(`${issuer}/authorize?${formOf(asked())}&${formOf({ [name]: value })}`)
const missing = (name: string) => refused('invalid_request', `The parameter ${name} is missing`)
const repeated = (name: string) => refused('invalid_request', `The parameter ${name} is sent more than once`)
const malformed = (name: string) => refused('invalid_request', `The parameter ${name} is malformed`)
const { code_challenge } = { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM' }

const played: readonly Row[] = [
  {
    condition: 'no client_id, on a page',
    answer: page('invalid_request'),
    provoked: [asking({ client_id: undefined }), asking({ client_id: '' })],
  },
  {
    condition: 'a client_id that nobody has, on a page',
    answer: page('invalid_client'),
    provoked: [asking({ client_id: 'nobody' }), asking({ client_id: '__proto__' })],
  },
  {
    condition: 'client_id twice, on a page',
    answer: page('invalid_request'),
    provoked: [twice('client_id', 'nobody'), (program) => twice('client_id', program.clientId)(program)],
  },
  {
    condition: 'no redirect_uri, on a page',
    answer: page('invalid_request'),
    provoked: [asking({ redirect_uri: undefined }), asking({ redirect_uri: '' })],
  },
  {
    condition: 'redirect_uri twice, on a page',
    answer: page('invalid_request'),
    provoked: [twice('redirect_uri', callback), twice('redirect_uri', 'https://evil.example/')],
  },
  {
    condition: 'a client that is not active, on a page',
    answer: page('unauthorized_client'),
    provoked: [async (program) => (await program.with({ status: 'suspended' })).authorize()],
  },
  { condition: 'no response_type', answer: missing('response_type'), provoked: [asking({ response_type: undefined })] },
  { condition: 'response_type twice', answer: repeated('response_type'), provoked: [twice('response_type', 'code')] },
  {
    condition: 'another response_type',
    answer: refused('unsupported_response_type', 'The response type is not supported'),
    provoked: ['token', 'id_token', 'code id_token', 'none', 'CODE'].map((response_type) => asking({ response_type })),
  },
  { condition: 'scope twice', answer: repeated('scope'), provoked: [twice('scope', 'profile')] },
  {
    condition: 'a scope that the client does not have',
    answer: refused('invalid_scope', 'The client may not ask for one of these scopes'),
    provoked: [asking({ scope: 'profile else' }), asking({ scope: 'Profile' }), asking({ scope: 'profile,email' })],
  },
  {
    condition: 'a scope of spaces alone',
    answer: refused('invalid_scope', 'The parameter scope is missing'),
    provoked: [asking({ scope: ' ' })],
  },
  { condition: 'state twice', answer: repeated('state'), provoked: [twice('state', 'another')] },
  {
    condition: 'no code_challenge',
    answer: missing('code_challenge'),
    provoked: [asking({ code_challenge: undefined })],
  },
  {
    condition: 'no code_challenge_method, which means plain',
    answer: missing('code_challenge_method'),
    provoked: [asking({ code_challenge_method: undefined })],
  },
  {
    condition: 'code_challenge twice',
    answer: repeated('code_challenge'),
    provoked: [twice('code_challenge', code_challenge)],
  },
  {
    condition: 'plain, or another method',
    answer: refused('invalid_request', 'The code challenge method is not supported'),
    provoked: ['plain', 's256', 'S512'].map((code_challenge_method) => asking({ code_challenge_method })),
  },
  {
    condition: 'a challenge that is no SHA-256',
    answer: refused('invalid_request', 'The code challenge is not a base64url SHA-256'),
    provoked: ['x', `${code_challenge}=`, `${code_challenge}x`, code_challenge.replace('-', '+')].map((challenge) =>
      asking({ code_challenge: challenge }),
    ),
  },
  {
    condition: 'a response_mode that is not played',
    answer: malformed('response_mode'),
    provoked: [asking({ response_mode: 'fragment' }), asking({ response_mode: 'query.jwt' })],
  },
  {
    condition: 'nonce twice',
    answer: repeated('nonce'),
    provoked: [({ request, asked }) => request(`${issuer}/authorize?${formOf(asked())}&nonce=1&nonce=2`)],
  },
  {
    condition: 'a prompt that nobody knows, or none with another',
    answer: malformed('prompt'),
    provoked: [asking({ prompt: 'create' }), asking({ prompt: 'none login' })],
  },
  {
    condition: 'a max_age that is no number of seconds',
    answer: malformed('max_age'),
    provoked: ['-1', '1.5', 'x', '1e3'].map((max_age) => asking({ max_age })),
  },
  {
    condition: 'a request object',
    answer: refused('request_not_supported', 'The parameter request is not supported'),
    provoked: [asking({ request: 'eyJ.eyJ.x' })],
  },
  {
    condition: 'a registration',
    answer: refused('registration_not_supported', 'The parameter registration is not supported'),
    provoked: [asking({ registration: '{}' })],
  },
  {
    condition: 'a request_uri that was not given out here, on a page',
    answer: page('invalid_request_uri'),
    provoked: [asking({ request_uri: 'https://app.example/request.jwt' })],
  },
  {
    condition: 'a client that may not ask for codes',
    answer: refused('unauthorized_client', 'The client may not use the authorization code grant'),
    provoked: [async (program) => (await program.with({ grantTypes: ['client_credentials'] })).authorize()],
  },
]

/** Every error of the authorization endpoint. */
export const authorizeErrorsSuite = (door: Door) =>
  describe('each error of the authorization endpoint', () => {
    it.each(played)('$condition', async ({ answer, provoked }) => {
      for (const provoke of provoked) {
        const came = await provoke(await openStandard(door))
        expect('headers' in answer ? came : onPage(came)).toEqual(answer)
      }
    })

    it('a denial, which is told with state and iss', async () => {
      const { authorize } = await openStandard(door, { consent: 'deny' })
      expect(await authorize()).toEqual(
        returned({
          error: 'access_denied',
          error_description: 'The resource owner denied the request',
          state,
          iss: issuer,
        }),
      )
    })
  })
