import type { Grant } from '../index.ts'
import { findServer, type ServerOptions } from './control.ts'
import { endOf, listOfGrants } from './grants.ts'
import { print } from './print.ts'
import { Stop } from './stop.ts'

/** Who disconnects. */
export type Revoker = 'user' | 'client' | 'provider'

/** Ends a grant with all its tokens; lists the grants when none is named. */
export async function revoke(id: string | undefined, { by, ...at }: ServerOptions & { by: Revoker }): Promise<void> {
  const server = await findServer(at)
  const grants = await server.get<readonly Grant[]>('/grants')
  if (id === undefined) return print(...listOfGrants(grants))
  const grant = grants.find((one) => one.id === id)
  if (!grant) throw new Stop(2, [`There is no grant "${id}".`, ...listOfGrants(grants)].join('\n'))
  if (grant.ended) throw new Stop(1, `${grant.id} has ended already: ${endOf(grant)}.`)
  await server.post(`/grants/${encodeURIComponent(grant.id)}/revoke`, { by })
  print(`revoked ${grant.id} by the ${by}: every token of it is dead`)
}
