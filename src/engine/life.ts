import { isUsedUp } from '../store/rotation.ts'
import type { EndedBy, Ending, Grant, RefreshToken } from '../store/store.ts'
import { never } from '../vocabulary/duration.ts'
import type { Environment } from '../vocabulary/environment.ts'
import { rotationOf } from '../vocabulary/rotation.ts'
import type { Exchange } from '../world/journal.ts'
import type { Subject, SubjectKind } from '../world/subject.ts'
import { isOver } from './checks/lifetime.ts'
import { redactSecret } from './redact.ts'

/** Something that happened to a code or token. */
export interface LifeEvent {
  /** ISO 8601, world time. */
  readonly at: string
  readonly event:
    | 'issued'
    /** Without a request: by the control API. */
    | 'minted'
    /** A wrong verifier came, and the provider forgot the challenge. */
    | 'challenge_lost'
    /** Its first use, after which it may be used again for a while. */
    | 'rotated'
    /** The while is over. */
    | 'window_over'
    /** Its last use. */
    | 'spent'
    /** A refresh ended it. */
    | 'replaced'
    | 'revoked'
    | 'expired'
    /** The authorization that it descends from ended, when it was dead already. */
    | 'grant_ended'
  /** The exchange that did it: `r3`. */
  readonly request?: string
  /** What that exchange was, as long as the journal has it: `token authorization_code`. */
  readonly what?: string
  /** Who ended the authorization. */
  readonly by?: EndedBy
  /** ISO 8601: how long it may be used again. */
  readonly until?: string
}

/** The life of a code, a token or a request URI. No secret in it. */
export interface Life {
  readonly kind: SubjectKind
  /** Its first characters and a digest: equal ones can be recognised. */
  readonly value: string
  readonly provider: string
  readonly client: string
  readonly grant?: string
  /** The code or refresh token that it was issued for, as `value` shows it. */
  readonly from?: string
  /** ISO 8601; left out where it has no end. */
  readonly expiresAt?: string
  /** How often it was used, where that is more than once or leaves it alive. */
  readonly uses?: number
  readonly events: readonly LifeEvent[]
  /** What ended it; left out while it is alive. */
  readonly over?: LifeEvent
}

/** What is told of anything that was given out, whatever it is. */
interface Recorded {
  readonly environment: string
  readonly clientId: string
  readonly issuedAt?: number
  readonly issuedBy?: string | undefined
  readonly from?: string | undefined
  readonly expiresAt: number
  readonly expired?: true
  readonly challengeLost?: Ending
  readonly rotated?: RefreshToken['rotated']
  readonly uses?: number
  readonly replaced?: Ending
  readonly spent?: Ending
  readonly revoked?: Ending
}

/** What a life is told by. */
export interface LifeSources {
  /** World time, in milliseconds. */
  readonly now: number
  readonly environment: Environment | undefined
  /** Looks an exchange up in the journal. */
  find(id: string): Exchange | undefined
}

const isoOf = (at: number): string => new Date(at).toISOString()

/** Tells the life of something that was given out, as it was known at a moment. */
export function lifeOf({ kind, value, record, grant }: Subject, sources: LifeSources): Life {
  const { environment, clientId, from, expiresAt, uses }: Recorded = record
  const ends = endingsOf(record, grant, windowIsOver(record, sources), sources)
  const [over] = ends
  return {
    kind,
    value: redactSecret(value),
    provider: environment,
    client: clientId,
    ...(grant && { grant: grant.id }),
    ...(from !== undefined && { from: redactSecret(from) }),
    ...(expiresAt !== never && { expiresAt: isoOf(expiresAt) }),
    ...(uses !== undefined && { uses }),
    events: [...beginningOf(record, sources), ...ends],
    ...(over && { over }),
  }
}

/** What an ending says: when, and by which exchange. */
function by({ at, request }: Ending, { find }: LifeSources): Omit<LifeEvent, 'event'> {
  const exchange = request === undefined ? undefined : find(request)
  const what = [exchange?.endpoint, exchange?.grantType].filter((part) => part !== undefined).join(' ')
  return { at: isoOf(at), ...(request !== undefined && { request }), ...(what !== '' && { what }) }
}

/** What happened to it while it was alive. */
function beginningOf({ issuedAt, issuedBy, challengeLost, rotated }: Recorded, sources: LifeSources): LifeEvent[] {
  const events: LifeEvent[] = []
  if (issuedAt !== undefined) {
    const event = issuedBy === undefined ? 'minted' : 'issued'
    events.push({ event, ...by({ at: issuedAt, ...(issuedBy !== undefined && { request: issuedBy }) }, sources) })
  }
  if (challengeLost) events.push({ event: 'challenge_lost', ...by(challengeLost, sources) })
  if (rotated) events.push({ event: 'rotated', ...by(rotated, sources), until: isoOf(rotated.until) })
  return events
}

/** What ended it, first, and what would have. */
function endingsOf(
  { replaced, spent, revoked, rotated, expired, expiresAt }: Recorded,
  grant: Grant | undefined,
  isWindowOver: boolean,
  sources: LifeSources,
): LifeEvent[] {
  const { ended } = grant ?? {}
  const ends: LifeEvent[] = []
  if (replaced) ends.push({ event: 'replaced', ...by(replaced, sources) })
  if (spent) ends.push({ event: 'spent', ...by(spent, sources) })
  if (revoked) ends.push({ event: 'revoked', ...by(revoked, sources), ...(ended && { by: ended.by }) })
  if (ends.length === 0 && rotated && isWindowOver) {
    ends.push({ event: 'window_over', at: isoOf(Math.min(rotated.until, sources.now)) })
  } else if (ends.length === 0 && isOver({ expiresAt, ...(expired && { expired }) }, sources.now)) {
    ends.push({ event: 'expired', at: isoOf(expiresAt) })
  }
  if (ended && !revoked) ends.push({ event: 'grant_ended', at: isoOf(ended.at), by: ended.by })
  return ends
}

/** Whether a refresh token that could be used again for a while can no longer. */
function windowIsOver(record: Subject['record'], { environment, now }: LifeSources): boolean {
  const policy = environment?.rules.refresh?.token.rotation
  return policy !== undefined && 'accessToken' in record && isUsedUp(record, rotationOf(policy), now)
}
