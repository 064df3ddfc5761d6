/** The words of the driver protocol, version 1: one JSON object a line, requests in, answers out, in any order. */

export const protocolVersion = 1

/** What a client is told at its start: how the provider is reached, as who, and where to keep what must outlive the process. */
export interface Env {
  /** `mekari`, `mercado-pago`, `finexer`, `mercury`, `standard`: which documentation the client follows */
  readonly provider: string
  readonly authorizeUrl: string
  readonly tokenUrl: string
  /** Where tokens are revoked; left out where the provider has no such endpoint. */
  readonly revokeUrl?: string
  /** A resource that a live token opens, by GET and by POST. */
  readonly apiUrl: string
  /** What the callback's `iss` must be, where the provider sends one (RFC 9207). */
  readonly issuer?: string
  readonly clientId: string
  readonly clientSecret: string
  readonly redirectUri: string
  readonly scopes: readonly string[]
  /** How the client authenticates at the token endpoint: in the body, by HTTP Basic, by its secret alone, or not at all. */
  readonly clientAuth: 'body' | 'basic' | 'secretOnly' | 'none'
  readonly bodyFormat: 'form' | 'json'
  /** Whether the provider checks PKCE. */
  readonly pkce: boolean
  /** After so many real milliseconds without an answer a client gives a request up. */
  readonly requestTimeoutMs: number
  /** A folder, absolute; the same folder at a second start is the same client restarted. */
  readonly storeDir: string
  /** What webhooks are signed with; left out where the provider signs none. */
  readonly webhookSecret?: string
  readonly logLevel: 'debug' | 'info'
}

/** What a client may claim. What is not claimed is not judged; what is claimed and cannot be reached is red. */
export const features = {
  concurrent: 'calls that are asked at the same time are made at the same time',
  multiProcess: 'two processes on one storeDir are supported',
  multiLink: 'more than one link (account, tenant) at a time',
  pkce: 'sends a code challenge where the provider checks one',
  webhooks: "takes the provider's webhooks (`webhook`)",
  revoke: "revokes at the provider's endpoint (`disconnect`)",
  clock: 'its clock can be moved (`advance`)',
  background: 'refreshes by itself, without a call, when its clock moves',
  userPages: 'callbacks answer what the browser would get (`http`)',
  again: 'a process that is started once more is as good as another one',
} as const

export type Feature = keyof typeof features

/** What a feature cannot do without. */
export const opOf: Partial<Readonly<Record<Feature, Op>>> = {
  webhooks: 'webhook',
  revoke: 'disconnect',
  clock: 'advance',
}

export type Features = Partial<Readonly<Record<Feature, boolean>>>

/** What a client is asked to do. */
export interface Asked {
  begin: { session: string; link?: string }
  callback: { session: string; url: string }
  call: { link?: string; method?: 'GET' | 'POST'; body?: string }
  disconnect: { link?: string }
  /** As it came to the client's URL; `query` with its question mark, empty where there is none. */
  webhook: { method: string; query: string; headers: Readonly<Record<string, string>>; body: string }
  status: { link?: string }
  advance: { seconds: number }
  /** The number of the call that is given up: `id` is that of this request. */
  cancel: { call: number }
  store: { readonly: boolean }
}

/** What the browser gets. Header names are in lower case. */
export interface HttpSeen {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly body: string
}

/** What came of a callback: linked; the person said no; the client refused what came; the provider refused or failed. */
export interface CallbackAnswer {
  readonly outcome: 'connected' | 'denied' | 'rejected' | 'failed'
  /** What the operator is told: an OAuth error code or the client's own. */
  readonly code?: string
  readonly http?: HttpSeen
}

/** What came of a call: answered; a person has to connect again; it may work later; it does not work and neither helps. */
export interface CallAnswer {
  readonly result: 'ok' | 'needs_reauth' | 'transient' | 'error'
  readonly code?: string
  /** Of the last answer of the API or the token endpoint. */
  readonly status?: number
}

/** Revoked at the provider; forgotten here, though the provider refused; or kept, to be tried again. */
export interface DisconnectAnswer {
  readonly result: 'revoked' | 'removed' | 'pending'
  readonly code?: string
}

/** What the sender of a webhook gets. */
export interface WebhookAnswer {
  readonly status: number
}

/** What a client says of a link. */
export interface StatusAnswer {
  readonly state: 'connected' | 'needs_reauth' | 'disconnected'
  readonly scopes?: readonly string[]
  /** What the provider said of the account, whole numbers beyond 2^53 as text: `{ user_id: … }` */
  readonly account?: Readonly<Record<string, unknown>>
  /** When the access token ends, in Unix seconds; null where nobody said. */
  readonly expiresAt?: number | null
}

/** What a client answers to each of these. */
export interface Answered {
  begin: { readonly url: string }
  callback: CallbackAnswer
  call: CallAnswer
  disconnect: DisconnectAnswer
  webhook: WebhookAnswer
  status: StatusAnswer
  advance: Readonly<Record<string, never>>
  cancel: Readonly<Record<string, never>>
  store: Readonly<Record<string, never>>
}

export type Op = keyof Asked

/** What a driver answers to `start`. */
export interface Started {
  readonly client: string
  readonly version: string
  readonly language: string
  /** Besides `start`. */
  readonly ops: readonly Op[]
  readonly features: Features
}

/**
 * Why a driver could not do what was asked; what the client decided is no such error. `configuration`: the client refuses to
 * work with this env, which is a decision, but one that has no other word.
 */
export interface DriverProblem {
  readonly kind: 'unsupported' | 'failed' | 'configuration'
  readonly message: string
}

/** One line to a driver. */
export type RequestLine =
  | { readonly id: number; readonly op: 'start'; readonly protocol: typeof protocolVersion; readonly env: Env }
  | { [Name in Op]: { readonly id: number; readonly op: Name } & Readonly<Asked[Name]> }[Op]

/** One line from a driver. */
export type AnswerLine =
  | { readonly id: number; readonly ok: Started | Answered[Op] }
  | { readonly id: number; readonly error: DriverProblem }
