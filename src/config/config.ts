import type { ListenOptions, MockOAuthOptions, ReceiverInput } from '../index.ts'

/** What a configuration file says: all that a mock is made from, where it listens, and what it prints. */
export interface Config extends MockOAuthOptions, ListenOptions {
  /** Where the JSON Schema is, for editors. */
  $schema?: string
  /** The receiver of the default client: the same as `client.webhooks`. */
  webhooks?: ReceiverInput
  /** One ready line as JSON on standard output. */
  json?: boolean
  /** No line per exchange. */
  quiet?: boolean
  /** Ends with exit code 1 when a fault never fired. */
  strictFaults?: boolean
  /** Takes changes of the configuration and of the providers' own files while it serves. */
  watch?: boolean
}
