import type { DisconnectAnswer, Env } from 'mock-oauth/contract'
import { ended, isPaused, troubleOf } from './refresh.ts'
import type { Link, Store } from './store.ts'
import type { TokenAnswer, Tokens } from './tokens.ts'

/** The end of a link: forgotten here at once, and revoked at the provider as soon as that can be had. */

export interface Disconnector {
  disconnect(asked: { link?: string }): Promise<DisconnectAnswer>
  /** Tries once more to revoke what is still to be revoked. */
  retry(link: Link): Promise<DisconnectAnswer>
}

interface Parts {
  readonly env: Env
  readonly store: Store
  readonly tokens: Tokens
  /** The client's clock, in milliseconds. */
  readonly now: () => number
}

export function createDisconnector({ env, store, tokens, now }: Parts): Disconnector {
  /** Nothing is used from here on; what is left of the tokens is the one to be revoked. */
  const forget = (link: Link | undefined): Link | undefined => {
    if (!link || link.state === 'disconnected') return undefined
    const { accessToken, refreshToken } = link
    const left = ended(link, 'disconnected', 'disconnected')
    if (env.revokeUrl === undefined || accessToken === undefined) return left
    return { ...left, revocation: { accessToken, ...(refreshToken !== undefined && { refreshToken }) } }
  }

  async function revoke(link: Link | undefined): Promise<DisconnectAnswer> {
    if (!link?.revocation) return { result: 'removed', ...(!link && { code: 'not_connected' }) }
    if (isPaused(link.trouble, now())) return { result: 'pending', code: link.trouble.code }
    const came = await tokens.revoke(link.revocation)
    const { revocation: _, trouble: __, ...done } = link
    if (!came || isFinal(came)) {
      await store.update(link.name, (one) => (one?.generation === link.generation ? done : undefined))
      return came ? { result: 'removed', code: came.code } : { result: 'revoked' }
    }
    // The token lives, as long as nobody says otherwise.
    const trouble = troubleOf(came, link.trouble, now())
    await store.update(link.name, (one) => (one?.generation === link.generation ? { ...one, trouble } : undefined))
    return { result: 'pending', code: came.code }
  }

  return {
    disconnect: ({ link: name = 'default' }) =>
      // After a refresh that is under way: the token to be revoked is the one that it brings.
      store.alone(name, async () => revoke(await store.update(name, forget))),
    retry: ({ name }) => store.alone(name, async () => revoke(await store.read(name))),
  }
}

type Problem = Exclude<TokenAnswer, { kind: 'granted' }>

/** Whether there is nothing left to revoke, or nothing that trying again would change. */
const isFinal = ({ kind, status }: Problem) => kind === 'refused' || status === 400 || status === 401
