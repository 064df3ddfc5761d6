import { describe, expect, it } from 'vitest'
import type { Answer, Door } from '../../doors.ts'
import { challenge, verifier } from '../../pkce.ts'
import {
  apiError,
  codeExpired,
  codeNotFound,
  codeUsed,
  deadToken,
  oauthError,
  redirect,
  refreshTokenNotFound,
} from './answers.ts'
import { callback, openFinexer, type Platform, tokenUrl } from './client.ts'

/** A way to an error, and the whole answer. */
type Provoke = (platform: Platform) => Promise<readonly [came: Answer, expected: unknown]>

interface Row {
  readonly condition: string
  /** The doubt that has to be decided otherwise. */
  readonly assume?: string
  readonly provoked: readonly Provoke[]
}

/** An answer and what it is to be, from one value. */
const about = async <T>(value: T, ask: (value: T) => Promise<Answer>, expected: (value: T) => Answer) =>
  [await ask(value), expected(value)] as const

const told = (error: string, more = '') => redirect(`${callback}?error=${error}&error_code=${error}${more}`)
const exchanging =
  (changes: Record<string, string | undefined>, expected: Answer): Provoke =>
  async ({ code, exchange }) => [await exchange(await code(), changes), expected]
const revoking =
  (changes: Record<string, string | undefined>, expected: Answer): Provoke =>
  async ({ connect, revoke }) => [await revoke((await connect()).refresh, changes), expected]
const asking =
  (parameters: Record<string, string>, expected: Answer): Provoke =>
  async ({ authorize }) => [await authorize(parameters), expected]
const missing = (name: string) => oauthError('invalid_request', `The parameter ${name} is missing`)

const usedCode: (expected: (code: string) => Answer) => Provoke = (expected) => async (platform) => {
  const code = await platform.code()
  await platform.exchange(code)
  return about(code, platform.exchange, expected)
}
const oldCode: (expected: (code: string) => Answer) => Provoke = (expected) => async (platform) => {
  const code = await platform.code()
  await platform.mock.clock.advance('5m')
  return about(code, platform.exchange, expected)
}
/** The page has a revocation fail with 400; the token endpoint may have another status. */
const badClient = (status: 400 | 401): readonly Provoke[] => {
  const bad = (description: string) => oauthError('invalid_client', description, status)
  const badToRevoke = (description: string) => oauthError('invalid_client', description)
  const secretless = { client_secret: undefined }
  return [
    exchanging({ client_id: 'app_nobody' }, bad('Unknown client')),
    exchanging({ client_secret: 'sk_wrong' }, bad('Wrong client secret')),
    exchanging(secretless, bad('The client secret is missing')),
    exchanging({ client_id: undefined, ...secretless }, bad('The client did not authenticate')),
    revoking({ client_id: 'app_nobody' }, badToRevoke('Unknown client')),
    revoking({ client_secret: 'sk_wrong' }, badToRevoke('Wrong client secret')),
    revoking(secretless, badToRevoke('The client secret is missing')),
  ]
}
const invalidScope = [
  asking({ scope: 'payment_write' }, told('invalid_scope')),
  asking({ scope: 'customer_read,payment_write', state: 's' }, told('invalid_scope', '&state=s')),
]
const inactive = (ask: (platform: Platform) => Promise<Answer>, expected: Answer): Provoke => {
  return async (platform) => [await ask(await platform.with({ status: 'pending' })), expected]
}

/** How the authorization endpoint says no. */
const authorizeRows: readonly Row[] = [
  { condition: 'the person denies', provoked: [({ mock, clientId }) => denied(mock, clientId)] },
  {
    condition: 'another response type',
    provoked: [asking({ response_type: 'token' }, told('unsupported_response_type'))],
  },
  { condition: 'a scope outside of the app', provoked: invalidScope },
  {
    condition: 'a redirect URL that is not declared',
    assume: 'bad-redirect-uri=told',
    provoked: [asking({ redirect_uri: 'https://evil.example/', state: 's' }, told('invalid_redirect_uri', '&state=s'))],
  },
  {
    condition: 'an app that is not active',
    assume: 'inactive-client=told',
    provoked: [inactive(({ authorize }) => authorize(), told('unauthorized_client'))],
  },
  {
    condition: 'a parameter sent twice',
    provoked: [
      async ({ request, clientId }) => [
        await request(`https://finexer.com/oauth/?client_id=${clientId}&state=a&state=b`),
        told('invalid_request', '&state=a'),
      ],
    ],
  },
]

async function denied(mock: Platform['mock'], clientId: string) {
  const { redirectTo = '' } = await mock.authorize(`https://finexer.com/oauth/?client_id=${clientId}`, {
    decision: 'deny',
  })
  return [redirect(redirectTo), told('access_denied')] as const
}

/** How the token endpoint and revocation say no. */
const tokenRows: readonly Row[] = [
  { condition: 'code unknown', provoked: [({ exchange }) => about('made-up', exchange, codeNotFound)] },
  { condition: 'code expired', provoked: [oldCode(codeExpired)] },
  { condition: 'code already used', provoked: [usedCode(codeUsed)] },
  {
    condition: 'code expired or already used, and gone',
    assume: 'dead-codes=not-found',
    provoked: [oldCode(codeNotFound), usedCode(codeNotFound)],
  },
  {
    condition: 'code of another app',
    provoked: [async (platform) => about(await platform.code(), (await platform.with({})).exchange, codeNotFound)],
  },
  {
    condition: 'code of an authorization that has ended',
    provoked: [
      async ({ code, mock, exchange }) => {
        const value = await code()
        await mock.grants.revoke((await mock.grants.list())[0]?.id ?? '')
        return about(value, exchange, codeNotFound)
      },
    ],
  },
  { condition: 'bad client', provoked: badClient(400) },
  { condition: 'bad client, as RFC 6749 §5.2 allows', assume: 'client-error=unauthorized', provoked: badClient(401) },
  {
    condition: 'an app that is not active',
    provoked: [
      async ({ code, exchange, mock, clientId }) => {
        const value = await code()
        await mock.clients.change(clientId, { status: 'suspended' })
        return [await exchange(value), oauthError('unauthorized_client', 'The client is not active')]
      },
    ],
  },
  {
    condition: 'missing parameter',
    provoked: [
      exchanging({ code: undefined }, missing('code')),
      exchanging({ grant_type: undefined }, missing('grant_type')),
      ({ refresh }) =>
        about(
          '',
          (token) => refresh(token),
          () => missing('refresh_token'),
        ),
      revoking({ refresh_token: undefined }, missing('refresh_token')),
    ],
  },
  {
    condition: 'bad grant type',
    provoked: [
      exchanging({ grant_type: 'password' }, oauthError('unsupported_grant_type', 'The grant type is not supported')),
      exchanging(
        { grant_type: 'client_credentials' },
        oauthError('unsupported_grant_type', 'The grant type is not supported'),
      ),
    ],
  },
  {
    condition: 'a refresh where there is none',
    assume: 'refresh=unsupported',
    provoked: [
      async ({ connect, refresh }) => [
        await refresh((await connect()).refresh),
        oauthError('unsupported_grant_type', 'The grant type is not supported'),
      ],
    ],
  },
  {
    condition: 'a body that is no form',
    provoked: [
      async ({ request }) => [
        await request(tokenUrl, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"code":"x"}',
        }),
        oauthError('invalid_request', 'The content type of the body is not supported'),
      ],
    ],
  },
  {
    condition: 'a verifier that does not answer the challenge',
    provoked: [
      async ({ code, exchange }) => [
        await exchange(await code(challenge), { code_verifier: verifier.replace('d', 'e') }),
        oauthError('invalid_grant', 'The code verifier does not match the code challenge'),
      ],
      async ({ code, exchange }) => [
        await exchange(await code(challenge)),
        oauthError('invalid_grant', 'The code verifier is missing'),
      ],
    ],
  },
  {
    condition: 'refresh token unknown, revoked, or of another app',
    provoked: [
      ({ refresh }) => about('made-up', (token) => refresh(token), refreshTokenNotFound),
      async ({ connect, revoke, refresh }) => {
        const { refresh: token } = await connect()
        await revoke(token)
        return about(token, (one) => refresh(one), refreshTokenNotFound)
      },
      async (platform) => {
        const { refresh } = await platform.with({})
        return about((await platform.connect()).refresh, (token) => refresh(token), refreshTokenNotFound)
      },
    ],
  },
  {
    condition: 'revoke: refresh token unknown, ended before, or of another app',
    provoked: [
      ({ revoke }) => about('made-up', (token) => revoke(token), refreshTokenNotFound),
      async ({ connect, revoke }) => {
        const { refresh } = await connect()
        await revoke(refresh)
        return about(refresh, (token) => revoke(token), refreshTokenNotFound)
      },
      async (platform) => {
        const { revoke } = await platform.with({})
        return about((await platform.connect()).refresh, (token) => revoke(token), refreshTokenNotFound)
      },
    ],
  },
]

const apiRows: readonly Row[] = [
  { condition: 'a token that is not valid', provoked: [async ({ api }) => [await api('made-up'), deadToken]] },
  {
    condition: 'a token that is not valid, in the flat shape',
    assume: 'api-errors=flat',
    provoked: [
      async ({ api }) => {
        const error_description = 'The access token is invalid'
        return [
          await api('made-up'),
          {
            ...apiError(401, deadTokenFacts, `Bearer error="invalid_token", error_description="${error_description}"`),
            body: JSON.stringify({ error: 'invalid_token', error_description }),
          },
        ]
      },
    ],
  },
]
const deadTokenFacts = { type: '', code: '', message: '' }

/** What is known, here or of the provider whose design this one shares, and not played. */
const leftOut = {
  'authorize: invalid_request for a missing response_type': 'the page makes response_type optional',
  'authorize: server_error': 'the mock has no failure of its own here',
  'token: invalid_scope': 'the exchange takes no scope; one that is sent to a refresh is not looked at',
  'token: unsupported_response_type': 'the exchange takes no response_type',
  'token: invalid_client for a key of the other mode': 'the page knows no test mode, and the same host serves both',
  'API: 400 missing_identity': 'of a list of bank accounts; the stand-in has customers',
}

/** Every error, word for word. */
export const errorRowsSuite = (door: Door) =>
  describe('each error', () => {
    it.each([...authorizeRows, ...tokenRows, ...apiRows])('$condition', async ({ assume, provoked }) => {
      const [name = '', choice = ''] = assume?.split('=') ?? []
      for (const provoke of provoked) {
        const platform = await openFinexer(door, assume ? { assume: { [`finexer.${name}`]: choice } } : {})
        const [came, expected] = await provoke(platform)
        expect(came).toEqual(expected)
      }
    })

    it('is a page, and no redirect, for an app or a redirect URL in doubt', async () => {
      const platform = await openFinexer(door)
      const pending = await platform.with({ status: 'pending' })
      for (const [answer, error] of [
        [await platform.authorize({ client_id: 'app_nobody', state: 's' }), 'invalid_client'],
        [await platform.authorize({ client_id: undefined }), 'invalid_request'],
        [await platform.authorize({ redirect_uri: 'https://evil.example/' }), 'invalid_request'],
        [await pending.authorize(), 'unauthorized_client'],
      ] as const) {
        expect([answer.status, answer.headers.some(([name]) => name === 'location')]).toEqual([400, false])
        expect(answer.body).toContain(`<code>${error}</code>`)
      }
    })

    it('is played or left out for a reason', () => {
      const counted = [authorizeRows, tokenRows, apiRows, Object.keys(leftOut)].map(({ length }) => length)
      expect(counted).toEqual([6, 16, 2, 6])
    })
  })
