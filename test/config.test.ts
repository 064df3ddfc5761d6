import { Ajv } from 'ajv'
import {
  type ClientInput,
  createMockOAuth,
  type DefaultClient,
  type MockOAuth,
  MockOAuthError,
  type MockOAuthOptions,
} from 'mock-oauth'
import { type Config, configSchema } from 'mock-oauth/config'
import { describe, expect, it, onTestFinished } from 'vitest'
import { acme } from './cli/own/acme.ts'

const made = async (options: MockOAuthOptions = {}): Promise<MockOAuth> => {
  const mock = await createMockOAuth({ seed: 's', ...options })
  onTestFinished(() => mock.close())
  return mock
}

const opens = async (mock: MockOAuth, provider: string, token: string) => {
  const { apiUrl } = mock.provider(provider)
  const headers = { authorization: `Bearer ${token}` }
  return (await mock.handle({ method: 'GET', url: apiUrl, headers, body: '' })).status
}

const refused = async (options: MockOAuthOptions): Promise<string> => {
  const error = await createMockOAuth(options).catch((thrown: unknown) => thrown)
  return error instanceof MockOAuthError ? `${error.code} ${error.message}` : 'taken'
}

describe('the schema of a configuration', () => {
  const isValid = new Ajv().compile(configSchema)

  it('describes every key', () => {
    type Schema = {
      description?: string
      properties?: Record<string, Schema>
      items?: Schema
      additionalProperties?: Schema
    }
    const silent = (schema: Schema, path: string): string[] => [
      ...Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => [
        ...(inner.description ? [] : [`${path}${key}`]),
        ...silent(inner, `${path}${key}.`),
      ]),
      ...[schema.items, schema.additionalProperties].flatMap((inner) => (inner ? silent(inner, path) : [])),
    ]
    expect(silent(configSchema as Schema, '')).toEqual([])
  })

  it('allows all that the type allows', () => {
    const client: Required<ClientInput> = {
      provider: 'mercury',
      id: 'i',
      secret: 's',
      name: 'n',
      redirectUris: [],
      scopes: [],
      public: false,
      jwks: { keys: [{ kty: 'EC' }] },
      status: 'pending',
      firstParty: true,
      grantTypes: ['urn:ietf:params:oauth:grant-type:device_code'],
      requiresPkce: true,
      postLogoutRedirectUris: [],
      idTokenAlgorithm: 'ES256',
      webhooks: { url: 'u', secret: 's', events: [] },
    }
    const everything: Required<Config> & { client: Required<DefaultClient> } = {
      $schema: 'x',
      providers: ['mercury'],
      assume: { 'mercury.reuse': 'refused' },
      consent: 'deny',
      seed: 's',
      state: 'x.state',
      client: {
        id: 'i',
        secret: 's',
        name: 'n',
        redirectUris: [],
        scopes: [],
        postLogoutRedirectUris: [],
        webhooks: { url: 'u', secret: 's', events: [] },
      },
      clients: [client],
      users: [{ name: 'n', email: 'e', password: 'p', company: 'c', role: 'r' }],
      lifetimes: { mercury: { code: '1m', accessToken: 'PT1M', refreshToken: 'P1DT2H3M4S', idToken: '1d' } },
      rotation: { mercury: 'none', 'mercury:sandbox': 'grace:30,1' },
      faults: [
        'token drop after',
        { on: 'token', kind: 'hold', count: 2, order: [2, 1], at: 'after', nth: '2n', times: 2, cites: 'c' },
        { on: 'webhook', kind: 'delay', by: '1m', provider: 'mercury', client: 'c', nth: 2, rate: 0.5 },
      ],
      strictFaults: true,
      mood: 'hostile:0.05',
      webhooks: { url: 'u' },
      worlds: { idle: '30m', limit: 10 },
      port: 0,
      host: 'h',
      controlToken: 't',
      allowHosts: ['a'],
      tls: true,
      json: true,
      quiet: true,
      watch: true,
    }
    expect([isValid(everything), isValid.errors]).toEqual([true, null])
  })
})

describe('a mock with clients and people of its own', () => {
  const options = {
    providers: ['mekari', 'mercury'],
    clients: [
      { provider: 'mekari', name: 'A' },
      { provider: 'mekari:sandbox', id: 'b' },
    ],
    users: [{ email: 'ada@example.com', role: 'admin' }, {}],
  }

  it('has them at the start and after each reset', async () => {
    const mock = await made(options)
    const registered = async () => [await mock.clients.list(), await mock.users.list()]
    const start = await registered()
    expect((await mock.users.list()).map(({ email }) => email)).toEqual([
      'ada@example.com',
      expect.stringMatching(/^person-/),
    ])
    expect((await mock.clients.list()).map(({ name }) => name)).toContain('A')
    await mock.clients.remove('b')
    await mock.users.remove('ada@example.com')
    await mock.reset()
    expect(await registered()).toEqual(start)
  })

  it('gives them the same credentials at every start, whatever the seed and whoever stands beside them', async () => {
    const secretOf = async (mock: MockOAuth) => (await mock.clients.list()).find(({ name }) => name === 'A')
    const one = await secretOf(await made(options))
    const other = { ...options, seed: 'other', clients: [{ provider: 'mekari', name: 'Z' }, ...options.clients] }
    expect(await secretOf(await made(other))).toEqual(one)
  })

  it.each<[MockOAuthOptions, string]>([
    [{ clients: [{}] }, 'unknown_provider clients.0: Name a provider: '],
    [
      { providers: ['mekari'], clients: [{ id: 'a' }, { id: 'a' }] },
      'client_exists clients.1: mekari has a client "a" already.',
    ],
    [
      { providers: ['mekari'], clients: [{ redirectUris: ['/x'] }] },
      'invalid_client clients.0: "/x" cannot be a redirect URI.',
    ],
    [{ providers: ['mercado-pago'], clients: [{ secret: 's' }, { secret: 's' }] }, 'invalid_client clients.1: '],
    [{ users: [{ email: 'a@b' }, { email: 'a@b' }] }, 'invalid_user users.1: a@b has an account already.'],
    [{ users: [{ role: 'king' }] }, 'invalid_user users.0: No played provider knows the role "king".'],
  ])('refuses what cannot be, and says where: %j', async (wrong, sentence) => {
    expect((await refused(wrong)).slice(0, sentence.length)).toBe(sentence)
  })
})

describe('a lifetime that is set', () => {
  it('holds for codes, access tokens, refresh tokens and ID tokens', async () => {
    const lifetimes = { mercury: { code: '1m', accessToken: '2m', refreshToken: '3m', idToken: '4m' } }
    const mock = await made({
      providers: ['mercury'],
      lifetimes,
      client: { scopes: ['openid', 'read', 'offline_access'] },
    })
    await mock.clock.move({ freeze: true })
    const { accessToken, refreshToken, answer } = await mock.mint()
    const { expires_in, id_token } = answer as { expires_in: number; id_token: string }
    expect(Math.ceil(expires_in / 60)).toBe(2)
    const { iat, exp } = JSON.parse(atob(id_token.split('.')[1] ?? ''))
    expect(exp - iat).toBe(240)
    await mock.clock.advance('119s')
    expect(await opens(mock, 'mercury', accessToken)).toBe(200)
    await mock.clock.advance('2s')
    expect(await opens(mock, 'mercury', accessToken)).toBe(401)
    expect(mock.explain().evidence).toMatchObject({
      grade: 'configured',
      source: /^lifetimes\.mercury\.accessToken; else 1 hour/,
    })
    await mock.clock.advance('60s')
    const { tokenUrl, client } = mock.provider('mercury')
    const post = async (body: Record<string, string>) => {
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${btoa(`${client.clientId}:${client.clientSecret}`)}`,
      }
      await mock.handle({ method: 'POST', url: tokenUrl, headers, body: String(new URLSearchParams(body)) })
      return mock.explain().kind
    }
    const scope = 'openid read offline_access'
    expect(await post({ grant_type: 'refresh_token', refresh_token: refreshToken ?? '', scope })).toBe(
      'refresh_token_expired',
    )
  })

  it('holds for tokens without a person as well', async () => {
    const mock = await made({
      providers: ['mercado-pago@2024'],
      lifetimes: { 'mercado-pago@2024': { accessToken: '5m' } },
    })
    const { tokenUrl, client } = mock.provider()
    const body = JSON.stringify({
      grant_type: 'client_credentials',
      client_id: client.clientId,
      client_secret: client.clientSecret,
    })
    const answer = await mock.handle({
      method: 'POST',
      url: tokenUrl,
      headers: { 'content-type': 'application/json' },
      body,
    })
    expect(JSON.parse(answer.body)).toMatchObject({ expires_in: 300 })
  })

  it.each<[MockOAuthOptions['lifetimes'], string]>([
    [{ mekari: { accessToken: '5x' } }, 'invalid_duration lifetimes.mekari.accessToken: "5x" is not a length of time.'],
    [{ mekari: { code: '0m' } }, 'invalid_duration lifetimes.mekari.code: "0m" is over at once.'],
    [{ mekari: { idToken: '5m' } }, 'invalid_option lifetimes.mekari.idToken: Mekari issues no ID tokens.'],
    [{ mercury: { code: '5m' } }, 'invalid_option lifetimes.mercury: not played. Played: mekari.'],
  ])('is refused where it cannot be: %j', async (lifetimes = {}, sentence) => {
    expect((await refused({ providers: ['mekari'], lifetimes })).slice(0, sentence.length)).toBe(sentence)
  })
})

describe('a mock that is reconfigured', () => {
  it('keeps what was issued, and goes on with the new', async () => {
    const mock = await made({ providers: ['mekari'] })
    const { url, provider } = await mock.listen({ port: 0 })
    const { accessToken, refreshToken } = await mock.mint()
    await mock.reconfigure({
      providers: ['mekari', acme],
      lifetimes: { mekari: { accessToken: '1m' } },
      consent: 'approve',
    })
    expect(await opens(mock, 'mekari', accessToken)).toBe(200)
    expect((await mock.mint({ provider: 'mekari' })).answer).toMatchObject({ expires_in: 60 })
    expect((await mock.grants.list()).length).toBe(2)
    const { tokenUrl, client } = mock.provider('mekari')
    const renewal = {
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      scope: client.scopes.join(' '),
      client_id: client.clientId,
      client_secret: client.clientSecret,
    }
    const headers = { 'content-type': 'application/json' }
    const renewed = await mock.handle({ method: 'POST', url: tokenUrl, headers, body: JSON.stringify(renewal) })
    expect([renewed.status, JSON.parse(renewed.body).expires_in]).toEqual([200, 60])
    // The root of a server is a provider's only where one is played; each has its prefix.
    expect(provider('acme').baseUrl).toBe(`${url}/acme`)
    expect((await fetch(`${url}/acme/me`)).status).toBe(401)
    expect((await fetch(`${url}/v1/me`)).status).toBe(404)
    await mock.reconfigure({ providers: [acme] })
    expect((await fetch(`${url}/me`)).status).toBe(401)
    expect((await fetch(`${url}/mekari/v1/me`)).status).toBe(404)
    expect((await mock.grants.list()).filter(({ ended }) => !ended)).toEqual([])
  })

  it('tells the receiver of a client that is taken away that its grants have ended', async () => {
    const webhooks = { url: 'http://127.0.0.1:1/' }
    const mock = await made({ providers: ['finexer'], clients: [{ id: 'told', webhooks }] })
    await mock.mint({ client: 'told' })
    await mock.reconfigure({ providers: ['finexer'] })
    expect(mock.webhooks.list({ client: 'told' }).map(({ event }) => event)).toEqual(['oauth.authorization.revoked'])
  })

  it('leaves alone whom its options describe as before, changed or not since', async () => {
    const options = {
      providers: ['mekari'],
      clients: [{ id: 'a' }, { id: 'b' }],
      users: [{ email: 'ada@example.com' }],
    }
    const mock = await made(options)
    await mock.clients.change('a', { name: 'Changed' })
    await mock.clients.remove('b')
    await mock.users.change('ada@example.com', { name: 'Changed' })
    await mock.reconfigure({ ...options, consent: 'deny' })
    expect((await mock.clients.find('a')).name).toBe('Changed')
    await expect(mock.clients.find('b')).rejects.toThrow('There is no client "b"')
    expect((await mock.users.list()).map(({ name }) => name)).toEqual(['Changed'])
    await mock.reconfigure({ ...options, clients: [{ id: 'a', name: 'Anew' }] })
    expect((await mock.clients.find('a')).name).toBe('Anew')
  })

  it('has other people in place of those who were made up, and those again', async () => {
    const mock = await made({ providers: ['mekari'] })
    const emails = async () => (await mock.users.list()).map(({ email }) => email)
    const madeUp = await emails()
    await mock.users.add({ email: 'eve@example.com' })
    await mock.reconfigure({ providers: ['mekari'], users: [{ email: 'ada@example.com' }] })
    expect(await emails()).toEqual(['eve@example.com', 'ada@example.com'])
    await mock.reconfigure({ providers: ['mekari'] })
    expect((await emails()).toSorted()).toEqual(['eve@example.com', ...madeUp].toSorted())
  })

  it('ends as the last of several at once says', async () => {
    const mock = await createMockOAuth({ providers: ['finexer'] })
    const clients = async () => (await mock.clients.list()).map(({ id }) => id)
    const before = await clients()
    await Promise.all([
      mock.reconfigure({ providers: ['finexer'], clients: [{ id: 'a' }] }),
      expect(mock.reconfigure({ providers: ['finexer'], clients: [{ id: '' }] })).rejects.toThrow(/client id/),
      mock.reconfigure({ providers: ['finexer'], clients: [{ id: 'b' }] }),
      mock.reconfigure({ providers: ['finexer'] }),
    ])
    expect(await clients()).toEqual(before)
  })

  it('stays as it was where the new cannot be', async () => {
    const mock = await made({ providers: ['mekari'] })
    await mock.clients.register({ id: 'mine' })
    await mock.users.add({ email: 'eve@example.com' })
    const state = async () => [await mock.clients.list(), await mock.users.list(), mock.provider('mekari')]
    const before = await state()
    const wrongs: MockOAuthOptions[] = [
      { providers: ['mekri'] },
      { providers: ['mekari'], client: { id: 'a b' } },
      { providers: ['mekari'], clients: [{ id: 'mine' }] },
      { providers: ['mekari'], users: [{ email: 'eve@example.com' }] },
    ]
    for (const wrong of wrongs) await expect(mock.reconfigure(wrong)).rejects.toThrow(MockOAuthError)
    expect(await state()).toEqual(before)
  })
})
