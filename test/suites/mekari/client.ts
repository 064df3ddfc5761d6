import type { ClientInput, MockOAuth, MockOAuthOptions } from 'mock-oauth'
import type { Answer, Door, Init } from '../../doors.ts'

type Fields = Readonly<Record<string, unknown>>

/** What a program knows that integrates Mekari. */
export interface Integration {
  readonly mock: MockOAuth
  readonly clientId: string
  readonly clientSecret: string | undefined
  /** An answer as it came, without Date. */
  request(url: string, init?: Init): Promise<Answer>
  /** Opens the authorization endpoint; `undefined` takes one of the page's three parameters away. */
  authorize(parameters?: Readonly<Record<string, string | undefined>>): Promise<Answer>
  /** The code that a person's approval brings to the callback. */
  code(parameters?: Readonly<Record<string, string | undefined>>): Promise<string>
  /** A JSON call of the token endpoint; `undefined` leaves a field out. */
  token(fields: Fields, headers?: Record<string, string>): Promise<Answer>
  exchange(code: string, changes?: Fields): Promise<Answer>
  refresh(refreshToken: string, changes?: Fields): Promise<Answer>
  /** Authorizes and exchanges. */
  connect(): Promise<{ access: string; refresh: string }>
  api(accessToken?: string, path?: string): Promise<Answer>
  revoke(accessToken: string): Promise<Answer>
  /** Moves the frozen clock. */
  wait(time: string): void
  /** The same program with the credentials of another client. */
  with(client: ClientInput): Promise<Integration>
}

export const scope = 'esign sso:profile'
export const noon = '2026-01-31T12:00:00Z'

interface Place {
  environment: string
  account: string
  api: string
}
export const production: Place = {
  environment: 'mekari',
  account: 'https://account.mekari.com',
  api: 'https://api.mekari.com',
}
export const sandbox: Place = {
  environment: 'mekari:sandbox',
  account: 'https://sandbox-account.mekari.com',
  api: 'https://sandbox-api.mekari.com',
}

/** Opens Mekari through a door, with a person who approves at once and a clock that stands still. */
export async function openMekari(door: Door, options: Partial<MockOAuthOptions> = {}, place = production) {
  const open = await door.open({ providers: ['mekari'], seed: 'a test', consent: 'approve', ...options })
  open.mock.clock.move({ set: noon, freeze: true })
  return integrate(open.mock, withoutDate(open.request), place)
}

const withoutDate = (request: Integration['request']) => async (url: string, init?: Init) => {
  const answer = await request(url, init)
  return { ...answer, headers: answer.headers.filter(([name]) => name !== 'date') }
}

/** The program in one environment, with its default client unless another one is named. */
export function integrate(
  mock: MockOAuth,
  request: Integration['request'],
  place: Place,
  client: { id: string; secret?: string } = defaultClient(mock, place),
): Integration {
  const { id: clientId, secret: clientSecret } = client
  const tokenUrl = `${place.account}/auth/oauth2/token`
  const own: Integration = {
    mock,
    clientId,
    clientSecret,
    request,
    authorize: (parameters = {}) =>
      request(`${place.account}/auth?${query({ client_id: clientId, response_type: 'code', scope, ...parameters })}`),
    async code(parameters) {
      const answer = await own.authorize(parameters)
      return new URL(locationOf(answer)).searchParams.get('code') ?? ''
    },
    token: (fields, headers = {}) =>
      request(tokenUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(fields),
      }),
    exchange: (code, changes) =>
      own.token({
        client_id: clientId,
        client_secret: clientSecret,
        grant_type: 'authorization_code',
        code,
        scope,
        ...changes,
      }),
    refresh: (refresh_token, changes) =>
      own.token({
        client_id: clientId,
        client_secret: clientSecret,
        grant_type: 'refresh_token',
        refresh_token,
        scope,
        ...changes,
      }),
    async connect() {
      return tokensOf(await own.exchange(await own.code()))
    },
    api: (token, path = '/v1/me') =>
      request(place.api + path, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
    revoke: (token) => request(tokenUrl, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } }),
    wait: (time) => void mock.clock.advance(time),
    with: async (input) =>
      integrate(mock, request, place, await mock.clients.register({ provider: place.environment, ...input })),
  }
  return own
}

function defaultClient(mock: MockOAuth, { environment }: Place) {
  const { clientId, clientSecret } = mock.provider(environment)
  return { id: clientId, ...(clientSecret === undefined ? {} : { secret: clientSecret }) }
}

const query = (parameters: Readonly<Record<string, string | undefined>>) =>
  new URLSearchParams(Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined))

/** The value of a header. */
export const headerOf = ({ headers }: Answer, name: string): string | undefined =>
  headers.find(([one]) => one === name)?.[1]

export const locationOf = (answer: Answer): string => headerOf(answer, 'location') ?? ''

/** The two tokens of a success. */
export function tokensOf({ body }: Answer): { access: string; refresh: string } {
  const { access_token, refresh_token } = JSON.parse(body) as Record<string, string>
  return { access: access_token ?? '', refresh: refresh_token ?? '' }
}
