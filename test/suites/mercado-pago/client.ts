import type { ClientInput, MockOAuth, MockOAuthOptions } from 'mock-oauth'
import type { Answer, Door } from '../../doors.ts'
import { locationOf, tokensOf } from '../answer.ts'
import { formOf } from '../form.ts'
import { openAtNoon, type Send } from '../open.ts'

type Fields = Readonly<Record<string, unknown>>
type Query = Readonly<Record<string, string | undefined>>

/** One of the two ways in which Mercado Pago is played, and how its documents write requests. */
interface Edition {
  readonly provider: string
  readonly authorizeUrl: string
  readonly writes: 'form' | 'json'
  /** Whether `client_id` stands beside the secret. */
  readonly namesItself: boolean
}

/** The page of 2021. */
export const thePage: Edition = {
  provider: 'mercado-pago',
  authorizeUrl: 'https://auth.mercadopago.com.ar/authorization',
  writes: 'form',
  namesItself: false,
}
/** The reference of 2024. */
export const the2024: Edition = {
  provider: 'mercado-pago@2024',
  authorizeUrl: 'https://auth.mercadopago.com/authorization',
  writes: 'json',
  namesItself: true,
}

export const tokenUrl = 'https://api.mercadopago.com/oauth/token'
export const callback = 'http://localhost:3000/callback'

/** What a program knows that integrates Mercado Pago. */
export interface Integration {
  readonly mock: MockOAuth
  readonly clientId: string
  readonly clientSecret: string
  /** An answer as it came, without Date. */
  readonly request: Send
  /** Opens the authorization URL of the documents; `undefined` takes a parameter away. */
  authorize(changes?: Query): Promise<Answer>
  /** The code that a seller's approval brings to the callback. */
  code(changes?: Query): Promise<string>
  /** A call of the token endpoint; `undefined` leaves a field out. */
  token(fields: Fields, headers?: Record<string, string>): Promise<Answer>
  exchange(code: string, changes?: Fields): Promise<Answer>
  refresh(refreshToken: string, changes?: Fields): Promise<Answer>
  /** Authorizes and exchanges. */
  connect(): Promise<{ access: string; refresh: string }>
  me(accessToken?: string): Promise<Answer>
  /** Moves the clock, which stands still at noon until then. */
  wait(time: string): Promise<unknown>
  /** The same program with the credentials of another application. */
  with(client: ClientInput): Promise<Integration>
}

/** Opens Mercado Pago through a door, with a seller who approves at once and a clock that stands still. */
export async function openMercadoPago(door: Door, edition: Edition, options: Partial<MockOAuthOptions> = {}) {
  const { mock, request } = await openAtNoon(door, edition.provider, options)
  const { clientId, clientSecret = '' } = mock.provider()
  return integrate(mock, request, edition, clientId, clientSecret)
}

function integrate(
  mock: MockOAuth,
  request: Send,
  edition: Edition,
  clientId: string,
  clientSecret: string,
): Integration {
  const credentials = { client_id: edition.namesItself ? clientId : undefined, client_secret: clientSecret }
  const own: Integration = {
    mock,
    clientId,
    clientSecret,
    request,
    authorize: (changes = {}) =>
      request(
        `${edition.authorizeUrl}?${formOf({
          client_id: clientId,
          response_type: 'code',
          platform_id: 'mp',
          state: 'a state',
          redirect_uri: callback,
          ...changes,
        })}`,
      ),
    async code(changes) {
      return new URL(locationOf(await own.authorize(changes))).searchParams.get('code') ?? ''
    },
    token: (fields, headers = {}) =>
      request(tokenUrl, {
        method: 'POST',
        headers: {
          'content-type': edition.writes === 'json' ? 'application/json' : 'application/x-www-form-urlencoded',
          ...headers,
        },
        body: edition.writes === 'json' ? JSON.stringify(fields) : formOf(fields),
      }),
    exchange: (code, changes) =>
      own.token({ ...credentials, grant_type: 'authorization_code', code, redirect_uri: callback, ...changes }),
    refresh: (refresh_token, changes) =>
      own.token({ ...credentials, grant_type: 'refresh_token', refresh_token, ...changes }),
    async connect() {
      return tokensOf(await own.exchange(await own.code()))
    },
    me: (token) =>
      request(
        'https://api.mercadopago.com/users/me',
        token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
      ),
    wait: (time) => mock.clock.advance(time),
    async with(input) {
      const { id, secret = '' } = await mock.clients.register({ provider: edition.provider, ...input })
      return integrate(mock, request, edition, id, secret)
    },
  }
  return own
}
