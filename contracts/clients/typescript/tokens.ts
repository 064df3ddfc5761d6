import { Buffer } from 'node:buffer'
import type { Env } from 'mock-oauth/contract'
import { askedPause, type Reply, type Silence, send } from './http.ts'
import { plainCode, readObject } from './json.ts'
import { habitsOf } from './providers.ts'

/** What the provider says of the account. Kept with the link. */
export type Account = Readonly<Record<string, string | number | boolean>>

export interface Granted {
  readonly accessToken: string
  readonly refreshToken?: string
  /** In milliseconds; left out where nobody says. */
  readonly lifetime?: number
  /** Left out where they are those asked for. */
  readonly scopes?: readonly string[]
  readonly account: Account
  /** When the provider wrote it, by its clock, in milliseconds; else by ours. */
  readonly at: number
}

/** What came of a token request: tokens; a refusal in OAuth's words; or nothing that says anything about the grant. */
export type TokenAnswer =
  | { readonly kind: 'granted'; readonly granted: Granted }
  | { readonly kind: 'refused'; readonly code: string; readonly status: number }
  | { readonly kind: 'unclear'; readonly code: string; readonly status?: number; readonly pause?: number }

export interface Tokens {
  exchange(code: string, verifier: string | undefined, scope: string): Promise<TokenAnswer>
  refresh(refreshToken: string, scope: { readonly asked: string; readonly granted: string }): Promise<TokenAnswer>
  /** `undefined` where it was revoked. */
  revoke(pair: Revocable): Promise<Exclude<TokenAnswer, { kind: 'granted' }> | undefined>
}

export interface Revocable {
  readonly accessToken: string
  readonly refreshToken?: string
}

const accountFields = ['user_id', 'account_id', 'public_key', 'live_mode']

/** A century: dates stay dates. */
const longestLife = 100 * 365 * 86_400

/** @param now the client's clock, in milliseconds */
export function createTokens(env: Env, now: () => number, log: (line: string) => void): Tokens {
  const habits = habitsOf(env.provider)

  /** Sends fields to an endpoint, with the client's credentials in one place and no other. */
  async function post(url: string, format: Env['bodyFormat'], asked: Readonly<Record<string, string>>) {
    const { headers, fields } = credentials(env)
    const body = { ...fields, ...asked }
    return send(
      url,
      {
        method: 'POST',
        headers: {
          ...headers,
          accept: 'application/json',
          'content-type': format === 'json' ? 'application/json' : 'application/x-www-form-urlencoded',
        },
        body: format === 'json' ? JSON.stringify(body) : new URLSearchParams(body).toString(),
      },
      env.requestTimeoutMs,
    )
  }

  const tokensBy = async (grantType: string, fields: Readonly<Record<string, string>>) => {
    const asked = { grant_type: grantType, ...fields }
    const reply = await post(env.tokenUrl, env.bodyFormat, asked)
    // Never the body: it holds secrets in both directions.
    log(`client ${env.clientId}: ${grantType}: ${wordsOf(reply)}`)
    return readAnswer(reply, now())
  }

  return {
    exchange: (code, verifier, scope) =>
      tokensBy('authorization_code', {
        code,
        ...(habits.redirectUri && { redirect_uri: env.redirectUri }),
        ...(verifier !== undefined && { code_verifier: verifier }),
        ...(habits.scopeAtExchange && { scope }),
      }),
    refresh: (refreshToken, scopes) =>
      tokensBy('refresh_token', {
        refresh_token: refreshToken,
        ...(habits.scopeAtRefresh && { scope: scopes[habits.scopeAtRefresh] }),
      }),
    async revoke({ accessToken, refreshToken }) {
      const url = env.revokeUrl ?? ''
      const token = refreshToken ?? accessToken
      const hint = refreshToken === undefined ? 'access_token' : 'refresh_token'
      const reply =
        habits.revokes === 'bearer'
          ? await send(
              url,
              { method: 'DELETE', headers: { authorization: `Bearer ${accessToken}` } },
              env.requestTimeoutMs,
            )
          : await post(
              url,
              'form',
              habits.revokes === 'token' ? { token, token_type_hint: hint } : { refresh_token: token },
            )
      log(`client ${env.clientId}: revocation: ${wordsOf(reply)}`)
      // There may be no body, and nothing is to be read in it.
      if ('status' in reply && reply.status >= 200 && reply.status < 300) return undefined
      const came = readAnswer(reply, now())
      return came.kind === 'granted' ? undefined : came
    },
  }
}

function credentials({ clientAuth, clientId, clientSecret }: Env): {
  headers?: Readonly<Record<string, string>>
  fields?: Readonly<Record<string, string>>
} {
  if (clientAuth === 'basic') {
    const pair = `${formEncoded(clientId)}:${formEncoded(clientSecret)}`
    return { headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` } }
  }
  if (clientAuth === 'secretOnly') return { fields: { client_secret: clientSecret } }
  if (clientAuth === 'none') return { fields: { client_id: clientId } }
  return { fields: { client_id: clientId, client_secret: clientSecret } }
}

/** RFC 6749 §2.3.1: a colon within an id would end it. */
const formEncoded = (text: string) => new URLSearchParams({ '': text }).toString().slice(1)

const wordsOf = (reply: Reply | Silence) => ('failure' in reply ? reply.failure : `${reply.status} ${plainType(reply)}`)

const plainType = ({ headers }: Reply) => /^[\w.+/-]{1,64}/.exec(headers.get('content-type') ?? '')?.[0] ?? 'no type'

function readAnswer(reply: Reply | Silence, now: number): TokenAnswer {
  if ('failure' in reply) return { kind: 'unclear', code: reply.failure }
  const { status } = reply
  const pause = askedPause(reply, now)
  const unclear = { kind: 'unclear', code: `http_${status}`, status, ...(pause !== undefined && { pause }) } as const
  // Such a status says that the server is not well: then its words say nothing of the grant.
  if (status === 429 || status >= 500) return unclear
  // Judged by what is in it: types are often wrong.
  const body = readObject(reply.text)
  // Some servers refuse by 200.
  if (typeof body?.error === 'string') return { kind: 'refused', code: plainCode(body.error), status }
  if (status < 200 || status > 299) return unclear
  if (!body) return { ...unclear, code: `no_json (${status} ${plainType(reply)})` }
  return readGranted(body, theirTime(reply, now)) ?? { ...unclear, ...problemOf(body) }
}

/** The provider's clock: ours, which has milliseconds, where they agree. */
function theirTime({ headers }: Reply, now: number): number {
  const date = Date.parse(headers.get('date') ?? '')
  return Math.abs(date - now) > 2_000 ? date : now
}

/** What can be sent in a header. */
const isToken = (value: unknown): value is string => typeof value === 'string' && /^[\x21-\x7e]+$/.test(value)

const isBearer = (type: unknown) => type === undefined || type === null || String(type).toLowerCase() === 'bearer'

const problemOf = ({ access_token }: Readonly<Record<string, unknown>>) => ({
  code: isToken(access_token) ? 'unknown_token_type' : 'no_access_token',
})

function readGranted(body: Readonly<Record<string, unknown>>, at: number): TokenAnswer | undefined {
  const { access_token: accessToken, refresh_token: refreshToken, token_type: type } = body
  if (!isToken(accessToken) || !isBearer(type)) return undefined
  const lifetime = readLifetime(body.expires_in)
  const scopes = readScopes(body.scope)
  const account = readAccount(body)
  return {
    kind: 'granted',
    granted: {
      accessToken,
      ...(isToken(refreshToken) && { refreshToken }),
      ...(lifetime !== undefined && { lifetime }),
      ...(scopes && { scopes }),
      account,
      at,
    },
  }
}

const readAccount = (body: Readonly<Record<string, unknown>>): Account =>
  Object.fromEntries(
    accountFields.flatMap((name) => {
      const value = body[name]
      return isPlain(value) ? [[name, value]] : []
    }),
  )

const isPlain = (value: unknown): value is Account[string] => ['string', 'number', 'boolean'].includes(typeof value)

/** What is no positive number says nothing: the token is used until it is refused. */
function readLifetime(told: unknown): number | undefined {
  const seconds = typeof told === 'string' ? Number(told) : told
  if (typeof seconds !== 'number' || !(seconds > 0)) return undefined
  return Math.min(seconds, longestLife) * 1000
}

/** Divided by spaces, as OAuth has it, or by commas, as some have it. */
const readScopes = (told: unknown) => (typeof told === 'string' ? told.split(/[ ,]+/).filter(Boolean) : undefined)
