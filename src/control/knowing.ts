import { locate } from '../engine/locate.ts'
import { presentedIn } from '../engine/presented.ts'
import type { Address } from '../engine/visit.ts'
import type { HttpRequest } from '../vocabulary/wire.ts'
import type { World } from '../world/world.ts'
import type { Worlds } from './worlds.ts'

/** The world that a request is for, by what it presents; or what several worlds know alike. */
export type Knowing = { readonly world: World } | { readonly what: string; readonly worlds: readonly World[] }

/**
 * The default world where it knows the strongest thing that any world knows of a request, else the one other that does; the
 * default one too where nobody knows anything: it refuses truthfully.
 */
export async function worldThatKnows(
  { main, others }: Pick<Worlds, 'main' | 'others'>,
  request: HttpRequest,
  address: Address,
): Promise<Knowing> {
  const { environment } = locate(request.url, main, address.environment)
  if (!environment) return { world: main }
  for (const { what, isKnownTo } of presentedIn(request, environment)) {
    if (await isKnownTo(main.store)) return { world: main }
    const named = others()
    // All at once: they wait for nothing but each other's turns.
    const known = await Promise.all(named.map(({ store }) => isKnownTo(store)))
    const worlds = named.filter((_, i) => known[i])
    const [world, second] = worlds
    if (second) return { what, worlds }
    if (world) return { world }
  }
  return { world: main }
}
