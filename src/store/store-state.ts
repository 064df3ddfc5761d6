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

interface WithEnds {
  readonly expiresAt?: number | null
  readonly toldEnd?: number | null
  readonly rotated?: { readonly wouldEnd: number | null }
}

/** JSON has no infinity, and writes null. */
export function unending<K extends Kept>(kept: K): K {
  const never = Number.POSITIVE_INFINITY
  const { expiresAt, toldEnd, rotated } = kept.record as WithEnds
  if (expiresAt !== null && toldEnd !== null && rotated?.wouldEnd !== null) return kept
  const ends = {
    ...(expiresAt === null && { expiresAt: never }),
    ...(toldEnd === null && { toldEnd: never }),
    ...(rotated?.wouldEnd === null && { rotated: { ...rotated, wouldEnd: never } }),
  }
  return { ...kept, record: { ...(kept.record as object), ...ends } }
}
