import type { Environment } from '../vocabulary/environment.ts'
import type { Route } from '../vocabulary/routes.ts'
import type { World } from '../world/world.ts'
import { splitUrl } from './url.ts'

/** What a URL stands for. */
export interface Located {
  /** Without query. */
  readonly url: string
  readonly query: string
  /** Whose host it is, if anyone's. */
  readonly environment: Environment | undefined
  /** What stands there, by method, if anything does. */
  readonly routes: ReadonlyMap<string, Route> | undefined
}

/** Takes a URL apart and finds what it stands for. */
export function locate(whole: string, { environments }: World): Located {
  const { url, query } = splitUrl(whole)
  const isHome = (one: Environment) => one.routes.has(url) || one.origins.some((origin) => url.startsWith(`${origin}/`))
  const environment = environments.find(isHome)
  return { url, query, environment, routes: environment?.routes.get(url) }
}
