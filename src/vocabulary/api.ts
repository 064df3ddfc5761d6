import type { Shape } from './answer.ts'
import type { Endpoint } from './endpoint.ts'
import type { BearerErrorRows, BearerErrors } from './errors.ts'
import type { Graded } from './evidence.ts'
import type { Json } from './json.ts'

/** The API that access tokens are for. */
export interface ApiRules {
  /** One or more; the first that needs no scope shows whether a token works. */
  resources: readonly ResourceRules[]
  /** Whether the token may also come as the user name of HTTP Basic, with an empty password. */
  tokenAsUser?: Graded<boolean>
  /** What each refusal of a token looks like: `rfc6750Errors`. */
  errors: Graded<BearerErrors>
  /** Rows in doubt, each group by its own name; they stand in for those of `errors`. */
  errorRows?: Readonly<Record<string, Graded<BearerErrorRows>>>
  /** The answer for a path of the API's host that the mock does not play. */
  unknown: Graded<{ status: number; body: Json }>
}

/** One resource of the API that stands in for the provider's. */
export interface ResourceRules {
  at: Graded<Endpoint>
  /** Without it any live token will do. */
  scope?: Graded<string>
  /** The body, key by key: fixed values, and leaves such as `theUserName`. */
  answer: Graded<Shape>
}
