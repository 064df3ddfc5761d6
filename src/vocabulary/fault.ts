import type { Json } from './json.ts'
import type { RefusalKind } from './refusal.ts'
import type { EndpointName } from './routes.ts'

/** Where a client's calls can go wrong: an endpoint, or one grant type at the token endpoint. */
export type FaultPlace =
  | Exclude<
      EndpointName,
      'sign-in' | 'sign-up' | 'connected-apps' | 'connected-accounts' | 'error-page' | 'logout' | 'device'
    >
  // The usual ones by name, so that an editor offers them beside what any other grant type may be.
  | 'token:authorization_code'
  | 'token:refresh_token'
  | (`token:${string}` & Record<never, never>)
  | 'webhook'

/** Before the engine does its work, or after it has really done it and only the answer suffers. */
export type FaultMoment = 'before' | 'after'

/** Which calls a fault strikes. */
export interface FaultAim {
  /** A provider or environment; any when left out. */
  readonly provider?: string
  /** A client id; any when left out. */
  readonly client?: string
  readonly on: FaultPlace
  /** Which of the calls that it could strike, counted from 1: `3`, `'2-4'`, `'3n'` (each third), `'!3n'` (all but these). */
  readonly nth?: number | string
  /** How often it strikes. Default: 1, without end for a pattern or a rate. */
  readonly times?: number
  /** How likely it strikes each of these calls, by the world's seed: 0 to 1. */
  readonly rate?: number
  readonly at?: FaultMoment
}

/** What can be done to a call, and what has to be said of it. */
export interface Misbehaviours {
  /** A refusal, in the provider's own dialect. */
  error: { readonly refusal: RefusalKind /** In place of the dialect's. */; readonly status?: number }
  /** An answer as given; a text as body is sent as it is, anything else as JSON. */
  status: {
    readonly status: number
    readonly body?: Json
    readonly contentType?: string
    readonly headers?: Readonly<Record<string, string>>
  }
  /** Real milliseconds: the client's timers are not the world's. */
  delay: { readonly ms: number }
  /** No answer, as long as the client waits. */
  hang: object
  /** The connection is reset. */
  drop: object
  /** The connection breaks off within the body: after so many bytes, else after half of them. */
  truncate: { readonly bytes?: number }
  /** The answer comes in small pieces. */
  slow: { readonly bytesPerSecond: number }
  /** The connection is closed behind the answer, unannounced. */
  close: object
  /** A body that is no JSON, or begins with a byte order mark. Default: `json`. */
  malformed: { readonly how?: 'json' | 'bom' }
  /** A page of some proxy in place of the answer. Default: 502 before, as it was after. */
  html: { readonly status?: number }
  /** No body. Default: 502 before, as it was after. */
  empty: { readonly status?: number }
  /** Another Content-Type than the body has. */
  contentType: { readonly value: string }
  /** 429 until a length of world time is over (RFC 6585 §4), with Retry-After in one of its forms (RFC 9110 §10.2.3). */
  rateLimit: { /** `30s` */ readonly retryAfter: string; readonly form?: 'seconds' | 'date' | 'none' }
  /** Sends the request elsewhere. Default: 307. */
  redirect: { readonly to: string; readonly status?: 301 | 302 | 303 | 307 | 308 }
  /** Leaves fields out of the answer, or parameters out of the callback: `scope`, `a.b`. */
  omit: { readonly fields: readonly string[] }
  /**
   * Other values in the answer or the callback. A token or code changed by it is the issued one from then on.
   * `lengths` makes tokens and codes that long.
   */
  replace: {
    readonly fields?: Readonly<Record<string, Json>>
    readonly lengths?: Readonly<Record<string, number>>
  }
  /** Other values on the way only: what was issued stays what it was. `null` leaves a parameter of the callback out. */
  tamper: { readonly fields: Readonly<Record<string, Json>> }
  /** The tokens end sooner than the answer says. Default: the access token. At the API: the token presented ends now. */
  expireEarly: { /** `10s` */ readonly after?: string; readonly token?: 'access' | 'refresh' }
  /** Holds requests until there are so many, or they are released, or real milliseconds are over. */
  hold: {
    readonly count: number
    /** One after another in this order, each when the one before is done; all at once when left out. */
    readonly order?: 'arrival' | 'reverse' | readonly number[]
    readonly forMs?: number
  }
}

/** What can be done to the delivery of an event, with every attempt of it. */
export interface WebhookMisbehaviours {
  /** It is never sent; the outbox shows it as delivered. */
  drop: object
  /** It is sent so much later, by the world's clock. */
  delay: { /** `10m` */ readonly by: string }
  /** It is sent so often in all, one after another, once it is received. Default: 2. */
  duplicate: { readonly copies?: number }
  /** So many are held back, and then sent newest first. Default: 2. */
  reorder: { readonly count?: number }
  /** It arrives before the answer of the call that caused it. */
  early: object
  /** The last digit of the signature is another. */
  wrongSignature: object
  noSignature: object
  /** The last delivery that was received comes once more beside this one, as it was. */
  replay: object
  /** Signed with a secret that the receiver does not have yet. */
  newSecret: { /** Made up when left out: the same one for all that the fault strikes. */ readonly secret?: string }
}

/** The kinds of faults in calls. */
export type FaultKind = keyof Misbehaviours
/** The kinds of faults in webhook deliveries. */
export type WebhookFaultKind = keyof WebhookMisbehaviours

type Of<Table> = { [Kind in keyof Table]: { readonly kind: Kind } & Table[Kind] }[keyof Table]

/** A fault in calls. */
export type CallFault = FaultAim & { readonly on: Exclude<FaultPlace, 'webhook'> } & Of<Misbehaviours>
/** A fault in webhook deliveries. */
export type WebhookFault = Omit<FaultAim, 'at'> & {
  readonly on: 'webhook'
  /** The provider's name of an event; any when left out. */
  readonly event?: string
} & Of<WebhookMisbehaviours>
/** A deliberate misbehaviour, armed for some calls. */
export type Fault = (CallFault | WebhookFault) & {
  /** Who permits it, where it is permitted: `RFC 6749 §5.1`. */
  readonly cites?: string
}

/** At which moments a kind can strike; the first is usual. */
export const faultMoments: Readonly<Record<FaultKind, readonly [FaultMoment, ...FaultMoment[]]>> = {
  error: ['before', 'after'],
  status: ['before', 'after'],
  delay: ['before', 'after'],
  hang: ['before', 'after'],
  drop: ['before', 'after'],
  truncate: ['after'],
  slow: ['after'],
  close: ['after'],
  malformed: ['after'],
  html: ['before', 'after'],
  empty: ['before', 'after'],
  contentType: ['after'],
  rateLimit: ['before'],
  redirect: ['before'],
  omit: ['after'],
  replace: ['after'],
  tamper: ['after'],
  expireEarly: ['after'],
  hold: ['before', 'after'],
}

/** The kinds that let the call go on when they strike before it; every other one answers in its place. */
export const letsThrough: ReadonlySet<string> = new Set<FaultKind>(['delay', 'hold'])

/** What a fault decides of a delivery: when it is sent, how it is signed, or what else. Of each, one fault decides. */
export const decidedBy: Readonly<Record<WebhookFaultKind, string>> = {
  drop: 'whether',
  delay: 'when',
  duplicate: 'how often',
  reorder: 'when',
  early: 'when',
  wrongSignature: 'signature',
  noSignature: 'signature',
  replay: 'what beside',
  newSecret: 'signature',
}

/** How many deliveries a `reorder` holds back, where it does not say. */
export const usualGroup = 2
/** When a fault strikes: as it says, else as is usual for its kind. */
export const momentOf = (fault: Fault): FaultMoment =>
  ('at' in fault && fault.at) || faultMoments[fault.kind as FaultKind]?.[0] || 'before'
