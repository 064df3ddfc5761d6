import type { World } from '../world/world.ts'

/**
 * The same functions, whose promises wait until what they did is kept; these themselves where nothing outlives the process.
 * What is done at once, without a promise, is kept soon after.
 */
export function settling<D extends object>(world: World, desk: D): D {
  if (!world.settled) return desk
  const own = Object.entries(Object.getOwnPropertyDescriptors(desk)).map(([name, descriptor]) => {
    const { value } = descriptor
    if (typeof value === 'function') {
      const settled = (...args: unknown[]) => whenKept(world, value(...args))
      return [name, { ...descriptor, value: settled }]
    }
    const isDesk = typeof value === 'object' && value !== null && !Array.isArray(value)
    return [name, isDesk ? { ...descriptor, value: settling(world, value) } : descriptor]
  })
  return Object.defineProperties({}, Object.fromEntries(own)) as D
}

function whenKept(world: World, answer: unknown): unknown {
  if (answer instanceof Promise) return answer.then((value) => world.settled?.().then(() => value))
  // What cannot be kept is said to whoever waits next.
  world.settled?.().catch(() => undefined)
  return answer
}
