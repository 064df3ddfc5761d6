import type { Client, PushedRequest } from '../store/store.ts'
import type { ProviderDefinition } from '../vocabulary/definition.ts'
import type { Plain } from '../vocabulary/plain.ts'
import { findElsewhere } from './client-elsewhere.ts'
import { type Parameters, readForm } from './parameters.ts'
import { isRegistered } from './registered-uri.ts'
import type { Visit } from './visit.ts'

/** All that is known about an authorization request before it is judged. */
export interface AuthorizeAttempt {
  readonly rules: Plain<ProviderDefinition>
  readonly now: number
  readonly parameters: Parameters
  readonly client: Client | undefined
  /** Where the client id is known, when it is not known here. */
  readonly elsewhere: string | undefined
  /** Where answers go: always a registered URI, so that nothing else can be redirected to. */
  readonly returnTo: string | undefined
  /** The `request_uri` that came, where the provider takes pushed requests, and the request that it stands for. */
  readonly requestUri: string | undefined
  /** Of what stands beside a pushed request, the parameter that came twice. */
  readonly repeated: string | undefined
  readonly pushed: PushedRequest | undefined
}

/** Reads an authorization request and looks up the client it names. What the client has pushed stands in for what the browser brings. */
export async function gatherAuthorizeAttempt(visit: Visit): Promise<AuthorizeAttempt> {
  const { environment, world } = visit
  const sent = readForm(visit.query)
  const id = sent.get('client_id')
  const client = id === undefined ? undefined : await world.store.findClient(environment.key, id)
  const elsewhere = client || id === undefined ? undefined : await findElsewhere(visit, id)
  const requestUri = environment.rules.pushedRequests && sent.get('request_uri')
  const pushed = await findPushed(visit, sent)
  const own = pushed !== undefined && pushed.clientId === client?.id
  const repeated = ['client_id', 'request_uri'].find((name) => sent.repeats(name))
  return { ...attemptOf(visit, own ? readForm(pushed.query) : sent, client), elsewhere, requestUri, repeated, pushed }
}

/** The request that a client has pushed before, where this one names it (RFC 9126 §4). */
export async function findPushed(
  { environment, world }: Pick<Visit, 'environment' | 'world'>,
  sent: Parameters,
): Promise<PushedRequest | undefined> {
  const uri = environment.rules.pushedRequests && sent.get('request_uri')
  const found = uri === undefined ? undefined : await world.store.findRequest(uri)
  return found?.environment === environment.key ? found : undefined
}

/** An authorization request with these parameters, by a client that is known. */
export function attemptOf(
  { environment, now }: Visit,
  parameters: Parameters,
  client: Client | undefined,
): AuthorizeAttempt {
  const { rules } = environment
  const sent = parameters.get('redirect_uri')
  const returnTo = client && sent !== undefined && isRegistered(sent, client, rules) ? sent : client?.redirectUris[0]
  const notPushed = { elsewhere: undefined, requestUri: undefined, repeated: undefined, pushed: undefined }
  return { rules, now, parameters, client, returnTo, ...notPushed }
}
