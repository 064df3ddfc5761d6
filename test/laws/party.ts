import type { Client, HttpRequest, HttpResponse } from 'mock-oauth'
import type { Environment } from '../../src/vocabulary/environment.ts'
import type { ClientAuthentication } from '../../src/vocabulary/token.ts'
import type { Stage } from './stage.ts'

/** What a client sends, by parameter name; `undefined` leaves one out. */
export type Fields = Readonly<Record<string, string | undefined>>

/** What a token answer holds; `access` is missing from a refusal. */
export interface Tokens {
  readonly answer: HttpResponse
  readonly access: string | undefined
  readonly refresh: string | undefined
}

/** A pair of tokens that was surely issued. */
export interface Pair {
  readonly access: string
  readonly refresh: string
}

/** A client that does what the definition asks for, unless told otherwise. */
export interface Party {
  readonly environment: Environment
  readonly client: Client
  readonly stage: Stage
  /** What an authorization request of it holds. */
  readonly wish: Fields
  /** Opens the authorization URL; the mock decides by itself. */
  authorize(changes?: Fields): Promise<HttpResponse>
  /** A fresh code, by the registered redirect URI. */
  code(changes?: Fields): Promise<string>
  exchange(code: string, changes?: Fields): Promise<Tokens>
  refresh(token: string, changes?: Fields): Promise<Tokens>
  /** What a device of the client is told: its code, and where a person decides. */
  device(): Promise<{ readonly code: string; readonly url: string }>
  poll(deviceCode: string, changes?: Fields): Promise<Tokens>
  /** The first pair of a new authorization. */
  connect(): Promise<Pair>
  /** Calls the API; the status tells whether the token is live. */
  call(access: string): Promise<number>
  /** Posts fields to an endpoint that clients authenticate at, with its own credentials. */
  post(url: string, fields: Fields): Promise<HttpResponse>
  /** Revokes by the provider's own endpoint, with the token that it takes. */
  revoke(pair: Pair): Promise<number>
}

const challenge = {
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
}
/** RFC 7636, appendix B. */
export const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'

/** Fields of a client that uses PKCE. */
export const withChallenge: Fields = challenge

/** Fields of one that does not. */
export const withoutChallenge: Fields = { code_challenge: undefined, code_challenge_method: undefined }

/** Where an answer sends the browser. */
export const locationOf = ({ headers }: HttpResponse): string | undefined =>
  headers.find(([name]) => name.toLowerCase() === 'location')?.[1]

const present = (fields: Fields) =>
  Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))

function tokensOf(answer: HttpResponse): Tokens {
  const body: unknown = answer.body.startsWith('{') ? JSON.parse(answer.body) : {}
  const { access_token: access, refresh_token: refresh } = body as Record<string, unknown>
  return {
    answer,
    access: typeof access === 'string' ? access : undefined,
    refresh: typeof refresh === 'string' ? refresh : undefined,
  }
}

/** Registers a client in an environment and puts it to work. */
export async function join(stage: Stage, environment: Environment, isPublic = false): Promise<Party> {
  const client = await stage.register({
    provider: environment.key,
    public: isPublic,
    scopes: scopesWithoutSigning(environment),
    redirectUris: ['https://client.example/callback', 'https://client.example/second?keep=1'],
  })
  return act(stage, environment, client)
}

/** The usual scopes but the one that brings ID tokens: each world would first look for primes, and no law reads them. */
export function scopesWithoutSigning({ rules: { client, openid } }: Environment): readonly string[] {
  const quick = client.defaultScopes.filter((scope) => scope !== openid?.scope)
  return quick.length > 0 ? quick : client.defaultScopes
}

/** A registered client at work. */
export function act(stage: Stage, environment: Environment, client: Client): Party {
  const { rules, urls } = environment
  const scope = client.scopes.join(' ')
  const pkce = (client.secret ?? client.jwks) === undefined || demandsChallenge(environment)
  const way = wayOf(environment, client)
  const [uri] = client.redirectUris
  const sendsUri =
    rules.authorize.withoutRedirectUri !== 'theRegisteredOne' ||
    rules.authorize.parameters.redirect_uri?.presence === 'required'
  const exchanged = rules.token.exchange.parameters
  const repeatsUri = exchanged.redirect_uri?.presence === 'required' || exchanged.redirect_uri?.sameAsAuthorized

  const ask = (fields: Fields): Promise<HttpResponse> =>
    stage.send({
      method: 'GET',
      url: `${urls.authorize}?${new URLSearchParams(present(fields))}`,
      headers: {},
      body: '',
    })
  const post = (fields: Fields): Promise<Tokens> =>
    stage.send(writeTokenRequest(environment, way, urls.token, fields)).then(tokensOf)
  const credentials = { client_id: way === 'secretInBody' ? undefined : client.id, client_secret: client.secret }
  const bearer = (method: string, url: string, access: string): Promise<number> =>
    stage.send({ method, url, headers: { authorization: `Bearer ${access}` }, body: '' }).then(({ status }) => status)

  const party: Party = {
    environment,
    client,
    stage,
    authorize: (changes) => ask({ ...party.wish, ...changes }),
    wish: {
      client_id: client.id,
      response_type: 'code',
      scope,
      redirect_uri: sendsUri ? uri : undefined,
      state: 'some state or other',
      ...(pkce ? challenge : {}),
    },
    async code(changes) {
      const location = locationOf(await party.authorize(changes))
      const code = location === undefined ? null : new URL(location).searchParams.get('code')
      if (code === null) throw new Error(`no code at ${location}`)
      return code
    },
    exchange: (code, changes = {}) =>
      post({
        grant_type: 'authorization_code',
        ...credentials,
        code,
        scope: exchanged.scope?.presence === 'required' ? scope : undefined,
        redirect_uri: repeatsUri ? uri : undefined,
        code_verifier: pkce || client.requiresPkce ? verifier : undefined,
        ...changes,
      }),
    refresh: (token, changes = {}) =>
      post({
        grant_type: 'refresh_token',
        ...credentials,
        refresh_token: token,
        scope: /^required/.test(rules.refresh?.parameters.scope?.presence ?? '') ? scope : undefined,
        ...changes,
      }),
    async device() {
      const at = rules.device ? environment.urlOf(rules.device.at) : ''
      const { body } = await stage.send(writeTokenRequest(environment, way, at, credentials))
      const { device_code: code, verification_uri_complete: url } = JSON.parse(body)
      return { code, url }
    },
    poll: (deviceCode, changes = {}) =>
      post({
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
        ...credentials,
        device_code: deviceCode,
        ...changes,
      }),
    async connect() {
      const { access, refresh, answer } = await party.exchange(await party.code())
      if (access === undefined) throw new Error(`no tokens: ${answer.status} ${answer.body}`)
      return { access, refresh: refresh ?? '' }
    },
    call: (access) => bearer('GET', urls.api, access),
    post: (url, fields) => stage.send(writeTokenRequest(environment, way, url, { ...credentials, ...fields })),
    async revoke({ access, refresh }) {
      const { by = 'bearer' } = rules.revoke ?? {}
      const url = urls.revoke ?? ''
      if (by === 'bearer') return bearer(methodOf(environment), url, access)
      const presented = by.parameter === 'refresh_token' ? refresh : refresh || access
      return (await party.post(url, { [by.parameter]: presented })).status
    },
  }
  return party
}

/** Whether a client with a secret gets no code without a challenge either. */
export const demandsChallenge = ({ rules: { authorize } }: Environment): boolean =>
  authorize.pkce === 'required' || authorize.parameters.code_challenge?.presence === 'required'

/** The way in which a client of this kind authenticates. */
function wayOf({ rules }: Environment, { secret, jwks }: Client): ClientAuthentication {
  if (jwks) return 'privateKeyJwt'
  const own = rules.token.client.filter(
    (way) => !rules.token.client.includes('idInBody') || (way === 'idInBody') === (secret === undefined),
  )
  return own[0] ?? 'body'
}

function methodOf({ routes, urls }: Environment): string {
  const methods = [...(routes.get(urls.revoke ?? '') ?? [])]
  return methods.find(([, { endpoint }]) => endpoint === 'revoke')?.[0] ?? ''
}

function writeTokenRequest(
  { rules: { token } }: Environment,
  way: ClientAuthentication,
  url: string,
  fields: Fields,
): HttpRequest {
  const { client_id: id, client_secret: secret, ...rest } = fields
  const byHeader = way === 'basic' && id !== undefined && secret !== undefined
  const sent = present(byHeader ? rest : fields)
  const json = token.body[0] === 'json'
  return {
    method: 'POST',
    url,
    headers: {
      'content-type': json ? 'application/json' : 'application/x-www-form-urlencoded',
      ...(byHeader
        ? { authorization: `Basic ${btoa(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`)}` }
        : {}),
    },
    body: json ? JSON.stringify(sent) : String(new URLSearchParams(sent)),
  }
}
