import type { Grant } from '../index.ts'
import { findServer, type ServerOptions } from './control.ts'
import { timeOf } from './exchange-line.ts'
import { print } from './print.ts'
import { Stop } from './stop.ts'
import { table } from './table.ts'

/** Who disconnects. */
export type Revoker = 'user' | 'client' | 'provider'

/** Ends a grant with all its tokens; lists the grants when none is named. */
export async function revoke(id: string | undefined, { by, ...at }: ServerOptions & { by: Revoker }): Promise<void> {
  const server = await findServer(at)
  const grants = await server.get<readonly Grant[]>('/grants')
  if (id === undefined) return print(...listOf(grants))
  const grant = grants.find((one) => one.id === id)
  if (!grant) throw new Stop(2, [`There is no grant "${id}".`, ...listOf(grants)].join('\n'))
  if (grant.ended) throw new Stop(1, `${grant.id} has ended already: ${endOf(grant)}.`)
  await server.post(`/grants/${encodeURIComponent(grant.id)}/revoke`, { by })
  print(`revoked ${grant.id} by the ${by}: every token of it is dead`)
}

function listOf(grants: readonly Grant[]): string[] {
  if (grants.length === 0) return ['Nothing is connected so far.']
  const rows = grants.map((grant) => [grant.id, grant.environment, grant.scope, timeOf(grant.startedAt), endOf(grant)])
  return table([['GRANT', 'PROVIDER', 'SCOPE', 'SINCE', 'ENDED'], ...rows])
}

const endOf = ({ ended }: Grant): string => (ended ? `${timeOf(ended.at)} by ${ended.by}` : '')
