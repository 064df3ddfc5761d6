/** What a developer can do wrong, as stable codes. */
export type MisuseCode =
  | 'unknown_provider'
  | 'unknown_assumption'
  | 'invalid_definition'
  | 'invalid_duration'
  | 'invalid_rotation'
  | 'invalid_fault'
  | 'unknown_fault'
  | 'invalid_world'
  | 'unknown_world'
  | 'too_many_worlds'
  | 'invalid_snapshot'
  | 'state_unavailable'
  | 'invalid_time'
  | 'invalid_client'
  | 'client_exists'
  | 'unknown_client'
  | 'invalid_user'
  | 'unknown_user'
  | 'unknown_application'
  | 'invalid_application'
  | 'application_not_ready'
  | 'unknown_grant'
  | 'unknown_request'
  | 'unknown_webhook'
  | 'unknown_event'
  | 'no_webhooks'
  | 'no_receiver'
  | 'no_signing_keys'
  | 'no_request'
  | 'invalid_scope'
  | 'not_an_authorize_url'
  | 'host_ambiguous'
  | 'port_in_use'
  | 'no_server'
  | 'closed'
  | 'address_unavailable'
  | 'invalid_option'
  | 'control_refused'
  | 'page_not_shown'

/** A mistake of the developer who uses the mock: never thrown for anything that a client sends. */
export class MockOAuthError extends Error {
  override readonly name = 'MockOAuthError'
  readonly code: MisuseCode

  constructor(code: MisuseCode, message: string) {
    super(message)
    this.code = code
  }
}

/** One thing that is wrong in a definition. */
export interface DefinitionMistake {
  /** Keys joined by dots. */
  readonly path: string
  /** What was given and what is expected; it follows the path in a sentence. */
  readonly message: string
}

/** What is wrong in a definition, one by one; its message tells them all. */
export class InvalidDefinition extends MockOAuthError {
  readonly mistakes: readonly DefinitionMistake[]

  /** @param name of the definition, if it has one */
  constructor(name: string, mistakes: readonly DefinitionMistake[]) {
    const [first, ...others] = mistakes.map(({ path, message }) => `${path} ${message}`)
    super(
      'invalid_definition',
      others.length === 0
        ? `${name}: ${first}`
        : `${name} has ${mistakes.length} mistakes:\n  ${[first, ...others].join('\n  ')}`,
    )
    this.mistakes = mistakes
  }
}

/** What `make` brings; a mistake in it names the path at which the developer wrote it. */
export function at<T>(path: string, make: () => T): T {
  try {
    return make()
  } catch (error) {
    throw error instanceof MockOAuthError ? new MockOAuthError(error.code, `${path}: ${error.message}`) : error
  }
}
