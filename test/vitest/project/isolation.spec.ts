import type { Listening, MockOAuth } from 'mock-oauth'
import { test } from 'mock-oauth/vitest'
import { describe, expect } from 'vitest'

test.override({ mockOptions: { providers: ['mekari'], seed: 'isolation' } })

const hostOf = (mock: MockOAuth): string => new URL(mock.provider().authorizeUrl).hostname

describe.concurrent('tests at the same time', () => {
  test.for([...Array(10).keys()])('number %i sees nothing of the others', async (number, { mock, server, expect }) => {
    const { accessToken } = await mock.mint()
    await mock.clock.move({ set: `20${String(number).padStart(2, '0')}-01-01T00:00:00Z`, freeze: true })
    mock.faults.arm('api status status=503')
    for (let i = 0; i <= number; i++) {
      await fetch(server.provider().apiUrl, { headers: { authorization: `Bearer ${accessToken}` } })
    }
    expect(mock.requests().map(({ response }) => response.status)).toEqual(
      [503, ...Array(number).fill(200)].slice(0, number + 1),
    )
    expect(await mock.grants.list()).toHaveLength(1)
  })
})

describe('a setting', () => {
  test('is that of the file', ({ mock }) => {
    expect([mock.seed, hostOf(mock)]).toEqual(['isolation', 'account.mekari.com'])
  })

  test.extend({ mockOptions: { providers: ['finexer'] } })('may be that of a test of its own', ({ mock }) => {
    expect(hostOf(mock)).toBe('finexer.com')
  })

  describe('of a block', () => {
    test.override({ mockOptions: { providers: ['mercury'], seed: 'of the block' } })

    test('holds in it', ({ mock }) => {
      expect([mock.seed, hostOf(mock)]).toEqual(['of the block', 'oauth2.mercury.com'])
    })
  })

  describe('of a block, by the name that Vitest 3 has for it,', () => {
    test.scoped({ mockOptions: { providers: ['standard'] } })

    test('holds in it, too', ({ mock }) => {
      expect(hostOf(mock)).toBe('standard.example')
    })
  })

  test('holds no longer behind it', ({ mock }) => {
    expect(hostOf(mock)).toBe('account.mekari.com')
  })
})

describe('after a test', () => {
  let before: { mock: MockOAuth; server: Listening }

  test('that took a server', async ({ mock, server }) => {
    before = { mock, server }
    expect((await fetch(`${server.url}/_mock/health`)).status).toBe(200)
  })

  test('nothing listens any more', async ({ mock }) => {
    expect(mock).not.toBe(before.mock)
    await expect(fetch(`${before.server.url}/_mock/health`)).rejects.toThrow()
  })
})
