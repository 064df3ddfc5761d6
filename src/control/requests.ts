import { type Explanation, explain } from '../engine/explain.ts'
import { redact } from '../engine/redact.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import type { Exchange, ExchangeFilter } from '../world/journal.ts'
import type { World } from '../world/world.ts'
import { environmentOf } from './environments.ts'

/**
 * The journal, redacted, oldest first.
 * @throws {MockOAuthError} `unknown_provider`
 */
export function listRequests(world: World, filter: ExchangeFilter = {}): readonly Exchange[] {
  if (filter.provider !== undefined) environmentOf(world, filter.provider)
  return world.journal.list(filter).map(redact)
}

/**
 * Why a request was refused, and what was done to it on purpose; the last one that was refused or struck when no id is given.
 * @throws {MockOAuthError} `unknown_request`, `no_request`
 */
export function explainRequest({ journal, environments }: World, id?: string): Explanation {
  const exchange = id === undefined ? journal.list().findLast((one) => one.refusal || one.faults) : journal.find(id)
  if (!exchange) {
    if (id === undefined)
      throw new MockOAuthError('no_request', 'No request has been refused so far, and no fault has struck one.')
    const known = journal.list()
    const range = known.length > 0 ? `${known[0]?.id} to ${known.at(-1)?.id}` : 'none'
    throw new MockOAuthError('unknown_request', `There is no request "${id}". Kept: ${range}.`)
  }
  const environment = environments.find((one) => one.key === exchange.environment)
  return explain(exchange, environment, journal.find)
}
