import type { Misbehaviours } from '../../vocabulary/fault.ts'
import type { HttpResponse } from '../../vocabulary/wire.ts'
import type { Outcome } from '../visit.ts'
import { refuseAs } from './refuse.ts'
import type { Strike } from './struck.ts'

const withStatus = ({ response, ...rest }: Outcome, status = response.status): Outcome => ({
  ...rest,
  response: { ...response, status },
})

/** Whole seconds until a moment, or that moment as HTTP writes it, which knows seconds alone (RFC 9110 §10.2.3). */
function retryAfter(
  until: number,
  now: number,
  form: 'seconds' | 'date' | 'none' = 'seconds',
): HttpResponse['headers'] {
  if (form === 'none') return []
  const value =
    form === 'seconds' ? `${Math.ceil((until - now) / 1000)}` : new Date(Math.ceil(until / 1000) * 1000).toUTCString()
  return [['retry-after', value]]
}

const plainLimit: HttpResponse = {
  status: 429,
  headers: [['content-type', 'text/plain; charset=utf-8']],
  body: 'Too Many Requests\n',
}

/** A refusal that no request has earned, as the provider words it. */
export const error: Strike<Misbehaviours['error']> = {
  async before(visit, { refusal, status }, id) {
    const refused = await refuseAs(visit, refusal, id, false)
    return refused
      ? { words: `refused as ${refusal}; nothing was done`, outcome: withStatus(refused, status) }
      : { words: `not refused as ${refusal}: it has a true answer` }
  },
  async after(visit, { refusal, status }, answered, id) {
    const refused = await refuseAs(visit, refusal, id, true)
    return refused
      ? {
          words: `all was done, and the answer ${answered.status} was not sent: it was refused as ${refusal}`,
          outcome: withStatus(refused, status),
        }
      : { words: `not refused as ${refusal}: the provider cannot` }
  },
}

/** 429 until a length of world time is over, in the provider's words where it has some. */
export const rateLimit: Strike<Misbehaviours['rateLimit']> = {
  async before(visit, { form }, id) {
    const { world, now, route } = visit
    const { until = now } = world.faults.find(id) ?? {}
    const kind = 'rate_limited'
    // At the authorization endpoint a refusal goes by the browser, and none is a 429.
    const refused = route.endpoint === 'authorize' ? undefined : await refuseAs(visit, kind, id, false)
    const { response, ...known } = refused ?? { response: plainLimit, refusal: { kind, fault: id } as const }
    const limited = { ...response, headers: [...response.headers, ...retryAfter(until, now, form)] }
    return {
      words: `429 until ${new Date(until).toISOString()}; nothing was done`,
      outcome: { ...known, response: limited },
    }
  },
}
