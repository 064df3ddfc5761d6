import type { PlayedProvider } from 'mock-oauth'
import { expect } from 'vitest'
import type { Login } from './libraries.ts'

/** What follows a callback: exchange, API call, refresh, the used token refused, revocation by a plain DELETE. */
export async function liveThrough(login: Login, callback: string, { apiUrl, revokeUrl = '' }: PlayedProvider) {
  const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })
  const first = await login.finish(callback)
  expect(first.tokenType).toBe('bearer')
  expect((await fetch(apiUrl, bearer(first.accessToken))).status).toBe(200)
  await expect(login.finish(callback)).rejects.toThrow()

  const second = await login.refresh(first)
  expect(new Set([first.accessToken, second.accessToken, first.refreshToken, second.refreshToken]).size).toBe(4)
  expect((await fetch(apiUrl, bearer(second.accessToken))).status).toBe(200)
  await expect(login.refresh(first)).rejects.toThrow()

  const third = await login.refresh(second)
  const revoked = await fetch(revokeUrl, { method: 'DELETE', ...bearer(third.accessToken) })
  expect([revoked.status, await revoked.text()]).toEqual([204, ''])
  expect((await fetch(apiUrl, bearer(third.accessToken))).status).toBe(401)
  await expect(login.refresh(third)).rejects.toThrow()
}
