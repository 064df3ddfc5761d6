import type { ClientInput, MockOAuth, MockOAuthOptions } from 'mock-oauth'
import type { Answer, Door, Init } from '../../doors.ts'

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
const noon = '2026-01-31T12:00:00Z'

/** RFC 7636, appendix B. */
export const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
export const challenge = {
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
}

/** What a program knows that integrates Mercado Pago. */
export interface Integration {
  readonly mock: MockOAuth
  readonly clientId: string
  readonly clientSecret: string
  /** An answer as it came, without Date. */
  request(url: string, init?: Init): Promise<Answer>
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
  const open = await door.open({ providers: [edition.provider], seed: 'a test', consent: 'approve', ...options })
  await open.mock.clock.move({ set: noon, freeze: true })
  const { clientId, clientSecret = '' } = open.mock.provider()
  const withoutDate: Integration['request'] = async (url, init) => {
    const answer = await open.request(url, init)
    return { ...answer, headers: answer.headers.filter(([name]) => name !== 'date') }
  }
  return integrate(open.mock, withoutDate, edition, clientId, clientSecret)
}

function integrate(
  mock: MockOAuth,
  request: Integration['request'],
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
      const location = headerOf(await own.authorize(changes), 'location') ?? ''
      return new URL(location).searchParams.get('code') ?? ''
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

/** Fields as a form; `undefined` leaves one out. */
export const formOf = (fields: Fields): string =>
  new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  ).toString()

/** The value of a header. */
export const headerOf = ({ headers }: Answer, name: string): string | undefined =>
  headers.find(([one]) => one === name)?.[1]

/** The two tokens of a success. */
export function tokensOf({ body }: Answer): { access: string; refresh: string } {
  const { access_token, refresh_token } = JSON.parse(body) as Record<string, string>
  return { access: access_token ?? '', refresh: refresh_token ?? '' }
}
