import type { Door } from './doors/door.ts'
import { direct, embedded, fetching } from './doors/in-process.ts'
import { intercepted } from './doors/msw.ts'
import { proxied } from './doors/proxy.ts'
import { mountedInFastify, served } from './doors/server.ts'

export type { Answer, Door, Init, Open } from './doors/door.ts'
export { direct, served }

/** Every way to reach a mock; the first one is what the others are held against. */
export const doors: readonly [Door, ...Door[]] = [
  direct,
  embedded,
  fetching,
  served,
  mountedInFastify,
  intercepted,
  proxied,
]
