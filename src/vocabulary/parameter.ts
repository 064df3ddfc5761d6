/** What a request parameter must be. A parameter sent without a value counts as not sent (RFC 6749 §3.1). */
export interface ParameterRule {
  readonly words: string
  readonly presence: 'required' | 'optional' | 'ignored'
  /** The only value allowed. */
  readonly exactly?: string
  /** Must equal, as a string, what the authorization request sent under the same name. */
  readonly sameAsAuthorized?: true
}

/** Refused when absent. */
export const required: ParameterRule = { words: 'required', presence: 'required' }
/** May be absent; looked at when sent. */
export const optional: ParameterRule = { words: 'optional', presence: 'optional' }
/** Accepted in any form and never looked at. */
export const ignored: ParameterRule = { words: 'ignored', presence: 'ignored' }
/** Required, and no other value will do. */
export const exactly = (value: string): ParameterRule => ({
  words: `required, always ${value}`,
  presence: 'required',
  exactly: value,
})
/** Required, and equal to the scope of the authorization request: same words, same order. */
export const sameScope: ParameterRule = {
  words: 'required, equal to the scope asked for at authorization, order included',
  presence: 'required',
  sameAsAuthorized: true,
}
