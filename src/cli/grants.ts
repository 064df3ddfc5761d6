import type { Grant, Lineage, LineageToken } from '../index.ts'
import { timeOf } from '../lines/exchange-line.ts'
import { eventWords } from '../lines/life-line.ts'
import { findServer, type ServerOptions } from './control.ts'
import { print, printJson } from './print.ts'
import { table } from './table.ts'

/** Lists what is or was connected; draws the family tree of one grant, where one is named. */
export async function grants(
  id: string | undefined,
  { json, ...at }: ServerOptions & { json?: boolean },
): Promise<void> {
  const server = await findServer(at)
  if (id === undefined) {
    const all = await server.get<readonly Grant[]>('/grants')
    return json ? printJson(all) : print(...listOfGrants(all))
  }
  const lineage = await server.get<Lineage>(`/grants/${encodeURIComponent(id)}`)
  if (json) return printJson(lineage)
  print(...factsOf(lineage.grant), '', ...treeOf(lineage.tokens))
}

/** Grants as a table. */
export function listOfGrants(all: readonly Grant[]): string[] {
  if (all.length === 0) return ['Nothing is connected so far.']
  const rows = all.map((grant) => [grant.id, grant.environment, grant.scope, timeOf(grant.startedAt), endOf(grant)])
  return table([['GRANT', 'PROVIDER', 'SCOPE', 'SINCE', 'ENDED'], ...rows])
}

/** When a grant ended, and by whom; empty while it stands. */
export const endOf = ({ ended }: Grant): string => (ended ? `${timeOf(ended.at)} by ${ended.by}` : '')

function factsOf(grant: Grant): string[] {
  const { id, environment, clientId, userId, scope, type, startedAt } = grant
  const facts = [
    ['Grant', id],
    ['Provider', environment],
    ['Client', clientId],
    ['User', userId ?? ''],
    ['Scope', scope],
    ['Began', `${timeOf(startedAt)} by ${type}`],
    ['Ended', endOf(grant)],
  ]
  return table(facts.filter(([, value]) => value !== ''))
}

/** Codes and tokens as a tree, each below what it was issued for. */
function treeOf(tokens: readonly LineageToken[]): string[] {
  const branches = branchesOf(tokens)
  const rows = tokens.map((token, i) => {
    const [issued] = token.events
    const name = `${branches[i] ?? ''}${token.kind.replace('_', ' ')} ${token.value}`
    const begun = issued ? [timeOf(Date.parse(issued.at)), issued.request ?? issued.event] : ['', '']
    return [name, ...begun, stateOf(token)]
  })
  return table([['TOKEN', 'ISSUED', 'BY', 'NOW'], ...rows])
}

function stateOf({ over, expiresAt, uses }: LineageToken): string {
  const used = uses === undefined || uses < 2 ? '' : `, used ${uses} times`
  if (over) return `dead: ${eventWords(over)} at ${timeOf(Date.parse(over.at))}${used}`
  return `alive${expiresAt === undefined ? '' : ` until ${timeOf(Date.parse(expiresAt))}`}${used}`
}

/** What stands before each name, from the last to the first: whether more comes below at a depth is known then. */
function branchesOf(tokens: readonly LineageToken[]): string[] {
  const branches: string[] = []
  let open: boolean[] = []
  for (const { depth } of tokens.toReversed()) {
    const isLast = !open[depth]
    const rails = Array.from({ length: Math.max(0, depth - 1) }, (_, i) => (open[i + 1] ? '│  ' : '   ')).join('')
    branches.push(depth === 0 ? '' : `${rails}${isLast ? '└─ ' : '├─ '}`)
    open = [...Array.from({ length: depth }, (_, i) => open[i] ?? false), true]
  }
  return branches.reverse()
}
