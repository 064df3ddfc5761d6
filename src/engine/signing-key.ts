import * as base64url from 'jose/base64url'
import type { Environment } from '../vocabulary/environment.ts'
import { uuid } from '../vocabulary/format.ts'
import type { Json } from '../vocabulary/json.ts'
import type { SigningAlgorithm } from '../vocabulary/openid.ts'
import { makeRsaKey } from '../world/rsa.ts'
import type { World } from '../world/world.ts'

/** The RSA key of an environment: what anyone may see of it, and the whole, as JSON Web Keys (RFC 7517). */
export interface SigningKey {
  readonly shown: Readonly<Record<'use' | 'kty' | 'kid' | 'alg' | 'n' | 'e', string>>
  readonly whole: Readonly<Record<'kty' | 'kid' | 'alg' | 'n' | 'e' | 'd' | 'p' | 'q' | 'dp' | 'dq' | 'qi', string>>
}

const keys = new WeakMap<World, Map<string, SigningKey>>()

/** Claims as a signed JWT (RFC 7515, compact). */
export async function sign(
  world: World,
  environment: Environment,
  alg: SigningAlgorithm,
  claims: Readonly<Record<string, Json>>,
): Promise<string> {
  // Loaded when the first one is due: most worlds never sign.
  const { SignJWT } = await import('jose/jwt/sign')
  const { whole } = signingKeyOf(world, environment)
  return new SignJWT(claims).setProtectedHeader({ alg, kid: whole.kid, typ: 'JWT' }).sign(whole)
}

/** The claims of a JWT that the environment has signed, however old it is; none of any other text. */
export async function verifyOwn(
  world: World,
  environment: Environment,
  jwt: string,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const { jwtVerify } = await import('jose/jwt/verify')
  const { shown } = signingKeyOf(world, environment)
  try {
    // At the beginning of time nothing has expired.
    const { payload } = await jwtVerify(jwt, shown, { algorithms: [shown.alg], currentDate: new Date(0) })
    return payload
  } catch {
    return undefined
  }
}

/** The key with which an environment signs, made from the world's seed when first asked for, and then kept. */
export function signingKeyOf(world: World, { key }: Environment): SigningKey {
  const own = keys.get(world) ?? new Map<string, SigningKey>()
  keys.set(world, own)
  const made = own.get(key) ?? makeKey(world, key)
  own.set(key, made)
  return made
}

function makeKey(world: World, key: string): SigningKey {
  const chance = world.chance.own.fork(`signing key of ${key}`)
  const { n, e, d, p, q, dp, dq, qi } = makeRsaKey(chance)
  const named = { kty: 'RSA', kid: uuid.make({ chance: chance.fork('id'), now: 0 }), alg: 'RS256' } as const
  const open = { n: octets(n), e: octets(e) }
  return {
    shown: { use: 'sig', ...named, ...open },
    whole: {
      ...named,
      ...open,
      d: octets(d),
      p: octets(p),
      q: octets(q),
      dp: octets(dp),
      dq: octets(dq),
      qi: octets(qi),
    },
  }
}

/** A number as JSON Web Keys write it: base64url of its octets, the highest first (RFC 7518 §2). */
function octets(number: bigint): string {
  const hex = number.toString(16)
  const even = hex.padStart(hex.length + (hex.length % 2), '0')
  return base64url.encode(Uint8Array.from(even.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)))
}
