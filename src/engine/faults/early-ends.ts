import { duration, inWords } from '../../vocabulary/duration.ts'
import type { Misbehaviours } from '../../vocabulary/fault.ts'
import { refuseBearer, tokenIn } from '../bearer.ts'
import { useBefore } from '../checks/lifetime.ts'
import type { FaultOrder } from '../orders.ts'
import type { Visit } from '../visit.ts'
import type { Strike, Struck } from './struck.ts'

type Said = Misbehaviours['expireEarly']

/** An order that knows the value of what it let end sooner. */
interface EarlyEnd extends FaultOrder {
  sooner(): string | undefined
}

/** Ends the access token that was presented, and refuses this very call for it. */
async function endPresented(visit: Visit, id: string): Promise<Struck> {
  const { world, environment, now, exchange } = visit
  const came = tokenIn(visit)
  const token = came === undefined ? undefined : await world.store.findAccessToken(came)
  const isOwn = token?.environment === environment.key
  if (!isOwn || !(await world.store.endAccessToken(token.value, { at: now, request: exchange }, 'expired'))) {
    return { words: 'no access token that is alive came with it' }
  }
  const about = { parameter: 'authorization', expected: useBefore({ expiresAt: now }), came: token.value }
  return {
    words: 'the access token ends now, and the call is refused for it',
    outcome: refuseBearer(visit, { kind: 'access_token_expired', ...about, fault: id }),
  }
}

/** Tokens that end sooner than the answer says; at an API, the one presented, now. */
export const expireEarly: Strike<Said> = {
  order({ now }, { after = '0s', token = 'access' }): EarlyEnd {
    let value: string | undefined
    let isSooner = false
    return {
      sooner: () => (isSooner ? value : undefined),
      issuing(kind, own) {
        if (kind === `${token}Token`) value = own
      },
      end(kind, usual) {
        const end = now + duration(after)
        if (kind !== `${token}Token` || end >= usual) return usual
        isSooner = true
        return end
      },
    }
  },
  async after(visit, { after = '0s', token = 'access' }, _, id, { outcome, order }) {
    if (visit.route.endpoint === 'api' || visit.route.endpoint === 'user-info') {
      return outcome.refusal
        ? { words: 'it was refused: no token that is alive came with it' }
        : endPresented(visit, id)
    }
    const made = (order as EarlyEnd | undefined)?.sooner()
    const { store } = visit.world
    const find = token === 'access' ? store.findAccessToken : store.findRefreshToken
    // What was made for a refresh is not always what the client is brought.
    if (made === undefined || !(await find(made)))
      return { words: `no new ${token} token ends sooner: none was issued, or it ends sooner by itself` }
    const when = duration(after) === 0 ? 'at once' : `after ${inWords(duration(after))}`
    return { words: `the ${token} token ends ${when}, whatever the answer says` }
  },
}
