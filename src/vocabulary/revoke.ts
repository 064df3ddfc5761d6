import type { Endpoint } from './endpoint.ts'
import type { TokenErrors } from './errors.ts'
import type { Graded } from './evidence.ts'
import type { Json } from './json.ts'

/** Revocation. */
export interface RevokeRules {
  at: Graded<Endpoint>
  alsoAt?: Graded<readonly Endpoint[]>
  /**
   * What is presented: the access token itself in the Authorization header, or the client's own credentials, as at the
   * token endpoint, with a token in the named parameter.
   */
  by: Graded<'bearer' | { parameter: string }>
  /** What a revocation ends: every token of the authorization, or the one access token. */
  ends: Graded<'family' | 'accessToken'>
  /** What a token that is not there to be ended gets; `answered` is RFC 7009 §2.2. */
  deadToken?: Graded<'refused' | 'answered'>
  /** What a token of another client gets; what one gets that is not there where this is left out. */
  foreignToken?: Graded<'refused' | 'answered'>
  /** The answer to a revocation that worked. */
  answer: Graded<{ status: number; body?: Json }>
  /** The dialect, where it is not that of the token endpoint. */
  errors?: Graded<TokenErrors>
}
