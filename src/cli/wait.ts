import { whoIsAt } from '../remote/control-call.ts'
import { duration } from '../vocabulary/duration.ts'
import { amissAt, baseOf, type ServerOptions } from './control.ts'
import { print } from './print.ts'
import { Stop } from './stop.ts'

const pause = 50

/** Returns when the server is ready, or fails when time is up. */
export async function wait({ timeout, ...server }: ServerOptions & { timeout: string }): Promise<void> {
  const base = baseOf(server)
  const until = performance.now() + duration(timeout)
  for (;;) {
    const presence = await whoIsAt(base, 1_000)
    if (presence === 'ready') return print(`ready at ${base}`)
    if (performance.now() >= until) {
      const what = presence === 'nobody' ? `Nothing answers at ${base}.` : amissAt(base, presence)
      throw new Stop(1, `Not ready after ${timeout}. ${what}`)
    }
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
}
