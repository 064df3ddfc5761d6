import type { MockOAuth } from 'mock-oauth'
import { test } from 'mock-oauth/vitest'
import { describe, expect } from 'vitest'

test.override({ mockOptions: { providers: ['mekari'], seed: 'outcomes' } })

async function refresh(mock: MockOAuth, refresh_token = ''): Promise<number> {
  const { clientId, clientSecret, tokenUrl } = mock.provider()
  const parameters = { client_id: clientId, client_secret: clientSecret, grant_type: 'refresh_token', scope: 'esign' }
  const answer = await mock.handle({
    method: 'POST',
    url: tokenUrl,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...parameters, refresh_token }),
  })
  return answer.status
}

test('passes', async ({ mock }) => {
  const { refreshToken } = await mock.mint({ scope: 'esign' })
  expect(await refresh(mock, refreshToken)).toBe(200)
  expect(await refresh(mock, refreshToken)).toBe(400)
})

test('fails', async ({ mock }) => {
  mock.faults.arm('token drop after')
  mock.faults.arm('api status status=503')
  const { refreshToken } = await mock.mint({ scope: 'esign' })
  await refresh(mock, refreshToken)
  expect(await refresh(mock, refreshToken)).toBe(200)
})

test('fails by a matcher', async ({ mock }) => {
  expect(mock).toHaveRefreshedOnce()
})

test('fails by its time', { timeout: 2_000 }, async ({ mock }) => {
  const { id } = mock.faults.arm('api hold count=2')
  const { accessToken } = await mock.mint()
  const headers = { authorization: `Bearer ${accessToken}` }
  void mock.handle({ method: 'GET', url: mock.provider().apiUrl, headers, body: '' })
  await mock.faults.gathered(id)
  await new Promise(() => {})
})

test.fails('is meant to fail', async ({ mock }) => {
  expect(await refresh(mock, 'made-up')).toBe(200)
})

test('arms what never fires', async ({ mock }) => {
  mock.faults.arm('revoke drop')
})

describe('where faults are strict', () => {
  test.override({ strictFaults: true })

  test('arms what never fires and fails', async ({ mock }) => {
    mock.faults.arm('revoke hang')
  })
})
