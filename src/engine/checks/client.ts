import { type Client, isPublic } from '../../store/store.ts'
import type { AuthorizeRefusalKind, Refusal, TokenRefusalKind } from '../../vocabulary/refusal.ts'
import type { ClientAuthentication } from '../../vocabulary/token.ts'
import type { AuthorizeAttempt } from '../authorize-attempt.ts'
import type { ClientAttempt } from '../client-attempt.ts'
import { bodyIsThere, credentialsComeOnce } from './parameters.ts'

const expectedId = (elsewhere: string | undefined) =>
  elsewhere === undefined ? 'a registered client id' : `a client id of this environment; this one is of ${elsewhere}`

/** The authorization request names a registered client. */
export function clientIsNamed({
  parameters,
  client,
  elsewhere,
}: AuthorizeAttempt): Refusal<AuthorizeRefusalKind> | undefined {
  const came = parameters.get('client_id')
  if (came === undefined)
    return { kind: 'client_missing', parameter: 'client_id', rule: 'authorize.parameters.client_id' }
  if (!client) return { kind: 'client_unknown', parameter: 'client_id', came, expected: expectedId(elsewhere) }
  return undefined
}

/** The request, at the token endpoint or at revocation, comes from a registered client. */
export function clientIsKnown({
  credentials,
  client,
  accepted,
  elsewhere,
}: ClientAttempt): Refusal<TokenRefusalKind> | undefined {
  if (credentials.malformed) {
    return { kind: 'client_authentication_malformed', parameter: 'authorization', expected: 'Basic base64(id:secret)' }
  }
  if (credentials.by === 'nothing') {
    const parameter = accepted.includes('secretInBody') ? 'client_secret' : 'client_id'
    return { kind: 'client_missing', parameter, rule: 'token.client' }
  }
  if (credentials.assertion !== undefined && credentials.id === undefined) {
    const about = { parameter: 'client_assertion', rule: 'token.client' }
    return { kind: 'client_assertion_malformed', ...about, expected: 'a JWT whose sub is the client id' }
  }
  if (!client && credentials.id === undefined) {
    const expected = 'the secret of a registered client'
    return { kind: 'client_secret_wrong', parameter: 'client_secret', came: credentials.secret ?? '', expected }
  }
  if (!client) {
    return {
      kind: 'client_unknown',
      parameter: 'client_id',
      came: credentials.id ?? '',
      expected: expectedId(elsewhere),
    }
  }
  return undefined
}

/** The names of RFC 7591 §2 (token_endpoint_auth_method). */
export const methodNames = {
  body: 'client_secret_post',
  secretInBody: 'client_secret_post',
  basic: 'client_secret_basic',
  idInBody: 'none',
  nothing: 'none',
  privateKeyJwt: 'private_key_jwt',
}

/** Whether a client of this kind authenticates in this way. */
function fits(way: ClientAuthentication, client: Client, accepted: readonly ClientAuthentication[]): boolean {
  if (way === 'privateKeyJwt' || client.jwks) return way === 'privateKeyJwt' && client.jwks !== undefined
  return !accepted.includes('idInBody') || (way === 'idInBody') === isPublic(client)
}

/** The client authenticates in the way that it has to. */
export function clientMethodIsRight({
  credentials: { by, several },
  client,
  accepted,
  oneWayOnly,
}: ClientAttempt): Refusal<'client_method_wrong' | 'client_method_repeated'> | undefined {
  if (!client || by === 'nothing') return undefined
  if (several && oneWayOnly) {
    return { kind: 'client_method_repeated', rule: 'token.severalAuthentications', expected: 'one way to authenticate' }
  }
  const ways = accepted.filter((way) => fits(way, client, accepted))
  if (ways.includes(by)) return undefined
  const expected = ways.map((way) => methodNames[way]).join(' or ')
  return { kind: 'client_method_wrong', parameter: 'client_id', rule: 'token.client', expected, came: methodNames[by] }
}

/** The client's secret is right; a public client sends none. */
export function secretIsRight({ credentials, client }: ClientAttempt): Refusal<TokenRefusalKind> | undefined {
  if (!client) return undefined
  const { secret } = credentials
  if (client.jwks && secret === undefined) return undefined
  if (client.secret === undefined) {
    return secret === undefined ? undefined : { kind: 'client_secret_unexpected', parameter: 'client_secret' }
  }
  if (secret === undefined) return { kind: 'client_secret_missing', parameter: 'client_secret', rule: 'token.client' }
  if (secret !== client.secret) {
    return {
      kind: 'client_secret_wrong',
      parameter: 'client_secret',
      came: secret,
      expected: 'the secret of this client',
    }
  }
  return undefined
}

/** The assertion that a client with keys sent, in place of a secret, proves who it is. */
export const assertionIsRight = ({ assertionRefusal }: ClientAttempt): Refusal<TokenRefusalKind> | undefined =>
  assertionRefusal

/** The client is neither waiting for approval nor suspended. */
export const clientIsActive = ({ client }: Pick<ClientAttempt, 'client'>): Refusal<'client_inactive'> | undefined =>
  client && client.status !== 'active'
    ? {
        kind: 'client_inactive',
        rule: 'client.registration',
        expected: 'status active',
        came: `status ${client.status}`,
      }
    : undefined

type Check = (attempt: ClientAttempt) => Refusal<TokenRefusalKind> | undefined

/** The steps by which a client is recognized wherever it calls by itself, the token endpoint aside, which states its own order. */
export const recognition: readonly Check[] = [
  clientIsKnown,
  clientMethodIsRight,
  secretIsRight,
  assertionIsRight,
  clientIsActive,
  credentialsComeOnce,
]

/** The same where a request has to say more than who makes it. */
export const clientChecks: readonly Check[] = [bodyIsThere, ...recognition]
