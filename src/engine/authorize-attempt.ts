import type { Client } from '../store/store.ts'
import type { ProviderDefinition } from '../vocabulary/definition.ts'
import type { Plain } from '../vocabulary/plain.ts'
import { type Parameters, readForm } from './parameters.ts'
import { isRegistered } from './registered-uri.ts'
import type { Visit } from './visit.ts'

/** All that is known about an authorization request before it is judged. */
export interface AuthorizeAttempt {
  readonly rules: Plain<ProviderDefinition>
  readonly parameters: Parameters
  readonly client: Client | undefined
  /** Where answers go: always a registered URI, so that nothing else can be redirected to. */
  readonly returnTo: string | undefined
}

/** Reads an authorization request and looks up the client it names. */
export async function gatherAuthorizeAttempt({ environment, world, query }: Visit): Promise<AuthorizeAttempt> {
  const { rules, key } = environment
  const parameters = readForm(query)
  const id = parameters.get('client_id')
  const client = id === undefined ? undefined : await world.store.findClient(key, id)
  const sent = parameters.get('redirect_uri')
  const own = client && sent !== undefined && isRegistered(sent, client, rules) ? sent : client?.redirectUris[0]
  return { rules, parameters, client, returnTo: own }
}
