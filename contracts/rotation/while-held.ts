import type { Clause } from '../../src/contract/clause.ts'
import type { Evidence, Seen } from '../../src/contract/evidence.ts'
import { stepsOf } from '../../src/contract/reading.ts'
import type { Scene } from '../../src/contract/scene.ts'

/** What is done while a request is held, and of whom. */
export interface Held {
  /** A hold that two requests would open, and one comes to: `token:refresh_token hold count=2 forMs=6000` */
  readonly by: string
  /** Sends the request. */
  readonly act: () => Promise<unknown>
  readonly meanwhile: () => Promise<unknown>
}

/** A client that waits longer than anything is held: a slow machine must not look like a bad client. */
export const patient: NonNullable<Clause['env']> = (env) => ({ ...env, requestTimeoutMs: 8_000 })

/** Does something else while a request is held. In the control one comes after the other. */
export async function whileHeld(scene: Scene, { by, act, meanwhile }: Held): Promise<void> {
  const { faults } = scene.world
  let hold: string | undefined
  await scene.wrongly(() => {
    hold = faults.arm(by).id
  })
  const acting = act()
  acting.catch(() => {})
  // A client may never send the request.
  await (hold === undefined ? acting : Promise.race([faults.gathered(hold), acting]))
  await meanwhile()
  if (hold !== undefined) faults.release(hold)
  await acting
}

/** Asks for something that no request keeps waiting: a driver that takes one question at a time answers it late. */
export const askAside = (scene: Scene): Promise<string> => scene.begin('somebody else')

/** Whether a login was begun while a request was held: the driver takes more than one question at a time. */
export const tookAnother = (evidence: Evidence, mark: string, held: Seen): boolean =>
  stepsOf(evidence, 'begin', mark).some(({ answer, to }) => answer && to <= evidence.exchanges.indexOf(held))

export const oneAtATime = 'the driver takes one question at a time'
