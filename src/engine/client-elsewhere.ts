import type { Visit } from './visit.ts'

/** The other environment that knows a client id, if one does: production and sandbox have clients of their own. */
export async function findElsewhere({ world, environment }: Visit, id: string): Promise<string | undefined> {
  for (const { key } of world.environments)
    if (key !== environment.key && (await world.store.findClient(key, id))) return key
  return undefined
}
