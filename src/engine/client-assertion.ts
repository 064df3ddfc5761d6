import type { Client } from '../store/store.ts'
import type { ClientRefusalKind, Refusal } from '../vocabulary/refusal.ts'
import { issuerIfAny } from './issuer.ts'
import type { Visit } from './visit.ts'

/** What clients may sign their assertions with (RFC 7518 §3.1, RFC 8037 §3.1, RFC 9864 §2.2). */
export const assertionAlgorithms = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'] as const

/** In seconds. Nobody needs a longer life for something that is signed anew for each request. */
const longestLife = 3_600

/** In characters; each is remembered as long as its assertion lives. */
const longestId = 1_024

/** What an assertion must hold, in words. */
const form = 'a JWT with iss, sub, aud, exp and jti, signed with a registered key'

/**
 * Judges the JWT with which a client authenticates (RFC 7523 §3, OpenID Connect Core §9); one that is right is spent by it.
 * Those outside date it by a clock that the world does not move: it may be alive by either.
 */
export async function judgeAssertion(
  visit: Visit,
  client: Client,
  jwks: NonNullable<Client['jwks']>,
  assertion: string | undefined,
): Promise<Refusal<ClientRefusalKind> | undefined> {
  const about = { parameter: 'client_assertion', rule: 'token.client' }
  if (assertion === undefined) return { kind: 'client_assertion_malformed', ...about, expected: form }
  const { world, environment, now } = visit
  const real = world.clock.real()
  const audience = audienceOf(visit)
  // Loaded when the first one comes: most clients have a secret.
  const { jwtVerify } = await import('jose/jwt/verify')
  const { createLocalJWKSet } = await import('jose/jwks/local')
  const verify = (at: number) =>
    jwtVerify(assertion, createLocalJWKSet({ keys: [...jwks.keys] }), {
      algorithms: [...assertionAlgorithms],
      issuer: client.id,
      subject: client.id,
      audience,
      requiredClaims: ['exp', 'jti'],
      currentDate: new Date(at),
    })
  try {
    const { payload } = await verify(now).catch((why: unknown) => {
      if (isUntimely(why)) return verify(real)
      throw why
    })
    const { exp = 0, jti } = payload
    if (typeof jti !== 'string' || jti === '' || jti.length > longestId)
      return { kind: 'client_assertion_malformed', ...about, expected: form }
    // From now on, by whichever clock it is alive: what it says of its own beginning proves nothing.
    const left = exp - Math.max(...[now, real].map((at) => at / 1000).filter((at) => at < exp))
    if (left > longestLife) {
      return {
        kind: 'client_assertion_wrong',
        ...about,
        expected: 'an end within an hour',
        came: `an end in ${Math.round(left)} seconds`,
      }
    }
    const id = `${environment.key} ${client.id} ${jti}`
    if (await world.store.takeAssertion(id, exp * 1000, Math.min(now, real))) return undefined
    return { kind: 'client_assertion_reused', ...about, expected: 'a jti that did not come before', came: jti }
  } catch (why) {
    return { ...about, ...reasonOf(why, audience) }
  }
}

/** The names by which this server may be called: its issuer, its token endpoint, and the endpoint called (RFC 9126 §2). */
function audienceOf(visit: Visit): string[] {
  const { environment, address, url } = visit
  const issuer = issuerIfAny(visit)
  const endpoints = [address.publicUrl(environment.urls.token), address.publicUrl(url)]
  return [...new Set(issuer === undefined ? endpoints : [issuer, ...endpoints])]
}

/** What a JOSE library says of a JWT that it does not take. */
interface Complaint {
  readonly code?: string
  readonly claim?: string
  readonly message?: string
}

const isUntimely = (why: unknown): boolean => {
  const { code, claim } = why as Complaint
  return code === 'ERR_JWT_EXPIRED' || claim === 'nbf'
}

function reasonOf(
  why: unknown,
  audience: readonly string[],
): { kind: ClientRefusalKind; expected: string; came?: string } {
  const { code = '', claim, message } = why as Complaint
  const told = message === undefined ? {} : { came: message }
  if (isUntimely(why)) return { kind: 'client_assertion_expired', expected: 'a JWT within its life', ...told }
  if (claim === 'aud') return { kind: 'client_assertion_wrong', expected: `aud ${audience.join(' or ')}`, ...told }
  const isWrong = /^ERR_(JWT_CLAIM|JWS_SIGNATURE|JWKS)/.test(code)
  return { kind: isWrong ? 'client_assertion_wrong' : 'client_assertion_malformed', expected: form, ...told }
}
