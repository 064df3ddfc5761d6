import type { ClientInput, MockOAuth, MockOAuthOptions } from 'mock-oauth'
import type { Answer, Door } from '../../doors.ts'
import { locationOf, tokensOf } from '../answer.ts'
import { formOf } from '../form.ts'
import { openAtNoon, type Send } from '../open.ts'

type Fields = Readonly<Record<string, unknown>>

/** What a program knows that integrates Mekari. */
export interface Integration {
  readonly mock: MockOAuth
  readonly clientId: string
  readonly clientSecret: string | undefined
  /** An answer as it came, without Date. */
  readonly request: Send
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
  const { mock, request } = await openAtNoon(door, 'mekari', options)
  return integrate(mock, request, place)
}

/** The program in one environment, with its default client unless another one is named. */
export function integrate(
  mock: MockOAuth,
  request: Send,
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
      request(`${place.account}/auth?${formOf({ client_id: clientId, response_type: 'code', scope, ...parameters })}`),
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
