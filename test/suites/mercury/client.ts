import type { ClientInput, MockOAuth, MockOAuthOptions } from 'mock-oauth'
import type { Answer, Door } from '../../doors.ts'
import { locationOf, tokensOf } from '../answer.ts'
import { formOf } from '../form.ts'
import { openAtNoon, type Send } from '../open.ts'

/** Parameters by name; `undefined` leaves one out. */
export type Fields = Readonly<Record<string, string | undefined>>

/** What a program knows that integrates Mercury. */
export interface Integration {
  readonly mock: MockOAuth
  readonly clientId: string
  readonly clientSecret: string | undefined
  /** An answer as it came, without Date. */
  readonly request: Send
  authorize(changes?: Fields): Promise<Answer>
  /** The code that a person's approval brings to the callback. */
  code(changes?: Fields): Promise<string>
  /** A form at the token endpoint, with the client's own credentials unless other headers are given. */
  token(fields: Fields, headers?: Record<string, string>): Promise<Answer>
  exchange(code: string, changes?: Fields, headers?: Record<string, string>): Promise<Answer>
  refresh(refreshToken: string, changes?: Fields, headers?: Record<string, string>): Promise<Answer>
  /** Authorizes and exchanges. */
  connect(changes?: Fields): Promise<{ access: string; refresh: string }>
  api(accessToken?: string, path?: string): Promise<Answer>
  revoke(fields: Fields, headers?: Record<string, string>): Promise<Answer>
  /** Moves the frozen clock. */
  wait(time: string): Promise<void>
  /** The same program with the credentials of another client. */
  with(client: ClientInput): Promise<Integration>
}

export const scope = 'read offline_access'
export const state = 'state-12'
export const callback = 'http://localhost:3000/callback'

interface Place {
  environment: string
  oauth: string
  api: string
}
export const production: Place = {
  environment: 'mercury',
  oauth: 'https://oauth2.mercury.com',
  api: 'https://api.mercury.com',
}
export const sandbox: Place = {
  environment: 'mercury:sandbox',
  oauth: 'https://oauth2-sandbox.mercury.com',
  api: 'https://api-sandbox.mercury.com',
}

/** Opens Mercury through a door, with a person who approves at once and a clock that stands still. */
export async function openMercury(door: Door, options: Partial<MockOAuthOptions> = {}, place = production) {
  const { mock, request } = await openAtNoon(door, 'mercury', options)
  return integrate(mock, request, place)
}

/** The Authorization header of a client, both halves encoded. */
export const basic = (id: string, secret = ''): Record<string, string> => ({
  authorization: `Basic ${btoa(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`)}`,
})

/** The program in one environment, with its default client unless another one is named. */
export function integrate(
  mock: MockOAuth,
  request: Send,
  place: Place,
  client: { id: string; secret?: string } = defaultClient(mock, place),
): Integration {
  const { id: clientId, secret: clientSecret } = client
  const proof = clientSecret === undefined ? {} : basic(clientId, clientSecret)
  const named = clientSecret === undefined ? { client_id: clientId } : {}
  const post = (path: string, fields: Fields, headers = proof) =>
    request(place.oauth + path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: formOf({ ...named, ...fields }),
    })
  const own: Integration = {
    mock,
    clientId,
    clientSecret,
    request,
    authorize(changes = {}) {
      const asked = { client_id: clientId, redirect_uri: callback, response_type: 'code', scope, state, ...changes }
      return request(`${place.oauth}/oauth2/auth?${formOf(asked)}`)
    },
    async code(changes) {
      return new URL(locationOf(await own.authorize(changes))).searchParams.get('code') ?? ''
    },
    token: (fields, headers) => post('/oauth2/token', fields, headers),
    exchange: (code, changes, headers) =>
      own.token({ grant_type: 'authorization_code', code, redirect_uri: callback, ...changes }, headers),
    refresh: (refresh_token, changes, headers) =>
      own.token({ grant_type: 'refresh_token', refresh_token, scope, ...changes }, headers),
    async connect(changes) {
      return tokensOf(await own.exchange(await own.code(changes)))
    },
    api: (token, path = '/api/v1/accounts') =>
      request(place.api + path, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
    revoke: (fields, headers) => post('/oauth2/revoke', fields, headers),
    wait: async (time) => void (await mock.clock.advance(time)),
    with: async (input) =>
      integrate(mock, request, place, await mock.clients.register({ provider: place.environment, ...input })),
  }
  return own
}

function defaultClient(mock: MockOAuth, { environment }: Place) {
  const { clientId, clientSecret } = mock.provider(environment)
  return { id: clientId, ...(clientSecret === undefined ? {} : { secret: clientSecret }) }
}
