import { environmentOf } from '../control/environments.ts'
import { furtherClients, peopleOf } from '../control/setup.ts'
import { clientsAtStart } from '../world/at-start.ts'
import type { Config } from './config.ts'
import type { Findings } from './findings.ts'
import type { Played } from './judge-played.ts'

type Path = readonly string[]

const plainly = (_: string, make: () => void) => make()

/** Judges the clients and the people: each field by itself first, so that one mistake does not hide another. */
export function judgeRegistered(config: Config, played: Played, findings: Findings): void {
  judgeDefaultClient(config, played, findings)
  judgeClients(config, played, findings)
  judgeUsers(config, played, findings)
}

function judgeDefaultClient({ client, webhooks }: Config, { environments }: Played, findings: Findings): void {
  if (webhooks && client?.webhooks) findings.add(['webhooks'], ' and client.webhooks are the same; keep one of them.')
  if (environments.length === 0) return
  judgeFields(['client'], client, findings, (part) => clientsAtStart({ environments, client: part }))
  if (webhooks) findings.attempt(['webhooks'], () => clientsAtStart({ environments, client: { webhooks } }))
}

function judgeClients(config: Config, { environments, names }: Played, findings: Findings): void {
  const { attempt, isSound } = findings
  const clients = itemsOf(config.clients, ['clients'], findings)
  const nowhere = new Set<string>()
  clients.forEach(({ provider, ...fields }, i) => {
    const path = ['clients', `${i}`]
    const at = provider === undefined ? path : [...path, 'provider']
    // An environment that a played provider does not have is told apart from a provider that is not played.
    if (provider !== undefined && !names(at, provider.split(':')[0] ?? '')) {
      nowhere.add(path.join('.'))
      return
    }
    const environment = attempt(at, () => environmentOf({ environments }, provider))
    if (!environment) return
    const probe = (part: object) => furtherClients([environment], [], [{ provider: environment.key, ...part }], plainly)
    judgeFields(path, fields, findings, probe)
  })
  const client = isSound(['client']) ? config.client : undefined
  const defaults = environments.length > 0 ? clientsAtStart({ environments, ...(client && { client }) }) : []
  furtherClients(environments, defaults, clients, (path, make) => {
    if (!nowhere.has(path)) attempt(path.split('.'), make)
  })
}

function judgeUsers({ users: listed }: Config, { environments }: Played, findings: Findings): void {
  const users = itemsOf(listed, ['users'], findings)
  users.forEach((user, i) => {
    judgeFields(['users', `${i}`], user, findings, (part) => peopleOf(environments, [part], plainly))
  })
  peopleOf(environments, users, (path, make) => findings.attempt(path.split('.'), make))
}

/** The items of a list; an empty one where something else stands. */
function itemsOf<T extends object>(listed: readonly T[] | undefined, path: Path, { entriesOf, isSound }: Findings) {
  return entriesOf(listed, path).map(([i, item]) =>
    isSound([...path, i]) || (typeof item === 'object' && item !== null) ? (item as T) : ({} as T),
  )
}

/** @param probe makes something of one field alone; of a list, of each item alone */
function judgeFields(
  path: Path,
  value: unknown,
  { attempt, entriesOf }: Findings,
  probe: (part: object) => unknown,
): void {
  for (const [field, given] of entriesOf(value, path)) {
    const items = ['redirectUris', 'scopes'].includes(field) ? entriesOf(given, [...path, field]) : []
    for (const [i, item] of items) attempt([...path, field, i], () => probe({ [field]: [item] }))
    if (items.length === 0) attempt([...path, field], () => probe({ [field]: given }))
  }
}
