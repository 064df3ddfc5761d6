import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMockOAuth, type MockOAuth, MockOAuthError, type MockOAuthOptions } from 'mock-oauth'
import { describe, expect, it, onTestFinished, vi } from 'vitest'

const open = (options: Partial<MockOAuthOptions> = {}) =>
  createMockOAuth({ providers: ['mekari'], seed: 'x', ...options })

/** The authorization URL of the default client. */
function authorizationUrl(mock: MockOAuth, scope = 'esign'): string {
  const { authorizeUrl, clientId } = mock.provider()
  return `${authorizeUrl}?${new URLSearchParams({ client_id: clientId, response_type: 'code', scope })}`
}

const me = (mock: MockOAuth, token: string) =>
  mock.handle({ method: 'GET', url: mock.provider().apiUrl, headers: { authorization: `Bearer ${token}` }, body: '' })

describe('createMockOAuth', () => {
  it('plays a provider without a port, at its own URLs', async () => {
    const mock = await open()
    expect(mock.provider()).toMatchObject({
      baseUrl: 'https://account.mekari.com',
      authorizeUrl: 'https://account.mekari.com/auth',
      tokenUrl: 'https://account.mekari.com/auth/oauth2/token',
      revokeUrl: 'https://account.mekari.com/auth/oauth2/token',
      apiUrl: 'https://api.mekari.com/v1/me',
      redirectUris: ['http://localhost:3000/callback'],
      scopes: ['esign', 'sso:profile'],
    })
    expect(mock.provider('mekari:sandbox').tokenUrl).toBe('https://sandbox-account.mekari.com/auth/oauth2/token')
  })

  it('plays every provider when none is named', async () => {
    expect((await createMockOAuth()).provider('mekari').tokenUrl).toBe('https://account.mekari.com/auth/oauth2/token')
  })

  it('has the same default credentials at every start, whatever the seed', async () => {
    const { client: one } = (await createMockOAuth({ providers: ['mekari'] })).provider()
    const { client: other } = (await createMockOAuth({ providers: ['mekari'] })).provider()
    expect(other).toEqual(one)
    expect(one.clientId).toMatch(/^\w{16}$/)
    expect(one.clientSecret).toMatch(/^\w{32}$/)
  })

  it('takes a client from its options', async () => {
    const client = {
      id: 'my-id',
      secret: 'my-secret',
      redirectUris: ['https://a.example/cb'],
      scopes: ['esign'],
      name: 'My app',
    }
    const mock = await open({ client })
    expect(mock.provider().client).toEqual({
      clientId: 'my-id',
      clientSecret: 'my-secret',
      redirectUris: ['https://a.example/cb'],
      scopes: ['esign'],
    })
    expect(await mock.clients.find('my-id', 'mekari')).toMatchObject({ name: 'My app' })
  })

  it('has a seed of its own when none is given', async () => {
    const [one, other] = [await open(), await createMockOAuth({ providers: ['mekari'] })]
    expect(one.seed).toBe('x')
    expect(other.seed).not.toBe((await createMockOAuth({ providers: ['mekari'] })).seed)
  })

  it.each<[string, Partial<MockOAuthOptions>, string, string]>([
    ['a file for a provider', { providers: ['./acme.ts'] }, 'unknown_provider', 'Import the file'],
    ['what is no list', { providers: 'standard' as never }, 'invalid_option', `Expected a list: ['acme']`],
    ['a provider unlike any', { providers: ['google'] }, 'unknown_provider', 'no provider "google". Known: mekari'],
    ['an unknown provider', { providers: ['mekary'] }, 'unknown_provider', 'Did you mean "mekari"?'],
    [
      'an assumption that there is not',
      { assume: { 'mekari.mood': 'bad' } },
      'unknown_assumption',
      'mekari.errors=kong',
    ],
    ['a choice that there is not', { assume: { 'mekari.errors': 'x' } }, 'unknown_assumption', 'mekari.errors=message'],
    ['an assumption about nobody', { assume: { errors: 'kong' } }, 'unknown_assumption', '<provider>'],
  ])('names %s', async (_, options, code, words) => {
    const failure = await open(options).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(MockOAuthError)
    expect(failure).toMatchObject({ name: 'MockOAuthError', code, message: expect.stringContaining(words) })
  })
})

describe('authorize', () => {
  it('plays the browser', async () => {
    const mock = await open()
    expect(await mock.authorize(authorizationUrl(mock))).toEqual({
      redirectTo: expect.stringMatching(/^http:\/\/localhost:3000\/callback\?code=\w{32}$/),
    })
    expect(await mock.authorize(authorizationUrl(mock), { decision: 'deny' })).toEqual({
      redirectTo:
        'http://localhost:3000/callback?error=access_denied&error_description=The+resource+owner+denied+the+request',
    })
    expect(await mock.authorize('https://account.mekari.com/auth?client_id=x')).toMatchObject({
      errorPage: { status: 400, kind: 'client_unknown' },
    })
  })

  it('takes the URL of its server too', async () => {
    const mock = await open()
    const { url } = await mock.listen({ port: 0 })
    const served = authorizationUrl(mock).replace('https://account.mekari.com', `${url}/mekari`)
    expect(await mock.authorize(served)).toHaveProperty('redirectTo')
    await mock.close()
  })

  it('names what it cannot open, and whom it does not know', async () => {
    const mock = await open()
    await expect(mock.authorize('https://account.mekari.com/login')).rejects.toMatchObject({
      code: 'not_an_authorize_url',
    })
    await expect(mock.authorize(authorizationUrl(mock), { user: 'x' })).rejects.toMatchObject({ code: 'unknown_user' })
    await expect(mock.authorize(authorizationUrl(mock), { scope: 'x' })).rejects.toMatchObject({
      code: 'invalid_scope',
    })
  })
})

describe('the clock', () => {
  it('moves everything', async () => {
    const mock = await open()
    expect(mock.clock.read().frozen).toBe(false)
    mock.clock.move({ set: '2026-01-31T12:00:00Z', freeze: true })
    const { accessToken, expiresAt } = await mock.mint()
    expect(expiresAt).toBe('2026-01-31T13:00:00.000Z')
    expect(await mock.clock.advance('59m')).toEqual({ now: '2026-01-31T12:59:00.000Z', frozen: true })
    expect((await me(mock, accessToken)).status).toBe(200)
    await mock.clock.advance('PT1M')
    const answer = await me(mock, accessToken)
    expect(answer.status).toBe(401)
    expect(answer.headers).toContainEqual(['date', 'Sat, 31 Jan 2026 13:00:00 GMT'])
  })

  it('does not bring back what ran out by itself, without a jump', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 0, 31, 12) })
    onTestFinished(() => void vi.useRealTimers())
    const mock = await open()
    const short = await mock.mint({ accessTokenLifetime: '1s' })
    expect((await me(mock, short.accessToken)).status).toBe(200)
    vi.setSystemTime(Date.UTC(2026, 0, 31, 12, 0, 1))
    expect((await me(mock, short.accessToken)).status).toBe(401)
    mock.clock.move({ set: '2026-01-31T12:00:00Z' })
    expect((await me(mock, short.accessToken)).status).toBe(401)
    expect((await me(mock, (await mock.mint()).accessToken)).status).toBe(200)
  })

  it('names a time that is none and stays where it is', async () => {
    const mock = await open()
    const before = await mock.clock.move({ freeze: true })
    await expect(mock.clock.advance('soon')).rejects.toThrow(MockOAuthError)
    await expect(mock.clock.move({ set: 'soon' })).rejects.toThrow(expect.objectContaining({ code: 'invalid_time' }))
    await expect(mock.clock.move({ set: '2030-01-01', advance: 'soon' })).rejects.toThrow(
      expect.objectContaining({ code: 'invalid_duration' }),
    )
    expect(mock.clock.read()).toEqual(before)
  })
})

describe('users and clients', () => {
  it('are listed, added, changed and removed', async () => {
    const mock = await open()
    const people = await mock.users.list()
    expect(people).toHaveLength(3)
    const sri = await mock.users.add({ name: 'Sri', email: 'sri@example.com' })
    expect(await mock.users.change('sri@example.com', { company: 'PT Maju' })).toEqual({ ...sri, company: 'PT Maju' })
    await mock.users.remove(sri.id)
    expect(await mock.users.list()).toEqual(people)
    const client = await mock.clients.register({ name: 'Shop' })
    expect(await mock.clients.change(client.id, { scopes: ['esign'] })).toEqual({ ...client, scopes: ['esign'] })
    await mock.clients.remove(client.id)
    await expect(mock.clients.find(client.id)).rejects.toMatchObject({ code: 'unknown_client' })
    expect(await mock.clients.list()).toHaveLength(2)
  })

  it('are needed for an approval: where nobody has an account nobody says yes', async () => {
    const mock = await open({ consent: 'approve' })
    const ask = () => mock.handle({ method: 'GET', url: authorizationUrl(mock), headers: {}, body: '' })
    for (const { id } of await mock.users.list()) await mock.users.remove(id)
    expect((await ask()).headers).toContainEqual(['location', expect.stringContaining('error=login_required')])
    expect(await mock.grants.list()).toEqual([])
    await mock.users.add({})
    expect((await ask()).headers).toContainEqual(['location', expect.stringContaining('code=')])
  })

  it('take their grants with them', async () => {
    const mock = await open()
    const sri = await mock.users.add({ email: 'sri@example.com' })
    const shop = await mock.clients.register({})
    const ofSri = await mock.mint({ user: sri.email })
    const ofShop = await mock.mint({ client: shop.id })
    const other = await mock.mint()
    await mock.users.remove(sri.id)
    await mock.clients.remove(shop.id)
    const statuses = [ofSri, ofShop, other].map(async ({ accessToken }) => (await me(mock, accessToken)).status)
    expect(await Promise.all(statuses)).toEqual([401, 401, 200])
  })
})

describe('grants and minted tokens', () => {
  it('are listed and revoked', async () => {
    const mock = await open()
    const { grant, accessToken, refreshToken, answer } = await mock.mint({ scope: 'esign', accessTokenLifetime: '2h' })
    expect(answer).toEqual({
      access_token: accessToken,
      token_type: 'bearer',
      expires_in: 7200,
      refresh_token: refreshToken,
    })
    expect(await mock.grants.list()).toEqual([grant])
    expect(await mock.grants.revoke(grant.id, 'user')).toMatchObject({ ended: { by: 'user' } })
    expect((await me(mock, accessToken)).status).toBe(401)
    await expect(mock.grants.revoke('x')).rejects.toMatchObject({ code: 'unknown_grant' })
    await expect(mock.mint({ scope: 'x' })).rejects.toMatchObject({ code: 'invalid_scope' })
  })
})

describe('the journal', () => {
  it('keeps exchanges raw, and explains a refusal without a secret', async () => {
    const mock = await open()
    await me(mock, 'CANARY-CANARY-CANARY')
    await mock.authorize(authorizationUrl(mock))
    const [first] = mock.requests({ endpoint: 'api' })
    expect(first?.request.headers.authorization).toBe('Bearer CANARY-CANARY-CANARY')
    expect(mock.requests().map(({ id, endpoint }) => [id, endpoint])).toEqual([
      ['r1', 'api'],
      ['r2', 'authorize'],
    ])
    expect(mock.requests({ since: 'r1' })).toHaveLength(1)
    const explanation = mock.explain()
    expect(explanation).toEqual(mock.explain('r1'))
    expect(explanation).toMatchObject({ id: 'r1', refused: true, kind: 'access_token_unknown', status: 401 })
    expect(JSON.stringify(explanation)).not.toContain('CANARY-CANARY')
    expect(mock.explain('r2')).toMatchObject({ refused: false })
    expect(() => mock.explain('r3')).toThrow(expect.objectContaining({ code: 'unknown_request' }))
  })

  it('keeps 64 KiB of a body and no more', async () => {
    const mock = await createMockOAuth({ providers: ['mekari'] })
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ grant_type: 'x'.repeat(100_000) })
    const { status } = await mock.handle({ method: 'POST', url: mock.provider().tokenUrl, headers, body })
    expect(status).toBe(400)
    expect(mock.requests()[0]?.request.body).toBe(body.slice(0, 65_536))
  })
})

describe('reset', () => {
  it('is the state just after the start', async () => {
    const mock = await open()
    const play = async () => {
      mock.clock.move({ set: '2026-01-31T12:00:00Z', freeze: true })
      return [await mock.users.list(), await mock.mint(), await mock.authorize(authorizationUrl(mock)), mock.requests()]
    }
    const first = await play()
    await mock.clients.change(mock.provider().clientId, { name: 'Renamed' })
    await mock.reset()
    expect(mock.requests()).toEqual([])
    expect(mock.clock.read().frozen).toBe(false)
    expect(await mock.grants.list()).toEqual([])
    expect((await mock.clients.list())[0]?.name).toBe('Example app for Mekari')
    expect(await play()).toEqual(first)
  })
})

describe('one seed', () => {
  const play = async (seed: string) => {
    const mock = await open({ seed })
    mock.clock.move({ set: '2026-01-31T12:00:00Z', freeze: true })
    return JSON.stringify([
      await mock.authorize(authorizationUrl(mock)),
      await mock.users.list(),
      await mock.clients.register({}),
      await mock.mint(),
      mock.requests(),
    ])
  }
  it('gives the same bytes for the same requests', async () => {
    expect(await play('one')).toBe(await play('one'))
  })

  it('gives other codes, tokens, people and ids than another', async () => {
    const [one, other] = [await play('one'), await play('other')]
    for (const value of /"(\w{32})"|code=(\w{32})/g[Symbol.matchAll](one))
      expect(other).not.toContain(value[1] ?? value[2])
  })
})

describe('listen', () => {
  it('opens a server and closes it', async () => {
    const mock = await open()
    const { url, provider } = await mock.listen({ port: 0 })
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect((await provider('mekari')).tokenUrl).toBe(`${url}/mekari/auth/oauth2/token`)
    expect((await fetch(`${url}/_mock/health`)).status).toBe(200)
    await mock.close()
    await expect(fetch(`${url}/_mock/health`)).rejects.toThrow()
    await mock.close()
  })

  it('may be called twice, and closing closes both', async () => {
    const mock = await open()
    const urls = [(await mock.listen({ port: 0 })).url, (await mock.listen({ port: 0 })).url]
    for (const url of urls) expect((await fetch(`${url}/_mock/health`)).status).toBe(200)
    await mock.close()
    for (const url of urls) await expect(fetch(`${url}/_mock/health`)).rejects.toThrow()
  })

  it('shares its world with the direct calls', async () => {
    const mock = await open()
    const { url } = await mock.listen({ port: 0 })
    const { accessToken } = await mock.mint()
    const answer = await fetch(`${url}/mekari/v1/me`, { headers: { authorization: `Bearer ${accessToken}` } })
    expect(answer.status).toBe(200)
    expect(mock.requests()).toHaveLength(1)
    await mock.close()
  })

  it('names a port that is taken', async () => {
    const [one, other] = [await open(), await open()]
    const { url } = await one.listen({ port: 0 })
    const port = Number(new URL(url).port)
    await expect(other.listen({ port })).rejects.toMatchObject({
      code: 'port_in_use',
      message: expect.stringContaining(`${port}`),
    })
    await one.close()
    await other.listen({ port })
    await other.close()
  })

  it.each([-1, 65_536, 0.5])('refuses %d, which is no port', async (port) => {
    const mock = await open()
    await expect(mock.listen({ port })).rejects.toMatchObject({
      code: 'invalid_option',
      message: `${port} is no port. Expected a whole number up to 65535; 0 picks a free one.`,
    })
  })

  it('ends with the block that disposes of the mock', async () => {
    let at = ''
    {
      await using mock = await open()
      at = (await mock.listen({ port: 0 })).url
      expect((await fetch(`${at}/_mock/health`)).status).toBe(200)
    }
    await expect(fetch(at)).rejects.toThrow()
  })
})

describe('a mock that is closed', () => {
  it('shows what it has seen, lets go of who waits, and begins nothing more', async () => {
    const mock = await open()
    await me(mock, 'made up')
    const { id } = mock.faults.arm('api hold count=2')
    const held = me(mock, 'made up')
    await mock.faults.gathered(id)
    await Promise.all([mock.close(), mock.close()])
    await held
    await mock.close()
    expect(mock.requests({ endpoint: 'api' })[0]).toMatchObject({ id: 'r1', refusal: { kind: 'access_token_unknown' } })
    expect(mock.explain('r1').kind).toBe('access_token_unknown')
    await expect(mock.listen({ port: 0 })).rejects.toMatchObject({ name: 'MockOAuthError', code: 'closed' })
    await expect(mock.world('beside')).rejects.toMatchObject({ name: 'MockOAuthError', code: 'closed' })
  })

  it('keeps nothing more in its file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mock-oauth-closed-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const mock = await open({ state: join(folder, 'state') })
    await mock.close()
    await expect(mock.mint()).rejects.toMatchObject({ name: 'MockOAuthError', code: 'closed' })
  })
})
