import type { Clause } from '../../src/contract/clause.ts'
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
