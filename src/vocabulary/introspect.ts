import type { Endpoint } from './endpoint.ts'
import type { Graded } from './evidence.ts'

/** Token introspection (RFC 7662), for clients that authenticate. */
export interface IntrospectRules {
  at: Graded<Endpoint>
}
