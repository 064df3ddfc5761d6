import { createHash } from 'node:crypto'
import { awkwardCanaryAt, canaryAt, harmless } from './canary.ts'
import type { Terminal } from './served.ts'

/** What holds a secret, in any request of any provider. */
const names = [
  ...['client_secret', 'code', 'code_verifier', 'access_token', 'refresh_token', 'token', 'id_token', 'id_token_hint'],
  ...['password', 'user[password]', 'client_assertion', 'device_code', 'request_uri'],
]

/** Secrets by the place where each was given, and those that a developer registers. */
export class Plantation {
  readonly all = new Map<string, string>()
  /** What the routes for clients and people show by design. */
  readonly registered = new Set<string>()

  plant(place: string, make = canaryAt): string {
    const secret = make(place)
    this.all.set(secret, place)
    return secret
  }

  register(place: string): string {
    const secret = this.plant(place)
    this.registered.add(secret)
    return secret
  }

  /** What the mock itself has made is a secret too. */
  found(place: string, secret: string | undefined): string {
    // What stands before its last colon is the same in each (RFC 9126 §2.2).
    const own = secret?.split(':').at(-1)
    if (secret === undefined || own === undefined || own.length < 20)
      throw new Error(`${place} is no secret: ${secret}`)
    this.all.set(own, place)
    return secret
  }
}

const form = 'application/x-www-form-urlencoded'

/** A secret under each name, in each encoding and in what is none, at every endpoint of every provider. */
export async function plantEverywhere({ providers }: Terminal, planted: Plantation): Promise<void> {
  for (const [provider, played] of Object.entries(providers)) {
    // A sandbox plays by the rules of its provider, and the journal keeps a thousand.
    if (provider.includes(':')) continue
    for (const [endpoint, url] of Object.entries(played)) {
      if (typeof url !== 'string' || !/Url$/.test(endpoint)) continue
      const at = `${provider} ${endpoint}`
      const secrets = (where: string, make = canaryAt) =>
        Object.fromEntries(names.map((name) => [name, planted.plant(`${at}: ${name} ${where}`, make)]))
      const fieldsOf = (where: string) => ({
        ...{ client_id: harmless, state: harmless, grant_type: 'refresh_token' },
        // Where the client stands just now, as it came back.
        redirect_uri: `https://client.example/callback?state=x&code=${planted.plant(`${at}: within a URL ${where}`)}`,
        ...secrets(where, awkwardCanaryAt),
      })
      const asForm = (where: string) => new URLSearchParams(fieldsOf(where)).toString()
      const asJson = (where: string) => JSON.stringify(fieldsOf(where))
      const post = (type: string, body: string) =>
        send(url, { method: 'POST', headers: { 'content-type': type }, body })
      const basic = Buffer.from(`${harmless}:${planted.plant(`${at}: Basic`)}`).toString('base64')
      await Promise.all([
        post(form, asForm('in a form')),
        post('application/json', asJson('in JSON')),
        post(form, asJson('in JSON that is said to be a form')),
        post('application/json', asForm('in a form that is said to be JSON')),
        post('text/plain', asJson('in text')),
        post('application/json', JSON.stringify({ nested: secrets('nested') })),
        post('multipart/form-data; boundary=x', asForm('in parts')),
        send(`${url}?${asForm('in the query')}`),
        send(`${url}?${planted.plant(`${at}: the query itself`)}`),
        send(`${url}/${harmless}`, { headers: headersOf(planted, at) }),
        send(url, { method: 'POST', headers: { authorization: `Basic ${basic}`, 'content-type': form } }),
        ...['Bearer ', 'bearer  ', '', 'Token '].map((scheme) =>
          send(url, { headers: { authorization: `${scheme}${planted.plant(`${at}: after "${scheme}"`)}` } }),
        ),
      ])
    }
  }
}

const headersOf = (planted: Plantation, at: string): Record<string, string> => ({
  cookie: `mock_oauth_session=${planted.plant(`${at}: session`)}; other=${planted.plant(`${at}: cookie`)}`,
  referer: `https://x.example/${harmless}?code=${planted.plant(`${at}: referer`)}`,
  'proxy-authorization': `Bearer ${planted.plant(`${at}: proxy`)}`,
  'x-access-token': planted.plant(`${at}: x-access-token`),
  'x-api-key': planted.plant(`${at}: x-api-key`),
  'x-client-secret': planted.plant(`${at}: x-client-secret`),
})

/** One name at a time, at the endpoints that look at it: each refusal says what came. */
export async function plantOneByOne({ providers }: Terminal, planted: Plantation): Promise<void> {
  for (const provider of ['standard', 'mekari', 'finexer', 'mercado-pago']) {
    const { tokenUrl = '', authorizeUrl = '', clientId = '', clientSecret = '' } = providers[provider] ?? {}
    for (const name of names) {
      const secret = planted.plant(`${provider}: ${name} alone`)
      for (const grant_type of ['authorization_code', 'refresh_token']) {
        const fields = { client_id: clientId, client_secret: clientSecret, grant_type, scope: 'esign', [name]: secret }
        await send(tokenUrl, { method: 'POST', headers: { 'content-type': form }, body: new URLSearchParams(fields) })
      }
      const query = new URLSearchParams({ client_id: clientId, response_type: 'code', state: harmless, [name]: secret })
      await send(`${authorizeUrl}?${query}`)
    }
  }
}

/** A connection of a client and a person with registered secrets: all that it is given is used, used again and ended. */
export async function connect({ providers, control, url }: Terminal, planted: Plantation): Promise<void> {
  const secret = planted.register('client secret')
  const hook = {
    url: `${url}/nowhere?token=${planted.register('in the URL of a receiver')}`,
    secret: planted.register('webhook secret'),
  }
  const redirectUris = ['http://localhost:3000/callback']
  const person = { email: 'canary@example.com', password: planted.register('password') }
  await control('POST /users', person)
  await send(`${url}/~${harmless}/mekari/auth?code=${planted.plant('in a world')}`)
  await control('POST /clients', { provider: 'standard', id: harmless, secret, redirectUris })
  await control('POST /clients', { provider: 'finexer', id: harmless, secret, redirectUris, webhooks: hook })
  await control('POST /clients', { provider: 'mercado-pago@2024', id: harmless, secret, redirectUris, webhooks: hook })
  await control('POST /tokens', { provider: 'finexer', client: harmless, user: person.email })
  await control('POST /webhooks/test', { provider: 'mercado-pago@2024', client: harmless })
  const { standard } = providers
  const { authorizeUrl, tokenUrl = '', apiUrl = '', introspectUrl = '', pushedRequestUrl = '' } = standard ?? {}
  const { deviceAuthorizationUrl = '', revokeUrl = '' } = standard ?? {}
  const authorization = `Basic ${Buffer.from(`${harmless}:${secret}`).toString('base64')}`
  const post = async (to: string, fields: Record<string, string>): Promise<Record<string, string>> => {
    const body = new URLSearchParams(fields)
    const answer = await send(to, { method: 'POST', headers: { authorization, 'content-type': form }, body })
    return JSON.parse(answer === '' ? '{}' : answer)
  }
  const verifier = planted.plant('the verifier of a code')
  const asked = {
    response_type: 'code',
    redirect_uri: redirectUris[0] ?? '',
    scope: 'openid offline_access',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }
  const request = await post(pushedRequestUrl, asked)
  const pushed = new URLSearchParams({
    client_id: harmless,
    request_uri: planted.found('request_uri', request.request_uri),
  })
  const approve = () =>
    control<{ redirectTo?: string }>('POST /authorize', { url: `${authorizeUrl}?${pushed}`, user: person.email })
  const { redirectTo = '' } = await approve()
  await approve()
  const code = planted.found('code', new URL(redirectTo).searchParams.get('code') ?? undefined)
  const exchange = {
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
    redirect_uri: redirectUris[0] ?? '',
  }
  const tokens = await post(tokenUrl, exchange)
  const refresh_token = planted.found('refresh token', tokens.refresh_token)
  const access_token = planted.found('access token', tokens.access_token)
  planted.found('ID token', tokens.id_token)
  const next = await post(tokenUrl, { grant_type: 'refresh_token', refresh_token })
  planted.found('next refresh token', next.refresh_token)
  await post(introspectUrl, { token: planted.found('next access token', next.access_token) })
  await send(apiUrl, { headers: { authorization: `Bearer ${next.access_token}` } })
  await post(tokenUrl, { grant_type: 'refresh_token', refresh_token: access_token })
  await post(tokenUrl, { grant_type: 'refresh_token', refresh_token })
  await post(tokenUrl, exchange)
  await post(revokeUrl, { token: next.refresh_token ?? '' })
  await send(apiUrl, { headers: { authorization: `Bearer ${access_token}` } })
  const { device_code } = await post(deviceAuthorizationUrl, { scope: 'openid' })
  const grant_type = 'urn:ietf:params:oauth:grant-type:device_code'
  await post(tokenUrl, { grant_type, device_code: planted.found('device code', device_code) })
  const minted = await control<{ accessToken: string; refreshToken: string }>('POST /tokens', {
    provider: 'standard',
    client: harmless,
  })
  planted.found('minted refresh token', minted.refreshToken)
  planted.found('minted access token', minted.accessToken)
}

/** Faults that send secrets, and calls that they strike. */
export async function plantInFaults({ control, providers }: Terminal, planted: Plantation): Promise<void> {
  const on = { provider: 'mekari', client: harmless, on: 'token' }
  const put = (place: string) => planted.plant(`a fault: ${place}`)
  const html = `<p>${put('a text as body')}</p>`
  const json = { access_token: put('body'), data: { refresh_token: put('nested in the body') } }
  const headers = { 'set-cookie': `sid=${put('Set-Cookie')}`, location: `https://x.example/?code=${put('Location')}` }
  const faults = [
    { ...on, kind: 'status', status: 503, body: html, contentType: 'text/html' },
    { ...on, kind: 'status', status: 200, body: json, headers },
    { ...on, kind: 'status', status: 200, body: JSON.stringify({ access_token: put('JSON in a text') }) },
    { ...on, kind: 'replace', fields: { access_token: put('replace'), 'data.refresh_token': put('replace within') } },
    { ...on, kind: 'tamper', fields: { refresh_token: put('tamper'), list: [{ id_token: put('tamper in a list') }] } },
    { ...on, on: 'authorize', kind: 'tamper', fields: { code: put('tamper at the callback') } },
    { ...on, kind: 'redirect', to: `https://x.example/${harmless}?access_token=${put('redirect')}` },
    { provider: 'mercado-pago@2024', on: 'webhook', kind: 'newSecret', secret: put('the new secret of webhooks') },
    { ...on, kind: 'drop', at: 'after' },
  ]
  await send(`${providers.mekari?.baseUrl}/${harmless}`)
  await control('POST /clients', {
    provider: 'mekari',
    id: harmless,
    secret: planted.register("mekari's client secret"),
  })
  for (const fault of faults) await control('POST /faults', fault)
  const { tokenUrl = '', authorizeUrl = '' } = providers.mekari ?? {}
  await send(`${authorizeUrl}?client_id=${harmless}&response_type=code&scope=esign&state=${harmless}`)
  const { refreshToken } = await control<{ refreshToken: string }>('POST /tokens', {
    provider: 'mekari',
    client: harmless,
  })
  planted.found("mekari's refresh token", refreshToken)
  for (const _ of faults) {
    const client_secret = canaryAt("mekari's client secret")
    const fields = { client_id: harmless, client_secret, grant_type: 'refresh_token', refresh_token: refreshToken }
    await send(tokenUrl, { method: 'POST', headers: { 'content-type': form }, body: new URLSearchParams(fields) })
  }
}

/** Sends what a client sends; a connection that a fault breaks is an answer like any other. */
const send = (url: string, init: RequestInit = {}): Promise<string> =>
  fetch(url, { ...init, redirect: 'manual' }).then(
    (answer) => answer.text(),
    () => '',
  )
