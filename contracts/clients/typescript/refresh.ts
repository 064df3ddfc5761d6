import type { CallAnswer, Env } from 'mock-oauth/contract'
import { tokensIn } from './login.ts'
import { habitsOf } from './providers.ts'
import type { Link, Store, Trouble } from './store.ts'
import type { Granted, TokenAnswer, Tokens } from './tokens.ts'

/** New tokens for a link, once, whoever asks and however many. */

/** A link whose tokens are newer than those that were seen; or why there are none. */
export type Renewal = { readonly link: Link } | { readonly answer: CallAnswer }

export interface Refresher {
  /** @param seen the link with the tokens that are over */
  renew(seen: Link): Promise<Renewal>
  /** Whether the refresh token will die of idleness soon. */
  isIdle(link: Link): boolean
  /** Waits for what is under way. */
  settled(): Promise<void>
}

interface Parts {
  readonly env: Env
  readonly store: Store
  readonly tokens: Tokens
  /** The client's clock, in milliseconds. */
  readonly now: () => number
  readonly log: (line: string) => void
}

export function createRefresher({ env, store, tokens, now, log }: Parts): Refresher {
  const { idleDays } = habitsOf(env.provider)
  const underWay = new Map<string, Promise<Renewal>>()

  /** One at a time, between processes as well: a refresh token works once. */
  const alone = (name: string, work: () => Promise<Renewal>) => store.alone(name, work)

  /** Whoever loses a race all the same is refused, in whatever words: then the winner's tokens are in the store. */
  async function winnerOver({ name, refreshToken }: Link): Promise<Link | undefined> {
    const stored = await store.read(name)
    return stored?.state === 'connected' && stored.refreshToken !== refreshToken ? stored : undefined
  }

  async function renewOnce({ name, accessToken }: Link): Promise<Renewal> {
    // Read here and not before: somebody else may have changed it while we waited.
    const link = await store.read(name)
    if (link?.state !== 'connected') return { answer: needsReauth(link) }
    if (link.accessToken !== accessToken) return { link }
    if (isPaused(link.trouble, now())) return { answer: troubled(link.trouble) }
    if (link.refreshToken === undefined) return { answer: needsReauth(await giveUp(link, 'no_refresh_token')) }
    const came = await tokens.refresh(link.refreshToken, { asked: link.asked, granted: link.scopes.join(' ') })
    // Saved before anybody uses it.
    if (came.kind === 'granted') return renewed(await store.update(name, ifUnchanged(link, renewedBy(came.granted))))
    const winner = await winnerOver(link)
    if (winner) return { link: winner }
    if (came.kind === 'refused' && came.code === 'invalid_grant')
      return { answer: needsReauth(await giveUp(link, came.code), came.status) }
    // Anything else says nothing of the grant, which is kept. What no person at a browser can mend is for the operator.
    const trouble = troubleOf(came, link.trouble, now())
    if (trouble.result === 'error') log(`ALARM: client ${env.clientId}: a refresh is refused: ${came.code}`)
    await store.update(
      name,
      ifUnchanged(link, (one) => ({ ...one, trouble })),
    )
    return { answer: troubled(trouble) }
  }

  const renewedBy =
    (granted: Granted) =>
    ({ trouble: _, lifetime: __, expiresAt: ___, ...link }: Link): Link => ({
      // What the answer leaves out stays as it was: the refresh token, the account.
      ...link,
      ...tokensIn(granted, now()),
      scopes: granted.scopes ?? link.scopes,
      account: { ...link.account, ...granted.account },
    })

  const giveUp = (link: Link, reason: string) =>
    store.update(
      link.name,
      ifUnchanged(link, (one) => ended(one, 'needs_reauth', reason)),
    )

  const renewed = (link: Link | undefined): Renewal =>
    link?.state === 'connected' ? { link } : { answer: needsReauth(link) }

  return {
    renew(seen) {
      const begun = underWay.get(seen.name)
      if (begun) return begun
      const renewal = alone(seen.name, () => renewOnce(seen)).finally(() => underWay.delete(seen.name))
      underWay.set(seen.name, renewal)
      return renewal
    },
    isIdle: ({ state, refreshToken, refreshedAt, name }) =>
      state === 'connected' &&
      refreshToken !== undefined &&
      idleDays !== undefined &&
      // Two thirds of its life, and not for all links at the same moment.
      now() - refreshedAt > idleDays * 86_400_000 * (0.66 - 0.1 * fractionOf(name)),
    settled: async () => void (await Promise.allSettled(underWay.values())),
  }
}

/** A new login, a disconnection or another process comes first: what was made from an older link is dropped. */
const ifUnchanged =
  (link: Link, change: (now: Link) => Link) =>
  (now: Link | undefined): Link | undefined =>
    now?.generation === link.generation ? change(now) : undefined

/** Without its tokens, and without anything to do with them. */
export const ended = (link: Link, state: 'needs_reauth' | 'disconnected', reason: string): Link => {
  const { accessToken: _, refreshToken: __, lifetime: ___, expiresAt: ____, trouble: _____, ...rest } = link
  return { ...rest, state, reason }
}

/** @param trouble the one before */
export function troubleOf(
  came: Exclude<TokenAnswer, { kind: 'granted' }>,
  trouble: Trouble | undefined,
  since: number,
): Trouble {
  const times = (trouble?.times ?? 0) + 1
  // At once, since an answer may have been lost; then after 2, 4, 8 seconds, and never more than a minute.
  const pause = times === 1 ? 0 : Math.min(1_000 * 2 ** (times - 1), 60_000)
  const asked = came.kind === 'unclear' ? (came.pause ?? 0) : 0
  const until = since + Math.max(pause, asked)
  const result = came.kind === 'refused' ? 'error' : 'transient'
  return { times, since, until, result, code: came.code, ...(came.status !== undefined && { status: came.status }) }
}

/** Where the clock was put back, nothing is waited for. */
export const isPaused = (trouble: Trouble | undefined, now: number): trouble is Trouble =>
  trouble !== undefined && now >= trouble.since && now < trouble.until

const troubled = ({ result, code, status }: Trouble): CallAnswer => ({
  result,
  code,
  ...(status !== undefined && { status }),
})

export const needsReauth = (link: Link | undefined, status?: number): CallAnswer => ({
  result: 'needs_reauth',
  code: link?.reason ?? 'not_connected',
  ...(status !== undefined && { status }),
})

/** Between 0 and 1, the same for the same name. */
const fractionOf = (name: string) =>
  [...name].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 997, 7) / 997
