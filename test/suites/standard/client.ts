import type { ClientInput, MockOAuth, MockOAuthOptions } from 'mock-oauth'
import type { Answer, Door } from '../../doors.ts'
import { challenge, verifier } from '../../pkce.ts'
import { locationOf, tokensOf } from '../answer.ts'
import { formOf } from '../form.ts'
import { openAtNoon, type Send } from '../open.ts'

/** Parameters by name; `undefined` leaves one out. */
export type Fields = Readonly<Record<string, string | undefined>>

/** What a program knows that keeps to the standard. */
export interface Integration {
  readonly mock: MockOAuth
  readonly clientId: string
  readonly clientSecret: string | undefined
  /** An answer as it came, without Date. */
  readonly request: Send
  /** What its authorization request holds. */
  asked(changes?: Fields): Fields
  authorize(changes?: Fields): Promise<Answer>
  /** The code that a person's approval brings to the callback. */
  code(changes?: Fields): Promise<string>
  /** A form at any endpoint, with the client's own credentials unless other headers are given. */
  post(path: string, fields: Fields, headers?: Record<string, string>): Promise<Answer>
  token(fields: Fields, headers?: Record<string, string>): Promise<Answer>
  exchange(code: string, changes?: Fields, headers?: Record<string, string>): Promise<Answer>
  refresh(refreshToken: string, changes?: Fields, headers?: Record<string, string>): Promise<Answer>
  /** Authorizes and exchanges. */
  connect(changes?: Fields): Promise<{ access: string; refresh: string }>
  /** Sends an authorization request ahead. */
  push(changes?: Fields, headers?: Record<string, string>): Promise<Answer>
  /** A protected resource with a bearer token. */
  get(path: string, accessToken?: string): Promise<Answer>
  /** Moves the frozen clock. */
  wait(time: string): Promise<void>
  /** The same program with the credentials of another client. */
  with(client: ClientInput): Promise<Integration>
}

export const issuer = 'https://standard.example'
export const scope = 'profile offline_access'
export const state = 'xyz'
export const callback = 'http://localhost:3000/callback'
const scopes = ['openid', 'profile', 'email', 'offline_access', 'api']

/** Opens the standard through a door, with a person who approves at once and a clock that stands still. */
export async function openStandard(door: Door, options: Partial<MockOAuthOptions> = {}): Promise<Integration> {
  const { mock, request } = await openAtNoon(door, 'standard', { client: { scopes }, ...options })
  const { clientId: id, clientSecret } = mock.provider()
  return integrate(mock, request, { id, ...(clientSecret === undefined ? {} : { secret: clientSecret }) })
}

/** What a client has been given; one with keys names itself in what it signs. */
interface Credentials {
  readonly id: string
  readonly secret?: string
  readonly jwks?: unknown
}

/** The Authorization header of a client, both halves encoded as a form encodes them. */
export const basic = (id: string, secret = ''): Record<string, string> => ({
  authorization: `Basic ${btoa(`${encoded(id)}:${encoded(secret)}`)}`,
})
const encoded = (text: string) => new URLSearchParams({ '': text }).toString().slice(1)

function integrate(mock: MockOAuth, request: Send, client: Credentials): Integration {
  const { id: clientId, secret: clientSecret } = client
  const proof = clientSecret === undefined ? {} : basic(clientId, clientSecret)
  const named = clientSecret === undefined && client.jwks === undefined ? { client_id: clientId } : {}
  const own: Integration = {
    mock,
    clientId,
    clientSecret,
    request,
    asked: (changes = {}) => ({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: callback,
      scope,
      state,
      ...challenge,
      ...changes,
    }),
    authorize: (changes) => request(`${issuer}/authorize?${formOf(own.asked(changes))}`),
    async code(changes) {
      return new URL(locationOf(await own.authorize(changes))).searchParams.get('code') ?? ''
    },
    post: (path, fields, headers = proof) =>
      request(issuer + path, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: formOf({ ...named, ...fields }),
      }),
    token: (fields, headers) => own.post('/token', fields, headers),
    exchange: (code, changes, headers) =>
      own.token(
        { grant_type: 'authorization_code', code, redirect_uri: callback, code_verifier: verifier, ...changes },
        headers,
      ),
    refresh: (refresh_token, changes, headers) =>
      own.token({ grant_type: 'refresh_token', refresh_token, ...changes }, headers),
    async connect(changes) {
      return tokensOf(await own.exchange(await own.code(changes)))
    },
    push: (changes, headers) => own.post('/par', own.asked(changes), headers),
    get: (path, token) =>
      request(issuer + path, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
    wait: async (time) => void (await mock.clock.advance(time)),
    with: async (input) =>
      integrate(mock, request, await mock.clients.register({ provider: 'standard', scopes, ...input })),
  }
  return own
}
