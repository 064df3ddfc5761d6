import type { Environment } from '../vocabulary/environment.ts'
import type { Refusal } from '../vocabulary/refusal.ts'
import type { Route } from '../vocabulary/routes.ts'
import type { HttpRequest, HttpResponse, PostedAnswer } from '../vocabulary/wire.ts'
import type { FaultAct } from '../world/journal.ts'
import type { World } from '../world/world.ts'
import type { FaultOrder } from './orders.ts'

/** How the door's own URLs relate to the provider's. */
export interface Address {
  /** The environment that the door was called for, where it tells: two played providers may share a host. */
  readonly environment?: Environment
  /** The URL under which a provider's URL is reached through this door: the only way to write an absolute URL into an answer. */
  publicUrl(providerUrl: string): string
}

/** Where nothing stands between: the provider's URLs stay its own. */
export const itself: Address = { publicUrl: (url) => url }

/** What the person at the browser would do, said in advance. */
export interface Decision {
  decision: 'approve' | 'deny'
  /** Who signs in; the first person when left out. */
  userId?: string
  /** Grants only these of the scopes asked for, joined by spaces. */
  scope?: string
  /** When the person signed in, where that was shown; world time. */
  signedInAt?: number
}

/** One request at one endpoint, with all that may be needed to answer it. */
export interface Visit {
  readonly request: HttpRequest
  /** The request's URL without query, and the query without `?`. */
  readonly url: string
  readonly query: string
  readonly route: Route
  readonly environment: Environment
  readonly world: World
  readonly address: Address
  /** The id of the journal entry. */
  readonly exchange: string
  /** World time of arrival, in milliseconds. */
  readonly now: number
  /** Given in advance, or left to the page. */
  readonly decision: Decision | undefined
  /** What faults order to be issued otherwise; asked for when it is certain that something is. */
  readonly orders?: () => Promise<readonly FaultOrder[]>
}

/** The answer to a visit, and what the journal should know about it. */
export interface Outcome {
  readonly response: HttpResponse
  readonly refusal?: Refusal
  readonly clientId?: string
  readonly grantType?: string
  /** What a form posts to the client, in place of a redirect. */
  readonly posted?: PostedAnswer
  /** It goes to the client by the browser. */
  readonly returns?: true
  /** What was done to it on purpose. */
  readonly faults?: readonly FaultAct[]
  /** What the engine had answered, where something else is sent. */
  readonly done?: HttpResponse
  /** The world was reset meanwhile: nothing of it is written down. */
  readonly forgotten?: true
}
