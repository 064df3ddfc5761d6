import type {
  Asked,
  CallAnswer,
  CallbackAnswer,
  DisconnectAnswer,
  Env,
  Features,
  StatusAnswer,
  WebhookAnswer,
} from './protocol/messages.ts'

/**
 * A client in this process: the verbs of the driver protocol without the pipe. What throws could not be driven; what the
 * client decides is an answer. What a client cannot do it leaves out.
 */
export interface ClientUnderTest {
  readonly features?: Features
  begin(asked: Asked['begin']): Promise<{ url: string }>
  callback(asked: Asked['callback']): Promise<CallbackAnswer>
  /** @param signal aborted when whoever asked does not wait any longer */
  call(asked: Asked['call'], signal: AbortSignal): Promise<CallAnswer>
  /** Ends it in good order. A crash does not call it: the object is dropped, and another one made on the same `storeDir`. */
  close(): Promise<void>
  disconnect?(asked: Asked['disconnect']): Promise<DisconnectAnswer>
  webhook?(asked: Asked['webhook']): Promise<WebhookAnswer>
  status?(asked: Asked['status']): Promise<StatusAnswer>
  advance?(asked: Asked['advance']): Promise<void>
  store?(asked: Asked['store']): Promise<void>
}

/**
 * Makes a client for a provider. A client that refuses the env throws a `RefusedConfiguration`.
 * @param log takes what the client would write into its log
 */
export type Factory = (env: Env, log: (line: string) => void) => Promise<ClientUnderTest> | ClientUnderTest

/** A client does not work with such an env, and says so before anybody is sent to the provider. */
export class RefusedConfiguration extends Error {
  override readonly name = 'RefusedConfiguration'
}
