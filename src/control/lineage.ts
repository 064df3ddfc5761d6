import { type Life, type LifeSources, lifeOf } from '../engine/life.ts'
import type { Grant, TokenFamily } from '../store/store.ts'
import type { Subject } from '../world/subject.ts'
import type { World } from '../world/world.ts'
import { grantOf } from './grants.ts'

/** A code or token of a family, and where it stands in the tree. */
export interface LineageToken extends Life {
  readonly alive: boolean
  /** How many stand above it: 0 for the code, or for the first tokens where there is none. */
  readonly depth: number
}

/** A grant and the tree of what descends from it. No secret in it. */
export interface Lineage {
  readonly grant: Grant
  /** Each code and refresh token, and behind it what it has brought. One whose parent is forgotten stands at the top. */
  readonly tokens: readonly LineageToken[]
}

/**
 * The family tree of a grant, as far as it is alive or remembered.
 * @throws {MockOAuthError} `unknown_grant`
 */
export async function findLineage(world: World, id: string): Promise<Lineage> {
  const { store, clock, environments, journal } = world
  const grant = await grantOf(world, id)
  const environment = environments.find(({ key }) => key === grant.environment)
  const sources = { now: clock.now(), environment, find: journal.find }
  return { grant, tokens: inTreeOrder(membersOf(await store.listFamily(id), grant), sources) }
}

/** The members of a family in the order in which they were issued; of a pair, the access token first. */
function membersOf({ codes, accessTokens, refreshTokens }: TokenFamily, grant: Grant): Subject[] {
  const members: Subject[] = [
    ...codes.map((record) => member(record.device ? 'device_code' : 'code', record, grant)),
    ...accessTokens.map((record) => member('access_token', record, grant)),
    ...refreshTokens.map((record) => member('refresh_token', record, grant)),
  ]
  return members.sort((a, b) => numberOf(a) - numberOf(b))
}

const member = (
  kind: Subject['kind'],
  record: Extract<Subject['record'], { value: string }>,
  grant: Grant,
): Subject => ({ kind, value: record.value, record, grant })

/** Which exchange issued it; none before the first. */
const numberOf = ({ record }: Subject): number =>
  'issuedBy' in record && record.issuedBy !== undefined ? Number(record.issuedBy.slice(1)) : 0

/** Each member, and behind it all that descends from it. A long chain of refreshes is deep: no recursion. */
function inTreeOrder(members: readonly Subject[], sources: LifeSources): LineageToken[] {
  const values = new Set(members.map(({ value }) => value))
  const children = new Map<string | undefined, Subject[]>()
  for (const one of members) {
    const from = 'from' in one.record ? one.record.from : undefined
    const parent = from !== undefined && values.has(from) ? from : undefined
    const siblings = children.get(parent)
    if (siblings) siblings.push(one)
    else children.set(parent, [one])
  }
  const ordered: LineageToken[] = []
  const waiting = (children.get(undefined) ?? []).map((one) => ({ one, depth: 0 })).reverse()
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { one, depth } = next
    const life = lifeOf(one, sources)
    ordered.push({ ...life, alive: life.over === undefined, depth })
    const below = children.get(one.value) ?? []
    waiting.push(...below.map((child) => ({ one: child, depth: depth + 1 })).reverse())
  }
  return ordered
}
