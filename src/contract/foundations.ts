import type { Clause } from './clause.ts'
import { Halted } from './run/player.ts'

/** What clauses build upon: stories in which nothing goes wrong. A client that fails one is judged by what does not need it. */
export const foundations = {
  async connects(scene) {
    await scene.connect()
    await scene.call()
  },
  async refreshes(scene) {
    await scene.connect()
    await scene.call()
    await scene.expire()
    await scene.call()
  },
  /** What a client does that claims `concurrent`: one call is held until another one has come. */
  async concurrent(scene) {
    const { faults } = scene.world
    await scene.connect()
    const { id } = faults.arm('api hold count=2 forMs=1500')
    const calls = scene.calls(2)
    calls.catch(() => {})
    const met = await Promise.race([faults.gathered(id, 2).then(() => true), calls.then(() => false)])
    const isWell = (await calls).every(({ result }) => result === 'ok')
    if (isWell && !met) throw new Halted('two calls that were asked at the same time were made one after the other')
  },
} as const satisfies Readonly<Record<string, Clause['story']>>

export type Foundation = keyof typeof foundations
