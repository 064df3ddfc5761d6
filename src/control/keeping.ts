import type { World } from '../world/world.ts'

/** The same functions, each of which answers when what it did is kept; these themselves where nothing outlives the process. */
export function keeping<D extends object>(world: World, desk: D): D {
  if (!world.keep) return desk
  const own = Object.entries(Object.getOwnPropertyDescriptors(desk)).map(([name, descriptor]) => {
    const { value } = descriptor
    if (typeof value === 'function') {
      const kept = (...args: unknown[]) => whenKept(world, value(...args))
      return [name, { ...descriptor, value: kept }]
    }
    const isDesk = typeof value === 'object' && value !== null
    return [name, isDesk ? { ...descriptor, value: keeping(world, value) } : descriptor]
  })
  return Object.defineProperties({}, Object.fromEntries(own)) as D
}

function whenKept(world: World, answer: unknown): unknown {
  if (answer instanceof Promise) return answer.then((value) => whenKept(world, value))
  world.keep?.()
  return answer
}
