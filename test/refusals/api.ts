import type { Case } from './case.ts'

/** What the API refuses. */
export const apiCases: readonly Case[] = [
  [
    'a call without a token',
    async ({ api }) => {
      await api()
      return {
        kind: 'access_token_missing',
        parameter: 'authorization',
        expected: 'Authorization: Bearer <access token>',
      }
    },
  ],
  [
    'a call with a made-up token',
    async ({ api }) => {
      await api('made-up')
      return {
        kind: 'access_token_unknown',
        parameter: 'authorization',
        came: 'made-up',
        expected: 'an access token that was issued',
      }
    },
  ],
  [
    'a call with a revoked token',
    async ({ connect, revoke, api }) => {
      const { access: came } = await connect()
      await revoke(came)
      await api(came)
      return {
        kind: 'access_token_revoked',
        parameter: 'authorization',
        came,
        expected: 'an authorization that stands',
      }
    },
  ],
  [
    'a call with an expired token',
    async ({ connect, wait, api }) => {
      const { access: came } = await connect()
      wait('1h')
      await api(came)
      return {
        kind: 'access_token_expired',
        parameter: 'authorization',
        came,
        rule: 'token.accessToken.lifetime',
        expected: 'use before 2026-01-31T13:00:00.000Z',
      }
    },
  ],
  [
    'a call with a token of too little scope',
    async ({ code, exchange, api }) => {
      const { body } = await exchange(await code({ scope: 'sso:profile' }), { scope: 'sso:profile' })
      await api((JSON.parse(body) as { access_token: string }).access_token, '/v2/esign/v1/profile')
      return { kind: 'scope_insufficient', rule: 'api.resources.1.scope', expected: 'esign', came: 'sso:profile' }
    },
  ],
]
