import type { Milliseconds } from './duration.ts'
import type { Endpoint } from './endpoint.ts'
import type { Graded } from './evidence.ts'
import type { Format } from './format.ts'

/** Pushed authorization requests (RFC 9126); clients authenticate as at the token endpoint. */
export interface PushedRequestRules {
  at: Graded<Endpoint>
  /** The `request_uri` that stands for the request. */
  uri: Graded<Format>
  /** How long it does. */
  lifetime: Graded<Milliseconds>
}
