import { createHash, randomBytes } from 'node:crypto'
import type { CallbackAnswer, Env } from 'mock-oauth/contract'
import { plainCode } from './json.ts'
import { pageFor } from './pages.ts'
import { habitsOf } from './providers.ts'
import { digest, type Link, type Login, type Store } from './store.ts'
import type { Granted, Tokens } from './tokens.ts'

/** From the authorization request to the link. */

export interface Logins {
  begin(asked: { session: string; link?: string }): Promise<{ url: string }>
  callback(asked: { session: string; url: string }): Promise<CallbackAnswer>
}

/** How long a person may take, in milliseconds. */
const longestLogin = 3_600_000

/** After so many bad callbacks a browser's codes are not exchanged any more, for as long. */
const mostFailures = 10

interface Parts {
  readonly env: Env
  readonly store: Store
  readonly tokens: Tokens
  /** The client's clock, in milliseconds. */
  readonly now: () => number
  readonly log: (line: string) => void
}

export function createLogins({ env, store, tokens, now, log }: Parts): Logins {
  const habits = habitsOf(env.provider)
  /** Logins that are being finished. */
  const running = new Map<string, { readonly login: Login; readonly answer: Promise<CallbackAnswer> }>()
  const failures = new Map<string, { count: number; at: number }>()

  const answer = (outcome: CallbackAnswer['outcome'], code?: string, reason = code): CallbackAnswer => {
    log(`client ${env.clientId}: callback: ${outcome}${code === undefined ? '' : ` (${code})`}`)
    return { outcome, ...(code !== undefined && { code }), http: pageFor(outcome, reason) }
  }

  async function check(session: string, url: string): Promise<CallbackAnswer> {
    if (!URL.canParse(url)) return answer('rejected', 'no_url')
    const parameters = new URL(url).searchParams
    for (const name of ['code', 'state', 'error', 'iss']) {
      if (parameters.getAll(name).length > 1) return answer('rejected', 'repeated_parameter')
    }
    // Before anything else: whose login is it?
    const state = parameters.get('state') ?? ''
    const login = running.get(state)?.login ?? (await store.findLogin(state))
    if (!login || login.session !== digest(session)) return answer('rejected', 'state_unknown')
    if (login.authorizeUrl !== env.authorizeUrl) return answer('rejected', 'other_provider')
    if (now() - login.at > longestLogin) return answer('rejected', 'login_expired')
    if (env.issuer !== undefined && (parameters.get('iss') ?? (habits.namesIssuer ? '' : env.issuer)) !== env.issuer)
      return answer('rejected', 'issuer_mismatch')
    // A browser may send it twice at once: one of the two takes the login, and both get its answer.
    const begun = running.get(state)
    if (begun) return begun.answer
    const taken = store.takeLogin(state)
    const finished = taken.then((mine) => (mine ? finish(login, parameters) : answer('rejected', 'state_used')))
    running.set(state, { login, answer: finished })
    return finished.finally(() => running.delete(state))
  }

  /** The login is used up, whatever comes of it. */
  function finish(login: Login, parameters: URLSearchParams): CallbackAnswer | Promise<CallbackAnswer> {
    const error = parameters.get('error')
    if (error !== null) return answer(error === 'access_denied' ? 'denied' : 'failed', plainCode(error), error)
    const code = parameters.get('code')
    if (!code) return answer('rejected', 'code_missing')
    return exchange(login, code)
  }

  async function exchange(login: Login, code: string): Promise<CallbackAnswer> {
    // Once: a code whose answer was lost may be used up, and the person is still there to log in again.
    const came = await tokens.exchange(code, login.verifier, login.scope)
    if (came.kind !== 'granted') return answer('failed', came.code)
    const { granted } = came
    let other = false
    const link = await store.update(login.link, (before) => {
      other = isOther(before, granted)
      return other ? undefined : linkFrom(login, granted)
    })
    // Whoever relies on this link means the account that it had.
    if (other) return answer('rejected', 'account_mismatch')
    const missing = login.scope.split(' ').filter((scope) => !link?.scopes.includes(scope))
    if (missing.length > 0) log(`client ${env.clientId}: not granted: ${missing.join(' ')}`)
    return answer('connected', store.isUnsaved(login.link) ? 'store_failed' : undefined)
  }

  const isOther = (before: Link | undefined, { account }: Granted): boolean => {
    const known = habits.accountId && before?.state !== 'disconnected' ? before?.account[habits.accountId] : undefined
    const came = habits.accountId && account[habits.accountId]
    return known !== undefined && came !== undefined && String(known) !== String(came)
  }

  const linkFrom = ({ link: name, scope: asked }: Login, granted: Granted): Link => ({
    name,
    generation: 0,
    state: 'connected',
    ...tokensIn(granted, now()),
    connectedAt: granted.at,
    asked,
    scopes: granted.scopes ?? asked.split(' '),
    account: granted.account,
  })

  const tooMany = (session: string) => {
    const { count = 0, at = 0 } = failures.get(session) ?? {}
    return count >= mostFailures && Math.abs(now() - at) < longestLogin
  }
  const count = (session: string, { outcome }: CallbackAnswer) => {
    if (outcome === 'connected') failures.delete(session)
    if (outcome !== 'rejected' && outcome !== 'failed') return
    if (failures.size > 10_000) failures.clear()
    failures.set(session, { count: (failures.get(session)?.count ?? 0) + 1, at: now() })
  }

  return {
    async begin({ session, link = 'default' }) {
      await store.forgetLogins(now() - longestLogin)
      const state = randomBytes(32).toString('base64url')
      const verifier = env.pkce ? randomBytes(32).toString('base64url') : undefined
      const scope = env.scopes.join(' ')
      const { authorizeUrl } = env
      const login = { link, session: digest(session), scope, authorizeUrl, at: now() }
      await store.keepLogin(state, { ...login, ...(verifier !== undefined && { verifier }) })
      // The endpoint's own query stays; what is said there is not said twice.
      const url = new URL(authorizeUrl)
      const asked = {
        ...habits.extra,
        client_id: env.clientId,
        response_type: 'code',
        scope,
        state,
        ...(habits.redirectUri && { redirect_uri: env.redirectUri }),
        ...(verifier !== undefined && { code_challenge: challengeOf(verifier), code_challenge_method: 'S256' }),
      }
      for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value)
      return { url: url.href }
    },

    async callback({ session, url }) {
      if (tooMany(session)) return answer('rejected', 'too_many_failures')
      const came = await check(session, url)
      count(session, came)
      return came
    },
  }
}

/** RFC 7636 §4.2 */
const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url')

/** The part of a link that a token answer brings. */
export const tokensIn = (granted: Granted, now: number) => ({
  accessToken: granted.accessToken,
  ...(granted.refreshToken !== undefined && { refreshToken: granted.refreshToken }),
  ...(granted.lifetime !== undefined && { lifetime: granted.lifetime, expiresAt: now + granted.lifetime }),
  refreshedAt: now,
})
