import type { Client } from '../store/store.ts'
import type { ClientRefusalKind, Refusal, RequestRefusalKind } from '../vocabulary/refusal.ts'
import type { ClientAuthentication } from '../vocabulary/token.ts'
import { judgeAssertion } from './client-assertion.ts'
import { findElsewhere } from './client-elsewhere.ts'
import { type Credentials, readCredentials } from './credentials.ts'
import { either, type Parameters, readBody, readForm } from './parameters.ts'
import type { Visit } from './visit.ts'

/** A request that a client makes with its own credentials, and the client that they name. */
export interface ClientAttempt {
  readonly parameters: Parameters
  /** Nothing came in the body, nor anywhere else that parameters are read from. */
  readonly isEmpty: boolean
  readonly credentials: Credentials
  /** The ways in which clients may authenticate. */
  readonly accepted: readonly ClientAuthentication[]
  readonly client: Client | undefined
  /** What is wrong with the assertion that came, if something is. */
  readonly assertionRefusal: Refusal<ClientRefusalKind> | undefined
  /** Whether only one way to authenticate may be taken. */
  readonly oneWayOnly: boolean
  /** Where the client id is known, when it is not known here. */
  readonly elsewhere: string | undefined
}

/** Reads the parameters and credentials of a client's request as the token endpoint does. */
export async function gatherClientAttempt(
  visit: Visit,
): Promise<ClientAttempt | { unreadable: Refusal<RequestRefusalKind> }> {
  const { request, query, environment, world } = visit
  const { token } = environment.rules
  const body = readBody(request, token.body)
  if ('unreadable' in body) return body
  const parameters = token.readsQuery ? either(body, readForm(query)) : body
  const seesOthers = token.otherClientAuthentication === 'refused'
  const credentials = readCredentials(request, parameters, token.client, seesOthers)
  const client = await findClient(world.store, environment.key, credentials)
  return {
    parameters,
    isEmpty: request.body === '' && !token.readsQuery,
    credentials,
    accepted: token.client,
    client,
    assertionRefusal: client?.jwks && (await judgeAssertion(visit, client, client.jwks, credentials.assertion)),
    oneWayOnly: token.severalAuthentications === 'refused',
    elsewhere: client || credentials.id === undefined ? undefined : await findElsewhere(visit, credentials.id),
  }
}

/** The client that an id names, or where none came the one that the secret belongs to. */
async function findClient(
  store: Visit['world']['store'],
  key: string,
  { by, id, secret }: Credentials,
): Promise<Client | undefined> {
  if (by !== 'secretInBody' || secret === undefined) return id === undefined ? undefined : store.findClient(key, id)
  const owner = await store.findClientBySecret(key, secret)
  return id === undefined || id === owner?.id ? owner : undefined
}
