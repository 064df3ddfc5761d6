import type { Environment } from '../vocabulary/environment.ts'
import type { Route } from '../vocabulary/routes.ts'
import type { World } from '../world/world.ts'
import { splitUrl } from './url.ts'
import type { Address } from './visit.ts'

/** What a URL stands for. */
export interface Located {
  /** Without query. */
  readonly url: string
  readonly query: string
  /** Whose host it is: of two played providers where both have it, of none where nobody does. */
  readonly owners: readonly Environment[]
  /** The one that is meant. */
  readonly environment: Environment | undefined
  /** What stands there, by method, if anything does. */
  readonly routes: ReadonlyMap<string, Route> | undefined
}

/** Takes a URL apart and finds what it stands for. */
export function locate(whole: string, { environments }: World, meant?: Address['environment']): Located {
  const { url, query } = splitUrl(whole)
  const origin = originOf(url)
  const owners = meant ? [meant] : environments.filter(({ origins }) => origins.includes(origin))
  const environment = owners.length > 1 ? undefined : owners[0]
  return { url, query, owners, environment, routes: environment?.routes.get(url) }
}

/** Scheme and host as they are written: `https://account.example/oauth` → `https://account.example`. */
const originOf = (url: string): string => url.slice(0, Math.max(0, url.indexOf('/', 'https://'.length)))
