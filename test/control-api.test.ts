import { Validator } from '@seriousme/openapi-schema-validator'
import { createMockOAuth, type ListenOptions, type MockOAuthOptions } from 'mock-oauth'
import { describe, expect, it, onTestFinished } from 'vitest'

interface Reply {
  status: number
  body: unknown
}

async function serve(options: Partial<MockOAuthOptions> = {}, at: ListenOptions = {}) {
  const mock = await createMockOAuth({ providers: ['mekari'], seed: 'control', consent: 'approve', ...options })
  const { url } = await mock.listen({ port: 0, ...at })
  onTestFinished(() => mock.close())
  const control = async (call: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> => {
    const [method = '', path = ''] = call.split(' ')
    const content = { 'content-type': 'application/json', ...headers }
    const init = body === undefined ? { method, headers } : { method, headers: content, body: JSON.stringify(body) }
    const answer = await fetch(`${url}/_mock${path}`, init)
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }
  }
  return { mock, url, control }
}

const mistake = (status: number, code: string, message: unknown = expect.any(String)) => ({
  status,
  body: { error: { code, message } },
})
const says = (...words: string[]) => expect.stringMatching(new RegExp(words.map((word) => `(?=[^]*${word})`).join('')))

describe('health and providers', () => {
  it('answers when it is ready', async () => {
    const { control } = await serve()
    expect(await control('GET /health')).toEqual({ status: 200, body: { ready: true } })
  })

  it('lists endpoints and credentials under the URL that was asked', async () => {
    const { control, url, mock } = await serve()
    const { clientId, clientSecret } = mock.provider('mekari')
    const { body } = await control('GET /providers')
    expect(Object.keys(body as object)).toEqual(['mekari', 'mekari:sandbox'])
    expect(body).toMatchObject({
      mekari: {
        baseUrl: `${url}/mekari`,
        authorizeUrl: `${url}/mekari/auth`,
        tokenUrl: `${url}/mekari/auth/oauth2/token`,
        revokeUrl: `${url}/mekari/auth/oauth2/token`,
        apiUrl: `${url}/mekari/v1/me`,
        clientId,
        clientSecret,
        redirectUris: ['http://localhost:3000/callback'],
        scopes: ['esign', 'sso:profile'],
      },
      'mekari:sandbox': { tokenUrl: `${url}/mekari:sandbox/auth/oauth2/token` },
    })
  })

  it('tells how each value of a provider is known', async () => {
    const { control } = await serve({ assume: { 'mekari.errors': 'kong' } })
    const { status, body } = await control('GET /providers/mekari')
    expect(status).toBe(200)
    expect(body).toMatchObject({ name: 'Mekari', docs: 'https://developers.mekari.com/docs/kb/authentication/oauth2' })
    const { evidence } = body as { evidence: { path: string; grade: string; chosen?: string }[] }
    expect(evidence.find(({ path }) => path === 'token.errors')).toMatchObject({ grade: 'assumed', chosen: 'kong' })
    expect(await control('GET /providers/acme')).toEqual(mistake(404, 'unknown_provider', says('acme', 'mekari')))
  })
})

describe('authorize', () => {
  it('plays the browser with URLs of the server and of the provider', async () => {
    const { control, url, mock } = await serve({ consent: 'page' })
    const query = `?client_id=${mock.provider().clientId}&response_type=code&scope=esign&state=s`
    for (const at of [`${url}/mekari/auth`, `${url}/auth`, 'https://account.mekari.com/auth']) {
      const { status, body } = await control('POST /authorize', { url: at + query })
      expect([at, status]).toEqual([at, 200])
      expect(body).toEqual({
        redirectTo: expect.stringMatching(/^http:\/\/localhost:3000\/callback\?code=\w{32}&state=s$/),
      })
    }
    expect(await control('POST /authorize', { url: `${url}/mekari/auth${query}`, decision: 'deny' })).toEqual({
      status: 200,
      body: {
        redirectTo:
          'http://localhost:3000/callback?error=access_denied&error_description=The+resource+owner+denied+the+request&state=s',
      },
    })
  })

  it('lets a named person grant a part', async () => {
    const { control, mock } = await serve({ consent: 'page' })
    const { clientId, authorizeUrl } = mock.provider()
    const [, second] = await mock.users.list()
    const url = `${authorizeUrl}?client_id=${clientId}&response_type=code&scope=esign%20sso:profile`
    expect((await control('POST /authorize', { url, user: second?.email, scope: 'esign' })).status).toBe(200)
    expect(await mock.grants.list()).toMatchObject([
      { userId: second?.id, scope: 'esign', scopeAsked: 'esign sso:profile' },
    ])
    expect(await control('POST /authorize', { url, user: 'nobody' })).toEqual(
      mistake(404, 'unknown_user', says('nobody')),
    )
    expect(await control('POST /authorize', { url, scope: 'jurnal' })).toEqual(
      mistake(400, 'invalid_scope', says('jurnal')),
    )
  })

  it('tells the facts of an error page', async () => {
    const { control, mock } = await serve()
    const url = `${mock.provider().authorizeUrl}?client_id=nobody`
    expect(await control('POST /authorize', { url })).toMatchObject({
      status: 200,
      body: { errorPage: { status: 400, kind: 'client_unknown', came: 'nobody' } },
    })
  })

  it.each(['x', 'https://evil.example/login', 'http://[', '/auth', 'javascript:alert(1)', ''])(
    'names a URL that is none: %j',
    async (url) => {
      const { control } = await serve()
      expect(await control('POST /authorize', { url })).toEqual(
        mistake(400, 'not_an_authorize_url', says('mekari/auth')),
      )
    },
  )
})

describe('clients', () => {
  it('are registered, shown, changed and taken away', async () => {
    const { control } = await serve()
    const made = await control('POST /clients', {
      name: 'Shop',
      redirectUris: ['https://shop.example/cb'],
      scopes: ['esign'],
    })
    expect(made).toEqual({
      status: 201,
      body: {
        environment: 'mekari',
        id: expect.stringMatching(/^\w{16}$/),
        secret: expect.stringMatching(/^\w{32}$/),
        name: 'Shop',
        redirectUris: ['https://shop.example/cb'],
        scopes: ['esign'],
        status: 'active',
        firstParty: false,
        grantTypes: ['authorization_code', 'refresh_token'],
      },
    })
    const { id } = made.body as { id: string }
    expect(await control(`GET /clients/${id}`)).toEqual({ ...made, status: 200 })
    expect(await control(`PATCH /clients/${id}`, { status: 'suspended' })).toMatchObject({
      status: 200,
      body: { id, name: 'Shop', status: 'suspended' },
    })
    expect(await control(`DELETE /clients/${id}`)).toEqual({ status: 204, body: undefined })
    expect(await control(`GET /clients/${id}`)).toEqual(mistake(404, 'unknown_client', says(id)))
    expect(await control(`PATCH /clients/${id}`, {})).toEqual(mistake(404, 'unknown_client'))
    expect(await control(`DELETE /clients/${id}`)).toEqual(mistake(404, 'unknown_client'))
  })

  it('belong to an environment', async () => {
    const { control } = await serve()
    const ids = async (query: string) =>
      ((await control(`GET /clients${query}`)).body as { id: string }[]).map(({ id }) => id)
    for (const provider of ['mekari', 'mekari:sandbox']) {
      expect((await control('POST /clients', { provider, id: 'same', public: true })).body).not.toHaveProperty('secret')
    }
    expect(await ids('')).toHaveLength(4)
    expect(await ids('?provider=mekari:sandbox')).toHaveLength(2)
    await control('PATCH /clients/same?provider=mekari:sandbox', { name: 'Test' })
    expect(await control('GET /clients/same')).toEqual(mistake(404, 'unknown_client', says('mekari, mekari:sandbox')))
    expect(await control('GET /clients/same?provider=mekari')).toMatchObject({ body: { name: 'Example app' } })
    expect(await control('GET /clients/same?provider=mekari:sandbox')).toMatchObject({ body: { name: 'Test' } })
    await control('DELETE /clients/same?provider=mekari:sandbox')
    expect(await ids('?provider=mekari')).toHaveLength(2)
    expect(await control('GET /clients?provider=acme')).toEqual(mistake(404, 'unknown_provider', says('acme')))
    expect(await control('POST /clients', { provider: 'mekari', id: 'same' })).toEqual(
      mistake(409, 'client_exists', says('same')),
    )
  })

  it('may have an id of any length that is allowed', async () => {
    const { control } = await serve()
    const id = 'x'.repeat(256)
    expect((await control('POST /clients', { id })).status).toBe(201)
    expect(await control(`GET /clients/${id}`)).toMatchObject({ status: 200, body: { id } })
    const odd = 'a/b?c%d#e'
    expect((await control('POST /clients', { id: odd })).status).toBe(201)
    expect(await control(`GET /clients/${encodeURIComponent(odd)}`)).toMatchObject({ status: 200, body: { id: odd } })
  })

  it.each<[object, string]>([
    [{ id: 'has space' }, 'client id'],
    [{ secret: 'ü' }, 'client secret'],
    [{ name: ' ' }, 'client name'],
    [{ redirectUris: [] }, 'redirect URI'],
    [{ redirectUris: ['/relative'] }, '/relative'],
    [{ redirectUris: ['https://x.example/#f'] }, 'fragment'],
    [{ redirectUris: ['javascript:alert(1)'] }, 'javascript:'],
    [{ redirectUris: ['data:text/html,x'] }, 'data:'],
    [{ redirectUris: ['https://x.example/\r\nX: y'] }, 'redirect URI'],
    [{ scopes: ['a"b'] }, 'scope'],
    [{ redirectUris: 'x' }, 'redirectUris must be array'],
    [{ status: 'gone' }, 'status must be one of active, pending, suspended'],
    [{ grantTypes: ['password'] }, 'grantTypes'],
    [{ colour: 'red' }, 'colour'],
    [{ name: 5 }, 'name must be string, not 5'],
    [[], 'must be object'],
  ])('are refused with the mistake named: %j', async (input, word) => {
    const { control } = await serve()
    const { status, body } = await control('POST /clients', input)
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining(word)])
  })
})

describe('users', () => {
  it('are given an account, shown, changed and taken away', async () => {
    const { control } = await serve()
    const person = { name: 'Sri Wahyuni', email: 'sri@example.com', password: 'rahasia', company: 'PT Maju' }
    const made = await control('POST /users', person)
    expect(made).toEqual({ status: 201, body: { id: expect.stringMatching(/^\d{9}$/), ...person } })
    const { id } = made.body as { id: string }
    expect((await control('GET /users')).body).toHaveLength(4)
    expect(await control(`GET /users/${person.email}`)).toEqual({ status: 200, body: { id, ...person } })
    expect(await control(`PATCH /users/${id}`, { name: 'Sri' })).toEqual({
      status: 200,
      body: { id, ...person, name: 'Sri' },
    })
    expect(await control(`DELETE /users/${id}`)).toEqual({ status: 204, body: undefined })
    for (const method of ['GET', 'DELETE']) {
      expect(await control(`${method} /users/${id}`)).toEqual(mistake(404, 'unknown_user', says(id)))
    }
  })

  it.each<[object, string]>([
    [{ email: 'none' }, 'e-mail'],
    [{ name: '' }, '1 to 200'],
    [{ role: 'admin' }, 'role'],
    [{ id: '1' }, 'id'],
  ])('are refused with the mistake named: %j', async (input, word) => {
    const { control } = await serve()
    const { status, body } = await control('POST /users', input)
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining(word)])
  })

  it('share no e-mail address', async () => {
    const { control, mock } = await serve()
    const [first] = await mock.users.list()
    expect(await control('POST /users', { email: first?.email })).toEqual(
      mistake(400, 'invalid_user', says('account already')),
    )
  })
})

describe('the clock', () => {
  it('is set, advanced, stopped and released', async () => {
    const { control } = await serve()
    expect(await control('GET /clock')).toMatchObject({ status: 200, body: { frozen: false } })
    const call = { set: '2026-01-31T12:00:00Z', advance: '61m', freeze: true }
    const stopped = { status: 200, body: { now: '2026-01-31T13:01:00.000Z', frozen: true } }
    expect(await control('POST /clock', call)).toEqual(stopped)
    expect(await control('GET /clock')).toEqual(stopped)
    expect(await control('POST /clock', { advance: 'PT1H' })).toMatchObject({
      body: { now: '2026-01-31T14:01:00.000Z' },
    })
    expect(await control('POST /clock', { freeze: false })).toMatchObject({ body: { frozen: false } })
  })

  it.each<[object, string, string]>([
    [{ advance: '61' }, 'invalid_duration', '61'],
    [{ advance: '-1h' }, 'invalid_duration', '-1h'],
    [{ advance: '99999999999d' }, 'invalid_duration', 'hundred years'],
    [{ set: 'tomorrow' }, 'invalid_time', 'tomorrow'],
    [{ set: '2026-13-01' }, 'invalid_time', '2026-13-01'],
    [{ set: '1960-01-01' }, 'invalid_time', '1970'],
    [{ freeze: 'yes' }, 'invalid_request', 'freeze must be boolean'],
    [{ back: '1h' }, 'invalid_request', 'back'],
  ])('names what it cannot do: %j', async (input, code, word) => {
    const { control } = await serve()
    const before = await control('POST /clock', { freeze: true })
    expect(await control('POST /clock', input)).toEqual(mistake(400, code, says(word)))
    expect(await control('GET /clock')).toEqual(before)
  })
})

describe('tokens and grants', () => {
  it('are minted, listed and revoked', async () => {
    const { control, url, mock } = await serve()
    const [, second] = await mock.users.list()
    const minted = await control('POST /tokens', { user: second?.email, scope: 'esign', accessTokenLifetime: '10m' })
    expect(minted).toMatchObject({
      status: 201,
      body: {
        answer: { token_type: 'bearer', expires_in: 600 },
        grant: { type: 'minted', userId: second?.id, scope: 'esign' },
      },
    })
    const { accessToken, grant } = minted.body as { accessToken: string; grant: { id: string } }
    const api = async () =>
      (await fetch(`${url}/v1/me`, { headers: { authorization: `Bearer ${accessToken}` } })).status
    expect(await api()).toBe(200)
    expect((await control('GET /grants')).body).toEqual([grant])
    expect(await control(`POST /grants/${grant.id}/revoke`, { by: 'user' })).toMatchObject({
      status: 200,
      body: { id: grant.id, ended: { by: 'user' } },
    })
    expect(await api()).toBe(401)
    expect(await control(`POST /grants/${grant.id}/revoke`, {})).toMatchObject({ body: { ended: { by: 'user' } } })
  })

  it('may be minted with nothing said, and revoked by the provider', async () => {
    const { control, mock } = await serve()
    expect((await control('POST /tokens')).status).toBe(201)
    const [grant] = await mock.grants.list()
    expect(await control(`POST /grants/${grant?.id}/revoke`)).toMatchObject({
      status: 200,
      body: { ended: { by: 'provider' } },
    })
  })

  it.each<[object, number, string]>([
    [{ provider: 'acme' }, 404, 'unknown_provider'],
    [{ client: 'nobody' }, 404, 'unknown_client'],
    [{ user: 'nobody' }, 404, 'unknown_user'],
    [{ scope: 'jurnal' }, 400, 'invalid_scope'],
    [{ accessTokenLifetime: 'long' }, 400, 'invalid_duration'],
    [{ token: 'x' }, 400, 'invalid_request'],
  ])('name what is wrong: %j', async (input, status, code) => {
    const { control } = await serve()
    expect(await control('POST /tokens', input)).toEqual(mistake(status, code))
  })

  it('name a grant or a reason that there is not', async () => {
    const { control } = await serve()
    expect(await control('POST /grants/grant_0/revoke', {})).toEqual(mistake(404, 'unknown_grant', says('grant_0')))
    expect(await control('POST /grants/grant_0/revoke', { by: 'me' })).toEqual(
      mistake(400, 'invalid_request', says('user, client, provider')),
    )
  })
})

describe('the journal', () => {
  it('lists requests by provider, endpoint and place', async () => {
    const { control, url } = await serve()
    await fetch(`${url}/mekari/v1/me`)
    await fetch(`${url}/mekari:sandbox/v1/me`)
    await fetch(`${url}/mekari/auth`)
    const ids = async (query: string) =>
      ((await control(`GET /requests${query}`)).body as { id: string }[]).map(({ id }) => id)
    expect(await ids('')).toEqual(['r1', 'r2', 'r3'])
    expect(await ids('?provider=mekari')).toEqual(['r1', 'r3'])
    expect(await ids('?endpoint=api')).toEqual(['r1', 'r2'])
    expect(await ids('?since=r1')).toEqual(['r2', 'r3'])
    expect(await ids('?since=r1&provider=mekari&endpoint=authorize')).toEqual(['r3'])
  })

  it('names a filter that it does not know', async () => {
    const { control } = await serve()
    expect(await control('GET /requests?endpoint=nothing')).toEqual(
      mistake(400, 'invalid_request', says('authorize, token')),
    )
    expect(await control('GET /requests?colour=red')).toEqual(mistake(400, 'invalid_request', says('colour')))
    expect(await control('GET /requests?provider=acme')).toEqual(mistake(404, 'unknown_provider', says('acme')))
    expect(await control('GET /requests?since=yesterday')).toEqual(mistake(400, 'invalid_request', says('since')))
  })

  it('explains a refusal: the rule, what was expected, what came, and how to lift it', async () => {
    const { control, url, mock } = await serve()
    const { clientId: client_id, clientSecret: client_secret } = mock.provider()
    const query = `client_id=${client_id}&response_type=code&scope=esign`
    const asked = await fetch(`${url}/mekari/auth?${query}`, { redirect: 'manual' })
    const code = new URL(asked.headers.get('location') ?? '').searchParams.get('code')
    const call = { client_id, client_secret, grant_type: 'authorization_code', code }
    const headers = { 'content-type': 'application/json' }
    await fetch(`${url}/mekari/auth/oauth2/token`, { method: 'POST', headers, body: JSON.stringify(call) })
    const last = await control('GET /requests/last/explain')
    expect(last).toMatchObject({
      status: 200,
      body: {
        id: 'r2',
        refused: true,
        status: 400,
        kind: 'scope_missing',
        parameter: 'scope',
        came: 'nothing',
        lift: '--assume mekari.scope=ignored',
      },
    })
    expect(await control('GET /requests/r2/explain')).toEqual(last)
    expect(await control('GET /requests/r1/explain')).toMatchObject({ status: 200, body: { id: 'r1', refused: false } })
    expect(await control('GET /requests/r9/explain')).toEqual(mistake(404, 'unknown_request', says('r9', 'r1 to r2')))
  })

  it('has nothing to explain where nothing was refused', async () => {
    const { control } = await serve()
    expect(await control('GET /requests/last/explain')).toEqual(mistake(404, 'no_request'))
  })
})

describe('secrets', () => {
  it('never appear in the journal, wherever they were put', async () => {
    const { control, mock } = await serve()
    const secret = 'CANARY0123456789abcdefCANARY'
    await mock.clients.register({ id: 'canary', secret })
    const { mekari } = (await control('GET /providers')).body as {
      mekari: { tokenUrl: string; authorizeUrl: string; apiUrl: string }
    }
    const fields = { client_id: 'canary', grant_type: 'authorization_code', scope: 'esign sso:profile' }
    const json = { 'content-type': 'application/json' }
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const names = ['client_secret', 'code', 'refresh_token', 'code_verifier', 'access_token', 'token', 'password']
    for (const name of names) {
      const body = { ...fields, client_secret: secret, [name]: secret }
      for (const headers of [json, form, {}, { 'content-type': 'text/plain' }] as Record<string, string>[]) {
        const posts = [
          JSON.stringify(body),
          new URLSearchParams(body).toString(),
          `{"${name}": "${secret}"`,
          `${name}: ${secret}`,
          secret,
          `x=1&${secret}`,
        ]
        for (const post of posts) await fetch(mekari.tokenUrl, { method: 'POST', headers, body: post })
      }
      await fetch(mekari.tokenUrl, {
        method: 'POST',
        headers: json,
        body: JSON.stringify({ nested: { [name]: secret } }),
      })
      for (const query of [
        `?${name}=${secret}`,
        `?a=1&${name}=${secret}`,
        `?${name.replace('_', '%5F')}=${secret}`,
        `?${secret}`,
      ]) {
        await fetch(mekari.apiUrl + query)
        await fetch(mekari.authorizeUrl + query)
      }
    }
    const basic = Buffer.from(`canary:${secret}`).toString('base64')
    for (const authorization of [`Bearer ${secret}`, `Basic ${basic}`, secret, `bearer  ${secret}`]) {
      await fetch(mekari.apiUrl, {
        headers: {
          authorization,
          cookie: `mock_oauth_session=${secret}`,
          referer: `https://x.example/?code=${secret}`,
        },
      })
      await fetch(mekari.tokenUrl, { method: 'POST', headers: { ...json, authorization }, body: '{}' })
      await fetch(mekari.tokenUrl, { method: 'DELETE', headers: { authorization } })
    }
    const shown = [JSON.stringify((await control('GET /requests')).body)]
    for (const { id } of mock.requests())
      shown.push(JSON.stringify((await control(`GET /requests/${id}/explain`)).body))
    const leaks = shown.filter((text) => text.includes('0123456789abcdef') || text.includes(basic))
    expect(leaks).toEqual([])
    expect(JSON.stringify(mock.requests())).toContain(secret)
  })

  it('that the mock issued never appear either, and equal ones can be told', async () => {
    const { control, url, mock } = await serve()
    const { clientId: client_id, clientSecret: client_secret } = mock.provider()
    const asked = await fetch(`${url}/auth?client_id=${client_id}&response_type=code&scope=esign`, {
      redirect: 'manual',
    })
    const code = new URL(asked.headers.get('location') ?? '').searchParams.get('code') ?? ''
    const call = { client_id, client_secret, grant_type: 'authorization_code', code, scope: 'esign' }
    const exchange = () =>
      fetch(`${url}/auth/oauth2/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(call),
      })
    const tokens = (await (await exchange()).json()) as { access_token: string; refresh_token: string }
    await exchange()
    await fetch(`${url}/v1/me`, { headers: { authorization: `Bearer ${tokens.access_token}` } })
    const { body } = await control('GET /requests')
    const shown = JSON.stringify(body)
    for (const secret of [code, client_secret ?? '', tokens.access_token, tokens.refresh_token]) {
      expect(secret).toHaveLength(32)
      expect(shown).not.toContain(secret)
      expect(shown).not.toContain(secret.slice(8))
    }
    const masked = /code=(\w{4}…[0-9a-f]{6})/.exec(decodeURIComponent(shown))?.[1] ?? 'none'
    expect(masked.slice(0, 4)).toBe(code.slice(0, 4))
    expect(shown.split(masked)).toHaveLength(5)
  })
})

describe('reset', () => {
  it('forgets everything but the start', async () => {
    const { control, url, mock } = await serve()
    const start = {
      providers: await control('GET /providers'),
      clients: await control('GET /clients'),
      users: await control('GET /users'),
    }
    const before = await mock.mint()
    await control('POST /clients', { id: 'other' })
    await control('POST /users', {})
    await control(`PATCH /clients/${mock.provider().clientId}`, { name: 'Renamed', secret: 'changed' })
    await control('POST /clock', { set: '2031-01-01', freeze: true })
    await fetch(`${url}/v1/me`)
    expect(await control('POST /reset')).toEqual({ status: 204, body: undefined })
    expect({
      providers: await control('GET /providers'),
      clients: await control('GET /clients'),
      users: await control('GET /users'),
    }).toEqual(start)
    expect((await control('GET /grants')).body).toEqual([])
    expect((await control('GET /requests')).body).toEqual([])
    const clock = (await control('GET /clock')).body as { now: string; frozen: boolean }
    expect([clock.frozen, clock.now < '2031']).toEqual([false, true])
    const authorization = `Bearer ${before.accessToken}`
    expect((await fetch(`${url}/v1/me`, { headers: { authorization } })).status).toBe(401)
    expect((await mock.mint()).accessToken).toBe(before.accessToken)
  })
})

describe('the document', () => {
  it('is valid OpenAPI and lists every route', async () => {
    const { control } = await serve()
    const { body } = await control('GET /openapi.json')
    expect(await new Validator().validate(body as object)).toEqual({ valid: true })
    const { paths } = body as { paths: Record<string, Record<string, object>> }
    const listed = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.slice(6)}`),
    )
    expect(listed).toEqual([
      'GET /health',
      'GET /providers',
      'GET /providers/{id}',
      'POST /authorize',
      'GET /clients',
      'POST /clients',
      'GET /clients/{id}',
      'PATCH /clients/{id}',
      'DELETE /clients/{id}',
      'GET /users',
      'POST /users',
      'GET /users/{id}',
      'PATCH /users/{id}',
      'DELETE /users/{id}',
      'GET /clock',
      'POST /clock',
      'GET /grants',
      'POST /grants/{id}/revoke',
      'POST /tokens',
      'GET /requests',
      'GET /requests/{id}/explain',
      'POST /reset',
    ])
  })
})

describe('a call that fits no route', () => {
  it('is told where the routes are listed', async () => {
    const { control } = await serve()
    for (const call of ['GET /nothing', 'PUT /clients', 'DELETE /health', 'GET /']) {
      expect([call, await control(call)]).toEqual([call, mistake(404, 'unknown_route', says('openapi'))])
    }
  })

  it('with a body that cannot be read is told so', async () => {
    const { url } = await serve()
    const post = async (body: string, type: string) => {
      const answer = await fetch(`${url}/_mock/clock`, { method: 'POST', body, headers: { 'content-type': type } })
      return { status: answer.status, body: await answer.json() }
    }
    expect(await post('{', 'application/json')).toEqual(mistake(400, 'invalid_request'))
    expect(await post('[]', 'application/json')).toEqual(mistake(400, 'invalid_request'))
    expect(await post('advance=1h', 'application/x-www-form-urlencoded')).toEqual(mistake(415, 'invalid_request'))
    expect(await post('{"advance":"1h"}', 'text/plain')).toEqual(mistake(400, 'invalid_request'))
    expect(await post(`{"set":"${'x'.repeat(1_000_000)}"}`, 'application/json')).toEqual(
      mistake(413, 'invalid_request'),
    )
    expect(await post('{"__proto__":{"freeze":true}}', 'application/json')).toEqual(mistake(400, 'invalid_request'))
  })
})
