import type { KeyRing } from '../store/store.ts'
import type { Chance } from '../vocabulary/chance.ts'
import type { Environment } from '../vocabulary/environment.ts'
import { uuid } from '../vocabulary/format.ts'
import type { SigningAlgorithm } from '../vocabulary/openid.ts'
import type { World } from '../world/world.ts'
import { makeEdDsa } from './keys/eddsa.ts'
import type { Claims, SigningKey } from './keys/key.ts'
import type { PublicKey } from './keys/public-key.ts'
import { makeRs256 } from './keys/rs256.ts'

const makers: Readonly<Record<SigningAlgorithm, (chance: Chance, kid: string) => Promise<SigningKey>>> = {
  RS256: makeRs256,
  // Loaded when the first one is due: its arithmetic is a library.
  ES256: async (chance, kid) => (await import('./keys/es256.ts')).makeEs256(chance, kid),
  EdDSA: makeEdDsa,
}

/** The keys that have been made, by `kid`. */
const made = new WeakMap<World, Map<string, Promise<SigningKey>>>()

/** Those of all worlds, as many as that: tests that open one world of the same seed after another look for its primes once. */
const lately = new Map<string, Promise<SigningKey>>()
const mostShared = 64

/** Claims as a JWT signed with the newest key of an algorithm (RFC 7515, compact). */
export async function sign(
  world: World,
  environment: Environment,
  alg: SigningAlgorithm,
  claims: Claims,
): Promise<string> {
  const { newest } = await ringOf(world, environment)
  return (await keyOf(world, lotOf(world, environment, alg, newest))).sign(claims)
}

/** The keys of an environment that clients may see: the newest generation first, each in the order of its algorithms. */
export async function shownKeys(world: World, environment: Environment): Promise<readonly PublicKey[]> {
  const lots = await shownLots(world, environment)
  return Promise.all(lots.map(async (lot) => (await keyOf(world, lot)).shown))
}

/** The claims of a JWT that this environment has signed, expired or not, with a key that it still shows; else undefined. */
export async function verifyOwn(world: World, environment: Environment, jwt: string): Promise<Claims | undefined> {
  const { decodeProtectedHeader } = await import('jose/decode/protected_header')
  const { compactVerify } = await import('jose/jws/compact/verify')
  const lots = await shownLots(world, environment)
  try {
    const { kid } = decodeProtectedHeader(jwt)
    const lot = lots.find((one) => one.kid === kid)
    if (!lot) return undefined
    // The key names its algorithm, and no other is taken for it.
    const { payload } = await compactVerify(jwt, { ...(await keyOf(world, lot)).shown })
    return JSON.parse(new TextDecoder().decode(payload))
  } catch {
    return undefined
  }
}

/** How far the keys of an environment have been rotated. */
const ringOf = async ({ store }: World, { key }: Environment): Promise<KeyRing> =>
  (await store.findKeyRing(key)) ?? { environment: key, newest: 0, oldest: 0 }

/** What a key is made from, and its name, which is there before it. */
interface Lot {
  readonly alg: SigningAlgorithm
  readonly kid: string
  readonly chance: Chance
}

async function shownLots(world: World, environment: Environment): Promise<readonly Lot[]> {
  const { newest, oldest } = await ringOf(world, environment)
  const generations = Array.from({ length: newest - oldest + 1 }, (_, age) => newest - age)
  const algorithms = environment.rules.openid?.algorithms ?? []
  return generations.flatMap((one) => algorithms.map((alg) => lotOf(world, environment, alg, one)))
}

function lotOf({ chance }: World, { key }: Environment, alg: SigningAlgorithm, generation: number): Lot {
  const first = chance.own.fork(`signing key of ${key}`)
  const own = generation === 0 ? first : first.fork(`generation ${generation}`)
  // RS256 has been there before the others.
  const ofAlgorithm = alg === 'RS256' ? own : own.fork(alg)
  return { alg, kid: uuid.make({ chance: ofAlgorithm.fork('id'), now: 0 }), chance: ofAlgorithm }
}

/** A key, made when first asked for, and then kept. */
function keyOf(world: World, lot: Lot): Promise<SigningKey> {
  const own = made.get(world) ?? new Map<string, Promise<SigningKey>>()
  made.set(world, own)
  const key = own.get(lot.kid) ?? sharedKey(lot)
  own.set(lot.kid, key)
  return key
}

/** A key that a world of the same seed has made lately, or a new one. */
function sharedKey({ alg, kid, chance }: Lot): Promise<SigningKey> {
  const key = lately.get(kid) ?? makers[alg](chance, kid)
  lately.set(kid, key)
  const [oldest = ''] = lately.keys()
  if (lately.size > mostShared) lately.delete(oldest)
  return key
}
