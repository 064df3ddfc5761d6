import { createPublicKey, type JsonWebKey, verify } from 'node:crypto'
import { createLocalJWKSet, createRemoteJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import { createMockOAuth, type MockOAuth, type MockOAuthOptions } from 'mock-oauth'
import { providers } from 'mock-oauth/providers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { serve } from '../src/engine/serve.ts'
import { sign, verifyOwn } from '../src/engine/signing-key.ts'
import { itself } from '../src/engine/visit.ts'
import { environmentsOf } from '../src/vocabulary/environment.ts'
import { createWorld } from '../src/world/world.ts'
import { seed as randomSeed } from './seed.ts'

const algorithms = ['RS256', 'ES256', 'EdDSA'] as const
type Algorithm = (typeof algorithms)[number]
const noon = '2026-01-01T12:00:00Z'

/** A provider with all algorithms, at noon. */
async function open(options: Partial<MockOAuthOptions> = {}) {
  const mock = await createMockOAuth({ providers: ['standard'], seed: 'keys', ...options })
  onTestFinished(() => mock.close())
  await mock.clock.move({ set: noon, freeze: true })
  return mock
}

/** What a provider answers at the address of its keys. */
async function keysOf(mock: MockOAuth, provider?: string): Promise<JSONWebKeySet> {
  const { issuer = '' } = mock.provider(provider)
  const get = async (url: string) => JSON.parse((await mock.handle({ method: 'GET', url, headers: {}, body: '' })).body)
  return get((await get(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)).jwks_uri)
}

/** The ID token of a client that is registered for an algorithm; of the first client without one. */
async function idToken(mock: MockOAuth, algorithm?: Algorithm): Promise<string> {
  const client = algorithm && (await mock.clients.register({ provider: 'standard', idTokenAlgorithm: algorithm }))
  const { answer } = await mock.mint({ provider: 'standard', ...(client && { client: client.id }) })
  return (answer as { id_token: string }).id_token
}

/** Verifies by keys that are shown, as a client does. */
const verified = (token: string, keys: JSONWebKeySet) =>
  jwtVerify(token, createLocalJWKSet(keys), { currentDate: new Date(noon) })

/** Verifies by OpenSSL, which knows neither JOSE nor our signing. */
function isRight(token: string, { keys }: JSONWebKeySet): boolean {
  const [header = '', claims = '', signature = ''] = token.split('.')
  const jwk = keys.find(({ kid }) => kid === decodeProtectedHeader(token).kid)
  const key = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' })
  const hash = jwk?.kty === 'OKP' ? null : 'sha256'
  const input = Buffer.from(`${header}.${claims}`)
  return verify(hash, input, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))
}

describe('the keys of a provider', () => {
  const kid = expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
  const octets32 = expect.stringMatching(/^[\w-]{43}$/)

  it('are shown whole, one for each algorithm, and nothing private', async () => {
    const { keys } = await keysOf(await open())
    expect(keys.map((key) => Object.entries(key))).toEqual([
      [
        ...Object.entries({ use: 'sig', kty: 'RSA', kid, alg: 'RS256' }),
        ...Object.entries({ n: expect.stringMatching(/^[\w-]{342}$/), e: 'AQAB' }),
      ],
      Object.entries({ use: 'sig', kty: 'EC', kid, alg: 'ES256', crv: 'P-256', x: octets32, y: octets32 }),
      Object.entries({ use: 'sig', kty: 'OKP', kid, alg: 'EdDSA', crv: 'Ed25519', x: octets32 }),
    ])
    expect(new Set(keys.map((key) => key.kid)).size).toBe(3)
  })

  it('and what they sign, are the same bytes for one seed, and others for another seed', async () => {
    const [one, same, other] = [await open(), await open(), await open({ seed: 'others' })]
    const tokens = async (mock: MockOAuth) => {
      const signed = []
      for (const algorithm of algorithms) signed.push(await idToken(mock, algorithm))
      return signed
    }
    expect(await tokens(one)).toEqual(await tokens(same))
    const keys = await keysOf(one)
    expect(await keysOf(same)).toEqual(keys)
    const public_ = ({ keys }: JSONWebKeySet) => keys.map(({ n, x, kid }) => [kid, n ?? x])
    const all = [...public_(keys), ...public_(await keysOf(other))].flat()
    expect(new Set(all).size).toBe(12)
  })

  it('are apart in an environment apart', async () => {
    const mock = await open({ providers: ['mercury'] })
    const [live, test] = [await keysOf(mock), await keysOf(mock, 'mercury:sandbox')]
    expect(live.keys[0]?.kid).not.toBe(test.keys[0]?.kid)
    await mock.keys.rotate({ provider: 'mercury:sandbox', retire: true })
    expect(await keysOf(mock)).toEqual(live)
    expect(await keysOf(mock, 'mercury:sandbox')).not.toEqual(test)
  })
})

describe('an ID token', () => {
  it.each(algorithms)('is signed with %s for a client that is registered for it', async (alg) => {
    const mock = await open()
    const token = await idToken(mock, alg)
    const keys = await keysOf(mock)
    const { payload, protectedHeader } = await verified(token, keys)
    const key = keys.keys.find((one) => one.alg === alg)
    expect(Object.entries(protectedHeader)).toEqual(Object.entries({ alg, kid: key?.kid, typ: 'JWT' }))
    expect(payload.iss).toBe('https://standard.example')
    expect(isRight(token, keys)).toBe(true)
    const [header, claims = '', signature] = token.split('.')
    const forged = `${header}.${claims.slice(0, -1)}${claims.endsWith('A') ? 'B' : 'A'}.${signature}`
    expect(isRight(forged, keys)).toBe(false)
  })

  it('is signed with the first algorithm of the provider for any other client', async () => {
    expect(decodeProtectedHeader(await idToken(await open()))).toMatchObject({ alg: 'RS256' })
  })
})

describe('a rotation', () => {
  it('makes new keys sign, while what the old ones signed verifies until they retire', async () => {
    const mock = await open()
    const before = await keysOf(mock)
    const old = await Promise.all(algorithms.map((alg) => idToken(mock, alg)))
    const rotated = await mock.keys.rotate()
    const after = await keysOf(mock)
    expect(after.keys.slice(3)).toEqual(before.keys)
    expect(after.keys.map(({ alg }) => alg)).toEqual([...algorithms, ...algorithms])
    expect(rotated).toEqual({
      provider: 'standard',
      signing: after.keys.slice(0, 3).map(({ kid }) => kid),
      keys: after.keys,
    })

    const young = await Promise.all(algorithms.map((alg) => idToken(mock, alg)))
    expect(young.map((token) => decodeProtectedHeader(token).kid)).toEqual(rotated.signing)
    for (const token of [...old, ...young]) {
      await verified(token, after)
      expect(isRight(token, after)).toBe(true)
    }
    for (const token of young) await expect(verified(token, before)).rejects.toThrow('no applicable key')

    const retired = await mock.keys.rotate({ retire: true })
    expect(retired.signing).toEqual(retired.keys.map(({ kid }) => kid))
    expect(await keysOf(mock)).toEqual({ keys: retired.keys })
    for (const token of [...old, ...young]) {
      await expect(verified(token, await keysOf(mock))).rejects.toThrow('no applicable key')
    }
    await verified(await idToken(mock, 'ES256'), await keysOf(mock))
  })

  it('leaves three generations at most', async () => {
    const mock = await open({ providers: ['mercury'] })
    const shown = []
    for (let i = 0; i < 4; i++) shown.push((await mock.keys.rotate()).keys.map(({ kid }) => kid))
    expect(shown.map((kids) => kids.length)).toEqual([2, 3, 3, 3])
    expect(new Set(shown.flat()).size).toBe(5)
    expect(shown[3]?.slice(1)).toEqual(shown[2]?.slice(0, 2))
  })

  it('is undone by a reset', async () => {
    const mock = await open()
    const before = await mock.keys.list()
    await mock.keys.rotate()
    await mock.reset()
    expect(await mock.keys.list()).toEqual(before)
    expect(decodeProtectedHeader(await idToken(mock)).kid).toBe(before.signing[0])
  })

  it('is followed by a client that keeps the keys and asks again for one that it does not know', async () => {
    const mock = await open()
    const server = await mock.listen({ port: 0 })
    const { issuer } = server.provider('standard')
    const { jwks_uri } = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()
    const keys = createRemoteJWKSet(new URL(jwks_uri), { cooldownDuration: 0 })
    const verify = (token: string) => jwtVerify(token, keys, { currentDate: new Date(noon) })
    const asked = () => mock.requests({ endpoint: 'keys' }).length
    const old = await idToken(mock, 'EdDSA')
    await verify(old)
    await verify(old)
    expect(asked()).toBe(1)
    await mock.keys.rotate({ retire: true })
    await verify(old)
    expect(asked()).toBe(1)
    await verify(await idToken(mock, 'EdDSA'))
    expect(asked()).toBe(2)
    await expect(verify(old)).rejects.toThrow('no applicable key')
  })

  it('is refused where nothing is signed, and where it is unclear whose keys are meant', async () => {
    const mock = await open({ providers: ['standard', 'mekari'] })
    const refused = { name: 'MockOAuthError', code: 'no_signing_keys' }
    const message = 'Mekari signs no ID tokens, so it has no keys.'
    await expect(mock.keys.rotate({ provider: 'mekari' })).rejects.toMatchObject({ ...refused, message })
    await expect(mock.keys.list('mekari:sandbox')).rejects.toMatchObject(refused)
    await expect(mock.keys.rotate()).rejects.toMatchObject({ code: 'unknown_provider' })
  })
})

describe('keys of whatever seed', () => {
  /** A world whose provider signs with these only: an RSA key would take its time. */
  async function worldOf(seed: string) {
    const [whole] = environmentsOf(providers.standard as (typeof providers)[string])
    const openid = whole?.rules.openid
    if (!whole || !openid) throw new Error('standard has no ID tokens')
    const environment = { ...whole, rules: { ...whole.rules, openid: { ...openid, algorithms: ['ES256', 'EdDSA'] } } }
    const world = await createWorld({ environments: [environment as typeof whole], seed, realTime: () => 0 })
    const keys = async (): Promise<JSONWebKeySet> => {
      const request = { method: 'GET', url: whole.urlOf(openid.keys), headers: {}, body: '' }
      return JSON.parse((await serve(request, world, itself)).body)
    }
    return { world, environment: environment as typeof whole, keys }
  }

  it(`are right: seed ${randomSeed}`, async () => {
    const halves = new Set<boolean>()
    for (let i = 0; i < 40; i++) {
      const { world, environment, keys } = await worldOf(`${randomSeed} ${i}`)
      for (const alg of ['ES256', 'EdDSA'] as const) {
        const token = await sign(world, environment, alg, { iss: 'https://standard.example', i })
        expect([i, alg, isRight(token, await keys())]).toEqual([i, alg, true])
        const signature = Buffer.from(token.split('.')[2] ?? '', 'base64url')
        if (alg === 'ES256') halves.add((signature[32] ?? 0) < 128)
      }
    }
    // Real servers do not keep to the lower half of all signatures, and a client has to take both.
    expect(halves.size).toBe(2)
  })

  it('are the same after the same rotations, and what they sign too', async () => {
    const [one, same] = [await worldOf('a'), await worldOf('a')]
    const before = await one.keys()
    for (const { world, environment } of [one, same]) {
      for (const most of [1, 1]) await world.store.rotateKeyRing(environment.key, most)
    }
    expect(await one.keys()).toEqual(await same.keys())
    expect(await one.keys()).not.toEqual(before)
    for (const alg of ['ES256', 'EdDSA'] as const) {
      expect(await sign(one.world, one.environment, alg, {})).toBe(await sign(same.world, same.environment, alg, {}))
    }
  })

  it('verify what they signed themselves, expired or not, and nothing else', async () => {
    const { world, environment } = await worldOf('a')
    const other = await worldOf('b')
    const claims = { sub: 'someone', exp: 1 }
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    for (const alg of ['ES256', 'EdDSA'] as const) {
      const token = await sign(world, environment, alg, claims)
      const [header = '', body = '', signature = ''] = token.split('.')
      const changed = encode({ ...claims, sub: 'another' })
      const headerWith = (name: string) => encode({ ...decodeProtectedHeader(token), alg: name })
      const wrong = [
        ...['', 'x', '..', `${header}.${body}`, `${header}.${body}.`, `${token}.${signature}`],
        ...[`${header}.${changed}.${signature}`, `${headerWith('none')}.${body}.`],
        ...['none', 'HS256', 'RS256'].map((name) => `${headerWith(name)}.${body}.${signature}`),
        await sign(other.world, other.environment, alg, claims),
      ]
      expect(await verifyOwn(world, environment, token)).toEqual(claims)
      for (const one of wrong) expect([one, await verifyOwn(world, environment, one)]).toEqual([one, undefined])
    }
    const [es256, edDsa] = [
      await sign(world, environment, 'ES256', claims),
      await sign(world, environment, 'EdDSA', claims),
    ]
    await world.store.rotateKeyRing(environment.key, 2)
    expect(await verifyOwn(world, environment, es256)).toEqual(claims)
    await world.store.rotateKeyRing(environment.key, 1)
    expect(await verifyOwn(world, environment, edDsa)).toBeUndefined()
  })
})
