import type { Case } from './case.ts'

/** What the token endpoint refuses of a refresh token. */
export const refreshCases: readonly Case[] = [
  [
    'a made-up refresh token',
    async ({ refresh }) => {
      await refresh('made-up')
      return {
        kind: 'refresh_token_unknown',
        parameter: 'refresh_token',
        came: 'made-up',
        expected: 'a refresh token that was issued',
      }
    },
  ],
  [
    "another client's refresh token",
    async (program) => {
      const { refresh: came } = await program.connect()
      await (await program.with({})).refresh(came)
      return {
        kind: 'refresh_token_of_another_client',
        parameter: 'refresh_token',
        came,
        expected: 'an own refresh token',
      }
    },
  ],
  [
    'a revoked refresh token',
    async ({ connect, refresh, revoke }) => {
      const { access, refresh: came } = await connect()
      await revoke(access)
      await refresh(came)
      return {
        kind: 'refresh_token_revoked',
        parameter: 'refresh_token',
        came,
        expected: 'an authorization that stands',
      }
    },
  ],
  [
    'a used refresh token',
    async ({ connect, refresh }) => {
      const { refresh: came } = await connect()
      await refresh(came)
      await refresh(came)
      return {
        kind: 'refresh_token_reused',
        parameter: 'refresh_token',
        came,
        rule: 'refresh.token.rotation',
        expected: 'the newest refresh token',
      }
    },
  ],
  [
    'an expired refresh token',
    async ({ connect, refresh, wait }) => {
      const { refresh: came } = await connect()
      wait('30d')
      await refresh(came)
      return {
        kind: 'refresh_token_expired',
        parameter: 'refresh_token',
        came,
        rule: 'refresh.token.lifetime',
        expected: 'use before 2026-03-02T12:00:00.000Z',
      }
    },
  ],
]
