import { decodeJwt, type JWTPayload } from 'jose'
import type { MockOAuthOptions } from 'mock-oauth'
import { type Playing, play, type Seen, type Visitor } from '../pages/visitor.ts'
import { challenge, verifier } from '../pkce.ts'

/** What the token endpoint answers. */
export interface Tokens {
  readonly access_token: string
  readonly refresh_token?: string
  readonly id_token: string
}

/** A server by the book, and a client of it that keeps its rules. */
export interface ByTheBook extends Playing {
  readonly redirectUri: string
  /** Sends a form with the client's credentials. */
  post(url: string, fields: Readonly<Record<string, string>>): Promise<Response>
  /** Pushes an authorization request, and answers the URL for the browser (RFC 9126). */
  push(more?: Readonly<Record<string, string>>): Promise<string>
  /** Exchanges the code of a callback. */
  redeem(callback: string): Promise<Tokens>
  /** A person signs in and approves in this browser; what the client gets. */
  connect(visitor: Visitor, more?: Readonly<Record<string, string>>, name?: string): Promise<Tokens>
}

/** Plays the server until the test ends. */
export async function playByTheBook(options: Partial<MockOAuthOptions> = {}): Promise<ByTheBook> {
  const playing = await play('standard', options)
  const { played } = playing
  const redirectUri = played.redirectUris[0] ?? ''
  const authorizationUrl = (more: Readonly<Record<string, string>> = {}) =>
    playing.authorizationUrl({ redirect_uri: redirectUri, ...challenge, ...more })
  const post = (url: string, fields: Readonly<Record<string, string>>) => {
    const authorization = `Basic ${btoa(`${played.clientId}:${played.clientSecret}`)}`
    return fetch(url, { method: 'POST', headers: { authorization }, body: new URLSearchParams(fields) })
  }
  const redeem = async (callback: string): Promise<Tokens> => {
    const code = new URL(callback).searchParams.get('code') ?? ''
    const grant = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier }
    return (await post(played.tokenUrl, grant)).json() as Promise<Tokens>
  }
  return {
    ...playing,
    redirectUri,
    authorizationUrl,
    post,
    async push(more) {
      const pushed = Object.fromEntries(new URL(authorizationUrl(more)).searchParams)
      const { request_uri } = await (await post(`${played.baseUrl}/par`, pushed)).json()
      return `${played.authorizeUrl}?${new URLSearchParams({ client_id: played.clientId, request_uri })}`
    },
    redeem,
    async connect(visitor, more, name) {
      const consent = await visitor.signIn(authorizationUrl(more), name)
      return redeem((await visitor.click(consent, 'Approve')).location)
    },
  }
}

/** What an ID token says. */
export const claimsOf = ({ id_token }: Tokens): JWTPayload => decodeJwt(id_token)

/** The parameters with which a page sends the browser back to the client. */
export const answered = ({ location }: Seen): Record<string, string> =>
  Object.fromEntries(new URL(location).searchParams)

/** Whether a browser is sent to the sign-in page. */
export const asksToSignIn = ({ location }: Seen): boolean => /\/login\?/.test(location)
