import { type Evidence, type Finding, saw } from '../../src/contract/evidence.ts'
import { refreshes, results, since, staleRefreshes, stepsOf, times, under } from '../../src/contract/reading.ts'
import type { Scene } from '../../src/contract/scene.ts'
import type { FaultInput } from '../../src/control/faults.ts'

/** Refreshes that fail though nothing is wrong with the grant. */

/** Lets the refreshes of one call fail, as often as it tries; the next call, two minutes later, finds all well. */
export async function refreshInTrouble(scene: Scene, name: string, fault: Readonly<Record<string, unknown>>) {
  await scene.expire()
  scene.arm({ on: 'token:refresh_token', nth: '1n', ...fault } as FaultInput)
  scene.mark(name)
  await scene.call()
  for (const { id, on } of scene.world.faults.list()) if (on === 'token:refresh_token') scene.world.faults.remove(id)
  await scene.advance('2m')
  scene.mark(`after ${name}`)
  await scene.call()
}

/** Why there was no such trouble. */
export const untroubled = (evidence: Evidence, name: string): string | undefined =>
  refreshes(under(evidence, name)).some(({ faults }) => faults?.length) ? undefined : `no refresh met ${name}`

/** Why it cannot be known how the client took such trouble. */
export const unseen = (evidence: Evidence, name: string): string | undefined =>
  untroubled(evidence, name) ??
  (stillWaits(evidence, name) ? `it did not try again after ${name}, and no time can pass for it` : undefined)

/** For a client whose clock cannot be moved no two minutes are over: it may be about to try again. */
function stillWaits(evidence: Evidence, name: string): boolean {
  const [later] = results(evidence, `after ${name}`)
  return (
    (later === 'transient' || later === 'error') &&
    refreshes(under(evidence, `after ${name}`)).length === 0 &&
    stepsOf(evidence, 'advance').length === 0
  )
}

/** More refreshes than these within one call are a storm. */
const most = 5

/** What was wrong with how a client took it. @param allowed what the call may have come to */
export function mistaken(
  evidence: Evidence,
  name: string,
  allowed: readonly string[] = ['transient', 'error'],
): Finding | undefined {
  const sent = refreshes(under(evidence, name))
  if (untroubled(evidence, name) !== undefined) return undefined
  const [said] = results(evidence, name)
  if (said !== undefined && !allowed.includes(said))
    return saw(`says ${said} of ${name} at the token endpoint`, ...sent)
  if (sent.length > most) return saw(`refreshed ${times(sent.length)} within one call, against ${name}`, ...sent)
  const [stale] = staleRefreshes(since(evidence)).filter(({ mark }) => mark.endsWith(name))
  if (stale) return saw(`presented another refresh token after ${name}`, stale)
  const [later] = results(evidence, `after ${name}`)
  if (later === undefined || later === 'ok' || stillWaits(evidence, name)) return undefined
  const again = refreshes(under(evidence, `after ${name}`))
  return saw(`says ${later} two minutes after ${name}, when all was well again`, ...again)
}
