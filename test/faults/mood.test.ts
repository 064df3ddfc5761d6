import { createMockOAuth, type Exchange, type MockOAuth } from 'mock-oauth'
import * as openid from 'openid-client'
import { describe, expect, it, onTestFinished } from 'vitest'
import { seed } from '../seed.ts'

async function open(mood: 'hostile' | `hostile:${number}`, worldSeed: string): Promise<MockOAuth> {
  const mock = await createMockOAuth({ providers: ['standard'], mood, seed: worldSeed })
  onTestFinished(() => mock.close())
  await mock.clock.move({ set: '2026-01-31T12:00:00Z', freeze: true })
  return mock
}

/** What was answered where the library throws a challenge. */
function refusalOf(error: unknown): Response {
  if (error instanceof openid.WWWAuthenticateChallengeError) return error.response
  throw error
}

/** A client that takes each act as its text says: it waits when it is told to, and signs in again when a refresh is lost. */
async function live(mock: MockOAuth, rounds: number): Promise<void> {
  const { url, provider } = await mock.listen({ port: 0 })
  const { clientId, clientSecret, apiUrl } = provider()
  const execute = [openid.allowInsecureRequests]
  const config = await openid.discovery(new URL(`${url}/standard`), clientId, clientSecret, undefined, { execute })
  // One connection a request: a client may use one again that is about to be closed, and would then try once more.
  config[openid.customFetch] = (to, { body, headers, method }) =>
    fetch(to, { method, body: body as string | null, redirect: 'manual', headers: { ...headers, connection: 'close' } })

  async function persist<T>(act: () => Promise<T>, tries = 40): Promise<T> {
    try {
      return await act()
    } catch (error) {
      if ((error instanceof openid.ResponseBodyError && error.status < 429) || tries === 0) throw error
      await mock.clock.advance('2s')
      return persist(act, tries - 1)
    }
  }

  async function signIn() {
    const pkceCodeVerifier = openid.randomPKCECodeVerifier()
    const asked = openid.buildAuthorizationUrl(config, {
      redirect_uri: 'http://localhost:3000/callback',
      scope: 'email offline_access',
      code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    })
    for (;;) {
      const { redirectTo = '' } = await mock.authorize(asked.href, { decision: 'approve' })
      if (redirectTo.includes('error=temporarily_unavailable')) continue
      return persist(() => openid.authorizationCodeGrant(config, new URL(redirectTo), { pkceCodeVerifier }))
    }
  }

  let tokens = await signIn()
  for (let round = 0; round < rounds; round++) {
    const call = () => openid.fetchProtectedResource(config, tokens.access_token, new URL(apiUrl), 'GET')
    // A token that ended early stays dead, however often it is sent.
    const answer = await persist(() => call().catch(refusalOf))
    expect([200, 401, 429]).toContain(answer.status)
    await mock.clock.advance('61m')
    const { refresh_token = '' } = tokens
    tokens = await persist(() => openid.refreshTokenGrant(config, refresh_token)).catch((error) => {
      if ((error as openid.ResponseBodyError).error !== 'invalid_grant') throw error
      return signIn()
    })
  }
}

const acts = (exchanges: readonly Exchange[]) =>
  exchanges.flatMap(({ id, faults = [] }) => faults.map(({ kind, cites }) => `${id} ${kind} ${cites}`))

describe(`a hostile mood (seed ${seed})`, () => {
  it('does what some text permits, and says which', async () => {
    const mock = await open('hostile', `${seed}`)
    await live(mock, 40)
    const done = acts(mock.requests())
    expect(done.length).toBeGreaterThan(10)
    for (const act of done) expect(act).toMatch(/^r\d+ \w+ RFC \d{4} §[\d.]+: /)
    expect(new Set(done.map((act) => act.split(' ')[1])).size).toBeGreaterThan(4)
  })

  it('leaves a client that keeps to the texts connected, round after round', async () => {
    const mock = await open('hostile:0.3', `${seed}`)
    await live(mock, 60)
    expect(mock.requests({ endpoint: 'token' }).some(({ faults }) => faults)).toBe(true)
  })

  it('does the same again for the same seed, and something else for another', async () => {
    const actsOf = async (worldSeed: string) => {
      const mock = await open('hostile:0.2', worldSeed)
      const { tokenUrl, apiUrl } = mock.provider()
      for (let n = 0; n < 60; n++) {
        const headers = { 'content-type': 'application/x-www-form-urlencoded' }
        await mock.handle({ method: 'POST', url: tokenUrl, headers, body: 'grant_type=refresh_token' })
        await mock.handle({ method: 'GET', url: apiUrl, headers: {}, body: '' })
        await mock.clock.advance('2s')
      }
      return acts(mock.requests())
    }
    const first = await actsOf('a')
    expect(first.length).toBeGreaterThan(10)
    expect(await actsOf('a')).toEqual(first)
    expect(await actsOf('b')).not.toEqual(first)
  })

  it('arms only what somebody who is played can do', async () => {
    const mock = await createMockOAuth({ providers: ['mercado-pago'], mood: 'hostile' })
    onTestFinished(() => mock.close())
    const places = mock.faults.list().map(({ on }) => on)
    expect(places).toContain('token')
    expect(places).not.toContain('revoke')
  })

  it.each(['hostil', 'hostile:2', 'hostile:', 'hostile:x'])('is not "%s"', async (mood) => {
    await expect(createMockOAuth({ mood: mood as 'hostile' })).rejects.toMatchObject({
      code: 'invalid_option',
      message: expect.stringContaining('hostile'),
    })
  })
})
