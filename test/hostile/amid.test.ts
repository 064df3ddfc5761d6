import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { createMockOAuth, type MockOAuth, type MockOAuthOptions, type MockWorld } from 'mock-oauth'
import { describe, expect, it, onTestFinished } from 'vitest'
import { folderWith } from '../cli/command.ts'

async function open(options: MockOAuthOptions = {}): Promise<MockOAuth> {
  const mock = await createMockOAuth({ providers: ['mekari'], seed: 'amid', consent: 'approve', ...options })
  onTestFinished(() => mock.close())
  return mock
}

const call = async (world: MockWorld, token: string) => {
  const headers = { authorization: `Bearer ${token}` }
  return (await world.handle({ method: 'GET', url: world.provider().apiUrl, headers, body: '' })).status
}

/** A request to Mekari's token endpoint. */
const ask = (world: MockWorld, fields: Record<string, string>) => {
  const { tokenUrl, clientId, clientSecret } = world.provider()
  const body = JSON.stringify({ client_id: clientId, client_secret: clientSecret, scope: 'esign', ...fields })
  return world.handle({ method: 'POST', url: tokenUrl, headers: { 'content-type': 'application/json' }, body })
}
const refresh = (world: MockWorld, token = '') =>
  ask(world, { grant_type: 'refresh_token', refresh_token: token, scope: world.provider().scopes.join(' ') })

async function connect(world: MockWorld): Promise<Record<string, string>> {
  const { authorizeUrl, clientId } = world.provider()
  const asked = new URLSearchParams({ response_type: 'code', client_id: clientId, scope: 'esign' })
  const { redirectTo = '' } = (await world.authorize(`${authorizeUrl}?${asked}`)) as { redirectTo?: string }
  const code = new URL(redirectTo).searchParams.get('code') ?? ''
  return JSON.parse((await ask(world, { grant_type: 'authorization_code', code })).body)
}

describe('a reset', () => {
  it('in the midst of making people leaves none of the seed before', async () => {
    const mock = await open()
    const asked = mock.users.list()
    await mock.reset('another')
    const people = await asked
    expect(people).toHaveLength(3)
    expect(await mock.users.list()).toEqual(people)
    expect(people).toEqual(await (await open({ seed: 'another' })).users.list())
  })

  it('in the midst of a request keeps nothing of it in the journal', async () => {
    const mock = await open()
    const asked = refresh(mock, 'x')
    await mock.reset()
    await asked
    expect(mock.requests()).toEqual([])
    await refresh(mock, 'x')
    expect(mock.requests().map(({ id }) => id)).toEqual(['r1'])
  })
})

describe('a world of a state file that is asked for while it is being forgotten', () => {
  it('begins anew, and is kept from then on', async () => {
    const state = `${folderWith({})}/state`
    const mock = await open({ state })
    const before = await mock.world('x')
    await before.mint()
    // The second one: the world that comes has the same seed, and begins with the same first one.
    const { accessToken: old } = await before.mint()
    const [, world] = await Promise.all([mock.worlds.remove('x'), mock.world('x')])
    expect(await call(world, old)).toBe(401)
    const { accessToken } = await world.mint()
    await mock.close()
    const again = await (await open({ state })).world('x')
    expect([await call(again, old), await call(again, accessToken)]).toEqual([401, 200])
  })
})

describe('a client that goes while the signature of its request is looked at', () => {
  it.each(['removed', 'forgotten by a reset'])('gets nothing that works: %s', async (how) => {
    const mock = await open({ providers: ['standard'] })
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
    const jwks = { keys: [{ ...(await exportJWK(publicKey)) }] }
    await mock.clients.register({ provider: 'standard', id: 'keys', grantTypes: ['client_credentials'], jwks })
    const { issuer = '', tokenUrl } = mock.provider()
    const now = Math.floor(Date.parse(mock.clock.read().now) / 1000)
    const assert = (jti: string) =>
      new SignJWT({ iss: 'keys', sub: 'keys', aud: issuer })
        .setProtectedHeader({ alg: 'ES256' })
        .setJti(jti)
        .setIssuedAt(now)
        .setExpirationTime(now + 60)
        .sign(privateKey)
    const ask = (assertion: string) => {
      const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
      const fields = { grant_type: 'client_credentials', client_assertion: assertion, client_assertion_type: type }
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      return mock.handle({ method: 'POST', url: tokenUrl, headers, body: `${new URLSearchParams(fields)}` })
    }
    const [one, other] = [await assert('one'), await assert('other')]
    expect((await ask(one)).status).toBe(200)
    const asked = ask(other)
    await (how === 'removed' ? mock.clients.remove('keys') : mock.reset())
    expect((await asked).status).toBeGreaterThanOrEqual(400)
    expect((await mock.grants.list()).filter(({ ended }) => !ended)).toEqual([])
  })
})

describe('a request that was held', () => {
  it('obeys the rotation policy that holds when it is let go', async () => {
    const mock = await open({ rotation: { mekari: 'grace:600' } })
    const { refreshToken } = await mock.mint()
    expect((await refresh(mock, refreshToken)).status).toBe(200)
    const { id } = mock.faults.arm('token hold count=2')
    const held = refresh(mock, refreshToken)
    await mock.faults.gathered(id)
    mock.rotations.set('singleUse')
    mock.faults.release(id)
    expect((await held).status).toBe(400)
  })
})

describe('no two tokens have one value', () => {
  it('where a fault has given one away that the seed would have brought later', async () => {
    const mock = await open()
    await connect(mock)
    const { access_token: later = '' } = await connect(mock)
    await mock.reset()
    mock.faults.arm({ on: 'token', kind: 'replace', fields: { access_token: later } })
    const [first, second] = [await connect(mock), await connect(mock)]
    expect(first.access_token).toBe(later)
    expect(second.access_token).not.toBe(later)
  })

  it('where a snapshot of a process that had gone on is restored in a file, and gone on with', async () => {
    const folder = folderWith({})
    await (await open({ state: `${folder}/one` })).close()
    const one = await open({ state: `${folder}/one` })
    const { accessToken } = await one.mint()
    const snapshot = await one.snapshot()
    await one.close()
    const other = await open({ state: `${folder}/other`, seed: 'other' })
    await other.restore(snapshot)
    await other.close()
    const again = await open({ state: `${folder}/other` })
    expect(await call(again, accessToken)).toBe(200)
    expect((await again.mint()).accessToken).not.toBe(accessToken)
  })
})

describe('a refresh token without an end', () => {
  it.each(['as it is', 'restored', 'kept'])(
    'is told from one that has expired when it was used up: %s',
    async (how) => {
      const options = {
        ...{ providers: ['finexer'], rotation: { finexer: 'grace:30' } as const },
        ...(how === 'kept' && { state: `${folderWith({})}/state` }),
      }
      let mock = await open(options)
      const { refreshToken = '' } = await mock.mint()
      const { tokenUrl, clientId, clientSecret = '' } = mock.provider()
      const credentials = { client_id: clientId, client_secret: clientSecret }
      const use = () =>
        mock.handle({
          ...{ method: 'POST', url: tokenUrl, headers: { 'content-type': 'application/x-www-form-urlencoded' } },
          body: `${new URLSearchParams({ ...credentials, grant_type: 'refresh_token', refresh_token: refreshToken })}`,
        })
      expect((await use()).status).toBe(200)
      if (how === 'restored') await mock.restore(await mock.snapshot())
      if (how === 'kept') {
        await mock.close()
        mock = await open(options)
      }
      await mock.clock.advance('60s')
      expect((await use()).status).toBe(400)
      expect(mock.requests().at(-1)?.refusal?.kind).toBe('refresh_token_reused')
    },
  )
})

describe('a token that ends early', () => {
  it('is told of, whatever value another fault gives it', async () => {
    const mock = await open()
    mock.faults.arm('token expireEarly after=10s')
    mock.faults.arm('token replace lengths.access_token=100')
    await connect(mock)
    const words = mock
      .requests()
      .at(-1)
      ?.faults?.map((act) => act.words)
    expect(words?.[0]).toBe('the access token ends after 10 seconds, whatever the answer says')
  })
})

describe('a state file', () => {
  it('that was there for all to read is for its owner alone', async () => {
    const folder = folderWith({})
    writeFileSync(`${folder}/state`, '', { mode: 0o644 })
    await open({ state: `${folder}/state` })
    expect(readdirSync(folder)).toContain('state')
    expect(statSync(`${folder}/state`).mode & 0o777).toBe(0o600)
  })
})
