import type {
  AccessToken,
  Application,
  AuthorizationCode,
  Client,
  DeviceRequest,
  Grant,
  KeyRing,
  OpenPage,
  PushedRequest,
  RefreshToken,
  Session,
  User,
} from './store.ts'
import type { Change, Kept } from './table.ts'
import type { Forgetting, TakenId } from './taken-ids.ts'

/** What each table holds. */
interface Records {
  readonly clients: Client
  readonly applications: Application
  readonly users: User
  readonly keyRings: KeyRing
  readonly sessions: Session
  readonly pages: OpenPage
  readonly requests: PushedRequest
  readonly devices: DeviceRequest
  readonly assertions: TakenId
  readonly forgetting: Forgetting
  readonly grants: Grant
  readonly codes: AuthorizationCode
  readonly accessTokens: AccessToken
  readonly refreshTokens: RefreshToken
}

/** All that a store holds, the dead that it remembers included, each table in order. JSON writes an end that never comes as null. */
export type StoreState = { readonly [Name in keyof Records]: readonly Kept<Records[Name]>[] }

/** What can be kept of a store elsewhere. */
export interface Keepable {
  /** What is there by now; its records are not copied, and never change. */
  dump(): StoreState
  /** Goes on from what another has dumped, and forgets all else, at once. */
  load(state: StoreState): void
  /** What has changed since this was asked last; all that there is when it was cleared or loaded. For stores that are watched. */
  takeChanges(): { readonly changes: readonly Change[]; readonly anew: boolean }
}

/** Members of records that say when something ends, which may be never. */
const ends = ['expiresAt', 'toldEnd', 'wouldEnd'] as const

type Ending = { readonly [End in (typeof ends)[number]]?: number | null } & { readonly rotated?: Ending }

/** JSON has no infinity, and writes null. */
export function unending<K extends Kept>(kept: K): K {
  const record = kept.record as Ending
  const { rotated } = record
  if (![record, rotated].some((one) => one && ends.some((end) => one[end] === null))) return kept
  return { ...kept, record: { ...withEnds(record), ...(rotated && { rotated: withEnds(rotated) }) } }
}

const withEnds = (record: Ending): Ending => ({
  ...record,
  ...Object.fromEntries(ends.flatMap((end) => (record[end] === null ? [[end, Number.POSITIVE_INFINITY]] : []))),
})
