import { describe, expect, it } from 'vitest'
import type { Answer, Door } from '../../doors.ts'
import { challenge, verifier } from '../../pkce.ts'
import { tokenError } from './answers.ts'
import { type Integration, openMekari, scope } from './client.ts'

/** An error of the gateway that is presumed behind Mekari's token endpoint: each way to provoke it gets this answer. */
interface Row {
  readonly condition: string
  readonly answer: Answer
  readonly provoked: readonly ((program: Integration) => Promise<Answer>)[]
}

const badClient = ['invalid_client', 'Invalid client authentication'] as const
const basic = (pair: string) => ({ authorization: `Basic ${Buffer.from(pair).toString('base64')}` })
const fields = { grant_type: 'authorization_code', code: 'x', scope }

const exchanging =
  (changes: Record<string, unknown>) =>
  async ({ code, exchange }: Integration) =>
    exchange(await code(), changes)
const refreshing =
  (changes: Record<string, unknown>) =>
  async ({ connect, refresh }: Integration) =>
    refresh((await connect()).refresh, changes)
const publicly =
  (changes: Record<string, unknown>) =>
  async (program: Integration): Promise<Answer> => {
    const { code, exchange } = await program.with({ public: true })
    return exchange(await code(challenge), changes)
  }
const itself =
  (more: Record<string, unknown>) =>
  async (program: Integration): Promise<Answer> => {
    const { token, clientId, clientSecret } = await program.with({ grantTypes: ['client_credentials'] })
    return token({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, ...more })
  }

const played: readonly Row[] = [
  {
    condition: 'grant_type missing or unknown',
    answer: tokenError(400, 'unsupported_grant_type', 'Invalid grant_type'),
    provoked: [exchanging({ grant_type: undefined }), exchanging({ grant_type: 'password' })],
  },
  {
    condition: 'unknown client, wrong or missing secret in the body',
    answer: tokenError(400, ...badClient),
    provoked: [
      exchanging({ client_id: 'nobody' }),
      exchanging({ client_secret: 'wrong' }),
      exchanging({ client_secret: undefined }),
      refreshing({ client_secret: 'wrong' }),
    ],
  },
  {
    condition: 'the same in the Authorization header',
    answer: tokenError(401, ...badClient, [['www-authenticate', 'Basic realm="OAuth2.0"']]),
    provoked: [
      ({ token, clientId }) => token(fields, basic(`${clientId}:wrong`)),
      ({ token }) => token(fields, basic('nobody:wrong')),
    ],
  },
  {
    condition: 'redirect_uri sent and not registered',
    answer: tokenError(
      400,
      'invalid_request',
      'Invalid redirect_uri that does not match with any redirect_uri created with the application',
    ),
    provoked: [exchanging({ redirect_uri: 'https://evil.example/' })],
  },
  {
    condition: 'a public client sends a secret',
    answer: tokenError(400, 'invalid_request', 'client_secret is disallowed for public clients'),
    provoked: [publicly({ code_verifier: verifier, client_secret: 'x' })],
  },
  {
    condition: "code missing, unknown, expired, used, or another client's",
    answer: tokenError(400, 'invalid_request', 'Invalid code'),
    provoked: [
      exchanging({ code: undefined }),
      exchanging({ code: 'x' }),
      async ({ code, exchange, wait }) => {
        const old = await code()
        wait('5m')
        return exchange(old)
      },
      async ({ code, exchange }) => {
        const once = await code()
        await exchange(once)
        return exchange(once)
      },
      async (program) => (await program.with({})).exchange(await program.code()),
    ],
  },
  {
    condition: 'verifier missing',
    answer: tokenError(400, 'invalid_request', 'code_verifier is required for PKCE authorization requests'),
    provoked: [publicly({})],
  },
  {
    condition: 'verifier not 43 to 128 characters',
    answer: tokenError(400, 'invalid_request', 'code_verifier must be between 43 and 128 characters'),
    provoked: [publicly({ code_verifier: 'x'.repeat(42) }), publicly({ code_verifier: 'x'.repeat(129) })],
  },
  {
    condition: 'verifier mismatch',
    answer: tokenError(400, 'invalid_grant', 'Invalid code'),
    provoked: [publicly({ code_verifier: `${verifier}x` })],
  },
  {
    condition: 'refresh token missing, unknown, expired or used',
    answer: tokenError(400, 'invalid_request', 'Invalid refresh_token'),
    provoked: [
      refreshing({ refresh_token: undefined }),
      refreshing({ refresh_token: 'x' }),
      async ({ connect, refresh, wait }) => {
        const { refresh: old } = await connect()
        wait('30d')
        return refresh(old)
      },
      async ({ connect, refresh }) => {
        const { refresh: once } = await connect()
        await refresh(once)
        return refresh(once)
      },
    ],
  },
  {
    condition: 'refresh token of another client',
    answer: tokenError(400, ...badClient),
    provoked: [async (program) => (await program.with({})).refresh((await program.connect()).refresh)],
  },
  {
    condition: 'a stored scope that is no longer offered',
    answer: tokenError(400, 'invalid_scope', 'Scope mismatch'),
    provoked: [
      async ({ mock, clientId, connect, refresh }) => {
        const { refresh: narrow } = await connect()
        await mock.clients.change(clientId, { scopes: ['esign'] })
        return refresh(narrow)
      },
    ],
  },
  {
    condition: 'client_credentials with an unknown scope',
    answer: tokenError(400, 'invalid_scope', '"jurnal" is an invalid scope'),
    provoked: [itself({ scope: 'esign jurnal' })],
  },
  {
    condition: 'client_credentials without a scope',
    answer: tokenError(400, 'invalid_scope', 'You must specify a scope'),
    provoked: [itself({})],
  },
  {
    condition: 'a method that is not taken',
    answer: tokenError(405, 'invalid_method', 'The HTTP method GET is invalid for the token endpoint', [
      ['www-authenticate', 'Bearer'],
      ['allow', 'POST, DELETE, OPTIONS'],
    ]),
    provoked: [({ request }) => request('https://account.mekari.com/auth/oauth2/token')],
  },
]

/** What the gateway is known to answer and the mock does not. */
const leftOut = {
  'plain http: access_denied, You must use HTTPS':
    'the mock is reached over http on the own machine; under the provider’s URLs there is https only',
}

/** Every error of the presumed gateway's token endpoint, word for word. */
export const errorRowsSuite = (door: Door) =>
  describe('with mekari.errors=kong, each error of the gateway', () => {
    it.each(played)('$condition', async ({ answer, provoked }) => {
      for (const provoke of provoked) {
        const program = await openMekari(door, { assume: { 'mekari.errors': 'kong' } })
        expect(await provoke(program)).toEqual(answer)
      }
    })

    it('is played or left out for a reason', () => {
      expect([played.length, Object.keys(leftOut).length]).toEqual([15, 1])
    })
  })
