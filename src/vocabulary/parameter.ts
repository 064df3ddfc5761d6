/** What a request parameter must be. A parameter sent without a value counts as not sent (RFC 6749 §3.1). */
export interface ParameterRule {
  readonly words: string
  readonly presence: 'required' | 'requiredOfConfidential' | 'optional' | 'ignored' | 'refused'
  /** The only value allowed. */
  readonly exactly?: string
  /** Must equal, as a string, what the authorization request sent under the same name. */
  readonly sameAsAuthorized?: true
  /** Must name only scopes that were granted; fewer narrow the new access token (RFC 6749 §6). */
  readonly withinGranted?: true
  /** The least number of characters. */
  readonly atLeast?: number
}

/** Refused when absent. */
export const required: ParameterRule = { words: 'required', presence: 'required' }
/** May be absent; looked at when sent. */
export const optional: ParameterRule = { words: 'optional', presence: 'optional' }
/** Accepted in any form and never looked at. */
export const ignored: ParameterRule = { words: 'taken in any form and never looked at', presence: 'ignored' }
/** Known to the standard, not to this provider, which says so (OpenID Connect Core §3.1.2.6). */
export const unsupported: ParameterRule = { words: 'refused as not supported', presence: 'refused' }
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
/** May be absent, and no other value will do. */
export const onlyIfSent = (value: string): ParameterRule => ({
  words: `optional, always ${value}`,
  presence: 'optional',
  exactly: value,
})
/** Required, and at least so many characters long. */
export const requiredAtLeast = (characters: number): ParameterRule => ({
  words: `required, at least ${characters} characters`,
  presence: 'required',
  atLeast: characters,
})
/** Required of clients with a secret: some or all of the scopes that were granted. */
export const scopeWithinGranted: ParameterRule = {
  words: 'required of clients with a secret, some or all of the scopes granted',
  presence: 'requiredOfConfidential',
  withinGranted: true,
}
/** Sent if the authorization request sent it, and then the same (RFC 6749 §4.1.3). */
export const sameRedirectUri: ParameterRule = {
  words: 'required if the authorization request sent it, and the same',
  presence: 'optional',
  sameAsAuthorized: true,
}
/** Some or all of the scopes that were granted. */
export const optionalScopeWithinGranted: ParameterRule = {
  words: 'optional, some or all of the scopes granted',
  presence: 'optional',
  withinGranted: true,
}
