import type { Grant } from '../index.ts'
import { findServer, type ServerOptions } from './control.ts'
import { timeOf } from './exchange-line.ts'
import { print } from './print.ts'
import { Stop } from './stop.ts'
import { table } from './table.ts'

/** Who disconnects. */
export type Revoker = 'user' | 'client' | 'provider'

/** Ends a grant with all its tokens. */
export async function revoke(id: string | undefined, { by, ...at }: ServerOptions & { by: Revoker }): Promise<void> {
  const server = await findServer(at)
  const grants = await server.get<readonly Grant[]>('/grants')
  const grant = grants.find((one) => one.id === id)
  if (!grant) throw new Stop(2, missing(id, grants))
  if (grant.ended) throw new Stop(1, `${grant.id} has ended already: ${endOf(grant)}.`)
  await server.post(`/grants/${encodeURIComponent(grant.id)}/revoke`, { by })
  print(`revoked ${grant.id} by the ${by}: every token of it is dead`)
}

function missing(id: string | undefined, grants: readonly Grant[]): string {
  const sentence = id === undefined ? 'Name a grant.' : `There is no grant "${id}".`
  if (grants.length === 0) return `${sentence} Nothing is connected so far.`
  const rows = grants.map((grant) => [grant.id, grant.environment, grant.scope, timeOf(grant.startedAt), endOf(grant)])
  return [`${sentence} There are:`, ...table([['GRANT', 'PROVIDER', 'SCOPE', 'SINCE', 'ENDED'], ...rows], '  ')].join(
    '\n',
  )
}

const endOf = ({ ended }: Grant): string => (ended ? `${timeOf(ended.at)} by ${ended.by}` : '')
