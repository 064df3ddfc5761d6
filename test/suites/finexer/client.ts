import type { ClientInput, MockOAuth, MockOAuthOptions } from 'mock-oauth'
import type { Answer, Door } from '../../doors.ts'
import { locationOf } from '../answer.ts'
import { formOf } from '../form.ts'
import { openAtNoon, type Send } from '../open.ts'

export type Fields = Readonly<Record<string, string | undefined>>

/** What a platform knows that connects Finexer accounts. */
export interface Platform {
  readonly mock: MockOAuth
  readonly clientId: string
  readonly clientSecret: string
  /** An answer as it came, without Date. */
  readonly request: Send
  /** Opens the OAuth link of the page: `client_id` and nothing else. */
  authorize(parameters?: Fields): Promise<Answer>
  /** The code that a person's approval brings to the callback. */
  code(parameters?: Fields): Promise<string>
  /** A form for the token endpoint; `undefined` leaves a field out. */
  token(fields: Fields): Promise<Answer>
  exchange(code: string, changes?: Fields): Promise<Answer>
  refresh(refreshToken: string, changes?: Fields): Promise<Answer>
  /** Authorizes and exchanges. */
  connect(parameters?: Fields): Promise<Tokens>
  api(accessToken?: string): Promise<Answer>
  revoke(refreshToken: string, changes?: Fields): Promise<Answer>
  /** The same program with the credentials of another app. */
  with(client: ClientInput): Promise<Platform>
}

/** What a token answer holds. */
export interface Tokens {
  readonly access: string
  readonly refresh: string
  readonly account: string
  readonly scope: string
}

export const callback = 'http://localhost:3000/callback'
export const customers = 'https://api.finexer.com/customers'
export const tokenUrl = 'https://finexer.com/oauth/token'
export const revokeUrl = 'https://finexer.com/oauth/revoke'
export const apps = 'https://finexer.com/settings/authorized-apps'
export const accounts = 'https://finexer.com/settings/managed-accounts'

/** Opens Finexer through a door, with a person who approves at once and a clock that stands still. */
export async function openFinexer(door: Door, options: Partial<MockOAuthOptions> = {}): Promise<Platform> {
  const { mock, request } = await openAtNoon(door, 'finexer', options)
  const { clientId, clientSecret = '' } = mock.provider()
  return integrate(mock, request, { id: clientId, secret: clientSecret })
}

/** The same where one doubt is decided otherwise. */
export const suppose = (door: Door, name: string, choice: string) =>
  openFinexer(door, { assume: { [`finexer.${name}`]: choice } })

function integrate(
  mock: MockOAuth,
  request: Send,
  { id: clientId, secret: clientSecret = '' }: { id: string; secret?: string },
): Platform {
  const credentials = { client_id: clientId, client_secret: clientSecret }
  const post = (url: string, fields: Fields) =>
    request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: formOf(fields),
    })
  const own: Platform = {
    mock,
    clientId,
    clientSecret,
    request,
    authorize: (parameters = {}) =>
      request(`https://finexer.com/oauth/?${formOf({ client_id: clientId, ...parameters })}`),
    code: async (parameters) => new URL(locationOf(await own.authorize(parameters))).searchParams.get('code') ?? '',
    token: (fields) => post(tokenUrl, { ...credentials, ...fields }),
    exchange: (code, changes) => own.token({ code, grant_type: 'authorization_code', ...changes }),
    refresh: (refresh_token, changes) => own.token({ refresh_token, grant_type: 'refresh_token', ...changes }),
    connect: async (parameters) => tokensOf(await own.exchange(await own.code(parameters))),
    api: (token) => request(customers, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
    revoke: (refresh_token, changes) => post(revokeUrl, { ...credentials, refresh_token, ...changes }),
    with: async (input) => integrate(mock, request, await mock.clients.register(input)),
  }
  return own
}

/** The values of a success. */
export function tokensOf({ body }: Answer): Tokens {
  const { access_token = '', refresh_token = '', account_id = '', scope = '' } = JSON.parse(body)
  return { access: access_token, refresh: refresh_token, account: account_id, scope }
}
