import type { Route } from '../vocabulary/routes.ts'
import type { HttpRequest, HttpResponse } from '../vocabulary/wire.ts'
import type { Exchange } from '../world/journal.ts'
import type { World } from '../world/world.ts'
import { isTooLarge } from './body-limit.ts'
import { endpoints } from './endpoints.ts'
import { misbehave } from './faults/misbehave.ts'
import { finish } from './finish.ts'
import { locate } from './locate.ts'
import { methodsOf, preflight, withAllow } from './methods.ts'
import { subjectOf } from './subject.ts'
import { unplayed } from './unknown.ts'
import type { Address, Decision, Outcome, Visit } from './visit.ts'

/** Answers one request from a world. Never throws for anything that a client sends. */
export const serve = async (request: HttpRequest, world: World, address: Address): Promise<HttpResponse> =>
  (await exchange(request, world, address)).response

/** The life of a request: find what stands at its URL, let it answer, write both into the journal. */
export async function exchange(
  request: HttpRequest,
  world: World,
  address: Address,
  decision?: Decision,
): Promise<Exchange> {
  const [id, at] = [world.journal.next(), world.clock.now()]
  const { cleared } = world.faults
  const located = locate(request.url, world, address.environment)
  const { url, query, environment, routes } = located
  const route = routes?.get(request.method === 'HEAD' ? 'GET' : request.method)
  const standing = route ?? routes?.values().next().value
  const outcome =
    environment && routes && standing
      ? await answer(
          { request, url, query, environment, route: standing, world, address, exchange: id, now: at, decision },
          routes,
          route !== undefined,
        )
      : unplayed(request, located, world.environments)
  const response = finish(outcome.response, request, environment, standing?.endpoint, at)
  const { refusal, clientId, grantType, posted, faults, done } = outcome
  const subject = refusal && (await subjectOf(world, refusal, at))
  const seen = {
    id,
    at,
    environment: environment?.key,
    endpoint: standing?.endpoint,
    grantType,
    clientId,
    request,
    response,
    posted,
    refusal,
    subject,
    faults,
    done,
  }
  // Nor of what had begun before the world was reset.
  if (outcome.forgotten || cleared.aborted) return seen
  // Nothing is told before it is kept, in no way.
  world.keep?.()
  world.journal.record(seen)
  // Every thousandth request pays for letting go of what has expired.
  if (id.endsWith('000')) await world.store.sweep(at)
  return seen
}

async function answer(visit: Visit, routes: ReadonlyMap<string, Route>, allowed: boolean): Promise<Outcome> {
  const { request, environment, route } = visit
  const { serve, refuse } = endpoints[route.endpoint]
  if (!allowed) {
    const methods = methodsOf(routes)
    if (request.method === 'OPTIONS') return preflight(request, environment, route.endpoint, methods)
    return withAllow(refuse(visit, { kind: 'method_not_allowed', expected: methods, came: request.method }), methods)
  }
  if (isTooLarge(request.body)) return refuse(visit, { kind: 'body_too_large', expected: 'at most 1 MB' })
  return visit.world.faults.any ? misbehave(visit, serve) : serve(visit)
}
