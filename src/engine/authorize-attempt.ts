import type { Client } from '../store/store.ts'
import type { ProviderDefinition } from '../vocabulary/definition.ts'
import type { Plain } from '../vocabulary/plain.ts'
import { findElsewhere } from './client-elsewhere.ts'
import { type Parameters, readForm } from './parameters.ts'
import { isRegistered } from './registered-uri.ts'
import type { Visit } from './visit.ts'

/** All that is known about an authorization request before it is judged. */
export interface AuthorizeAttempt {
  readonly rules: Plain<ProviderDefinition>
  readonly parameters: Parameters
  readonly client: Client | undefined
  /** Where the client id is known, when it is not known here. */
  readonly elsewhere: string | undefined
  /** Where answers go: always a registered URI, so that nothing else can be redirected to. */
  readonly returnTo: string | undefined
}

/** Reads an authorization request and looks up the client it names. */
export async function gatherAuthorizeAttempt(visit: Visit): Promise<AuthorizeAttempt> {
  const { environment, world, query } = visit
  const { rules, key } = environment
  const parameters = readForm(query)
  const id = parameters.get('client_id')
  const client = id === undefined ? undefined : await world.store.findClient(key, id)
  const sent = parameters.get('redirect_uri')
  const own = client && sent !== undefined && isRegistered(sent, client, rules) ? sent : client?.redirectUris[0]
  const elsewhere = client || id === undefined ? undefined : await findElsewhere(visit, id)
  return { rules, parameters, client, elsewhere, returnTo: own }
}
