import type { Clause } from './clause.ts'

/** What clauses build upon: stories in which nothing goes wrong. A client that fails one is judged by what does not need it. */
export const foundations: Readonly<Record<'connects' | 'refreshes', Clause['story']>> = {
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
}
