import { describe, expect, it } from 'vitest'
import type { Answer, Door } from '../../doors.ts'
import { challenge } from '../../pkce.ts'
import { IC, IR, shown, told } from './answers.ts'
import { callback, type Fields, type Integration, openMercury } from './client.ts'
import { authorizeUrl, signIn } from './person.ts'

/** An error of the authorization endpoint: each way to provoke it gets this answer. */
interface Row {
  readonly condition: string
  readonly answer: Answer
  readonly provoked: readonly ((program: Integration) => Promise<Answer>)[]
}

const asking =
  (changes: Fields) =>
  ({ authorize }: Integration) =>
    authorize(changes)
const publicly =
  (changes: Fields) =>
  async (program: Integration): Promise<Answer> =>
    (await program.with({ public: true })).authorize(changes)

const badType = 'The authorization server does not support obtaining a token using this method.'
const badState =
  "The state is missing or does not have enough characters and is therefore considered too weak. Request parameter 'state' must be at least be 8 characters long to ensure sufficient entropy."
const foreignRedirectUri = `${IR} The 'redirect_uri' parameter does not match any of the OAuth 2.0 Client's pre-registered redirect urls.`
const insecure = 'http://app.example/callback'
const { code_challenge } = challenge

const played: readonly Row[] = [
  {
    condition: 'unknown or missing client_id',
    answer: shown('invalid_client', `${IC} The requested OAuth 2.0 Client does not exist.`),
    provoked: [asking({ client_id: 'nobody' }), asking({ client_id: undefined }), asking({ client_id: '' })],
  },
  {
    condition: 'redirect_uri not registered, or missing with more than one registered',
    answer: shown('invalid_request', foreignRedirectUri),
    provoked: [
      asking({ redirect_uri: 'https://evil.example/' }),
      asking({ redirect_uri: `${callback}/` }),
      async (program) => {
        const { authorize } = await program.with({ redirectUris: [callback, 'https://app.example/'] })
        return authorize({ redirect_uri: undefined })
      },
      // The guide's own slip of the pen: nobody reads it.
      async (program) => {
        const { authorize } = await program.with({ redirectUris: [callback, 'https://app.example/'] })
        return authorize({ redirect_uri: undefined, redirect_url: callback })
      },
    ],
  },
  {
    condition: 'scope not allowed for the client',
    answer: told(
      'invalid_scope',
      "The requested scope is invalid, unknown, or malformed. The OAuth 2.0 Client is not allowed to request scope 'write'.",
    ),
    provoked: [asking({ scope: 'read write' })],
  },
  {
    condition: 'response_type missing',
    answer: told('unsupported_response_type', `${badType} \`The request is missing the 'response_type' parameter.`),
    provoked: [asking({ response_type: undefined })],
  },
  {
    condition: 'response_type not allowed',
    answer: told('unsupported_response_type', `${badType} The client is not allowed to request response_type 'token'.`),
    provoked: [asking({ response_type: 'token' })],
  },
  {
    condition: 'state missing',
    answer: told('invalid_state', badState, ''),
    provoked: [asking({ state: undefined }), asking({ state: '' })],
  },
  {
    condition: 'state of fewer than 8 characters',
    answer: told('invalid_state', badState, '1234567'),
    provoked: [asking({ state: '1234567' })],
  },
  {
    condition: 'PKCE missing but enforced, for public clients',
    answer: told(
      'invalid_request',
      `${IR} This client must include a code_challenge when performing the authorize code flow, but it is missing.`,
    ),
    provoked: [publicly({})],
  },
  {
    condition: 'a method without a challenge',
    answer: told(
      'invalid_request',
      `${IR} Clients must include a code_challenge when performing the authorize code flow, but it is missing.`,
    ),
    provoked: [asking({ code_challenge_method: 'S256' })],
  },
  {
    condition: 'method plain or absent with a challenge',
    answer: told('invalid_request', `${IR} Clients must use code_challenge_method=S256, plain is not allowed.`),
    provoked: [
      asking({ code_challenge, code_challenge_method: 'plain' }),
      asking({ code_challenge }),
      publicly({ code_challenge }),
    ],
  },
  {
    condition: 'another method',
    answer: told('invalid_request', `${IR} The code_challenge_method is not supported, use S256 instead.`),
    provoked: [asking({ code_challenge, code_challenge_method: 'S512' })],
  },
  {
    condition: 'http redirect, not localhost',
    answer: told(
      'invalid_request',
      `${IR} Redirect URL is using an insecure protocol, http is only allowed for hosts with suffix 'localhost', for example: http://myapp.localhost/.`,
      undefined,
      insecure,
    ),
    provoked: [
      async (program) => (await program.with({ redirectUris: [insecure] })).authorize({ redirect_uri: insecure }),
    ],
  },
  {
    condition: 'a role that may not connect',
    answer: told('login_request_denied', 'The requested scope is not allowed'),
    provoked: [
      async ({ mock, authorize }) => {
        const [person] = await mock.users.list()
        await mock.users.change(person?.id ?? '', { role: 'employee' })
        return authorize()
      },
    ],
  },
]

/** What is known and not played, each with its reason. */
const leftOut = {
  'server_error, without a description': 'the mock does not fail; the text is for a fault to give',
}

/** Every error of the authorization endpoint, word for word. */
export const authorizeErrorsSuite = (door: Door) =>
  describe('each error of the authorization endpoint', () => {
    it.each(played)('$condition', async ({ answer, provoked }) => {
      for (const provoke of provoked) expect(await provoke(await openMercury(door))).toEqual(answer)
    })

    it('a denial', async () => {
      const { authorize } = await openMercury(door, { consent: 'deny' })
      expect(await authorize()).toEqual(told('access_denied', 'User denied consent.'))
    })

    it('prompt=none, without a session and without consent', async () => {
      const nobody = await openMercury(door, { consent: 'page' })
      const required = 'The Authorization Server requires End-User'
      expect(await nobody.authorize({ prompt: 'none' })).toEqual(
        told(
          'login_required',
          `${required} authentication. Prompt 'none' was requested, but no existing login session was found.`,
        ),
      )
      const { go } = await signIn(nobody)
      expect(await go(authorizeUrl(nobody, { prompt: 'none' }))).toEqual(
        told(
          'consent_required',
          `${required} consent. Prompt 'none' was requested, but no previous consent was found.`,
        ),
      )
    })

    it('is played or left out for a reason', () => {
      // Eleven rows of the software's table, one of them in two texts and one in three; three that were observed.
      expect([played.length, Object.keys(leftOut).length]).toEqual([13, 1])
    })
  })
