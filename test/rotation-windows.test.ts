import type { ProviderDefinition } from 'mock-oauth/define'
import { providers } from 'mock-oauth/providers'
import { describe, expect, it } from 'vitest'
import { party, partyOf } from './rotation/party.ts'

const [reused, expired, revoked] = ['refresh_token_reused', 'refresh_token_expired', 'refresh_token_revoked']
/** Without OpenID Connect: no keys are made. */
const plainly = { client: { scopes: ['offline_access', 'api'] } }

describe('a window', () => {
  it('of grace lets siblings live side by side, each rotated by itself, until a late use ends them all', async () => {
    const { mock, mint, renewed, refresh, opens } = await party('standard', {
      ...plainly,
      rotation: { standard: 'grace:30' },
    })
    const old = await mint()
    const siblings = [await renewed(old.refresh), await renewed(old.refresh)]
    const next = []
    for (const one of siblings) next.push(await renewed(one.refresh))
    for (const one of [old, ...siblings, ...next]) expect(await opens(one.access)).toBe(true)
    await mock.clock.advance('30s')
    expect(await refresh(old.refresh)).toBe(reused)
    for (const one of [old, ...siblings, ...next]) expect(await opens(one.access)).toBe(false)
    for (const one of next) expect(await refresh(one.refresh)).toBe(revoked)
  })

  it('of samePair brings the pair to the character, its expires_in counting down', async () => {
    const { mock, mint, renewed } = await party('standard', { ...plainly, rotation: { standard: 'samePair:60' } })
    const old = await mint()
    const { answer } = await renewed(old.refresh)
    expect(answer.expires_in).toBe(3600)
    await mock.clock.advance('20s')
    const again = (await renewed(old.refresh)).answer
    expect(again).toEqual({ ...answer, expires_in: 3580 })
    expect(Object.keys(again)).toEqual(Object.keys(answer))
  })

  it('of samePair ends with the life of the pair that would come again', async () => {
    const { mock, mint, renewed, refresh } = await party('standard', {
      ...plainly,
      rotation: { standard: 'samePair:60' },
      lifetimes: { standard: { accessToken: '10s' } },
    })
    const old = await mint()
    const next = await renewed(old.refresh)
    await mock.clock.advance('9s')
    expect((await renewed(old.refresh)).answer).toMatchObject({ access_token: next.access, expires_in: 1 })
    await mock.clock.advance('1s')
    expect(await refresh(old.refresh)).toBe(reused)
    expect(await refresh(next.refresh)).toBe(revoked)
  })

  it('of samePair ends when the access token of the pair was revoked alone', async () => {
    const { mock, mint, renewed, refresh } = await party('mekari', {
      rotation: { mekari: 'samePair:60' },
      assume: { 'mekari.revocation': 'access-token-only' },
    })
    const old = await mint()
    const next = await renewed(old.refresh)
    const { revokeUrl: url = '' } = mock.provider()
    await mock.handle({ method: 'DELETE', url, headers: { authorization: `Bearer ${next.access}` }, body: '' })
    expect(await refresh(old.refresh)).toBe(reused)
  })

  it("ends with the token's own life, which is over then and no reuse", async () => {
    const { mock, mint, renewed, refresh, opens } = await party('standard', {
      ...plainly,
      rotation: { standard: 'grace:30' },
      lifetimes: { standard: { refreshToken: '20s' } },
    })
    const old = await mint()
    await mock.clock.advance('15s')
    const next = await renewed(old.refresh)
    for (const by of ['5s', '60s']) {
      await mock.clock.advance(by)
      expect(await refresh(old.refresh)).toBe(expired)
    }
    expect(await opens(next.access)).toBe(true)
  })

  it('leaves a sibling the life that the first one would have had, where that is inherited', async () => {
    const { mock, mint, renewed, refresh } = await party('mekari', {
      rotation: { mekari: 'grace:60' },
      lifetimes: { mekari: { refreshToken: '1h' } },
      assume: { 'mekari.refresh-lifetime': 'remaining' },
    })
    const old = await mint()
    await renewed(old.refresh)
    const [late, later] = [await renewed(old.refresh), await renewed(old.refresh)]
    await mock.clock.advance('3599s')
    const last = await renewed(late.refresh)
    await mock.clock.advance('1s')
    expect([await refresh(later.refresh), await refresh(last.refresh)]).toEqual([expired, expired])
  })

  it('stays over when the clock is turned back', async () => {
    const { mock, mint, renewed, refresh } = await party('standard', {
      ...plainly,
      rotation: { standard: 'keepsOld:1' },
    })
    const [old, start] = [await mint(), mock.clock.read().now]
    await renewed(old.refresh)
    await mock.clock.advance('1h')
    await mock.clock.move({ set: start })
    expect(await refresh(old.refresh)).toBe(reused)
  })

  it('is known to introspection and revocation', async () => {
    const { mock, mint, renewed, post } = await party('standard', { ...plainly, rotation: { standard: 'samePair:30' } })
    const { introspectUrl, revokeUrl } = mock.provider()
    const isActive = async (token: string) => JSON.parse((await post(introspectUrl, { token })).body).active
    const old = await mint()
    const next = await renewed(old.refresh)
    expect([await isActive(old.refresh), await isActive(next.refresh)]).toEqual([true, true])
    const last = await renewed(next.refresh)
    expect([await isActive(old.refresh), await isActive(next.refresh)]).toEqual([false, true])
    expect((await post(revokeUrl, { token: old.refresh })).status).toBe(200)
    expect(await isActive(last.refresh), 'a token that is over revokes nothing').toBe(true)
    await post(revokeUrl, { token: next.refresh })
    expect(await isActive(last.refresh)).toBe(false)
  })
})

describe('where no new refresh token can be issued', () => {
  it.each(['singleUse', 'grace:30', 'samePair:30', 'optionalNew'] as const)(
    'the old one works on: %s',
    async (policy) => {
      const { standard } = providers
      const { refresh } = standard ?? {}
      if (!standard || !refresh) throw new Error('standard renews')
      const needing = (onlyWithScope: string): ProviderDefinition => ({
        ...standard,
        id: 'own',
        refresh: { ...refresh, token: { ...refresh.token, onlyWithScope } },
      })
      const options = { ...plainly, rotation: { own: policy } }
      const { mock, mint } = await party('standard', { ...options, providers: [needing('offline_access')] })
      const old = await mint()
      await mock.reconfigure({ ...options, providers: [needing('email')] })
      const { renewed } = partyOf(mock)
      const accesses = new Set<string>()
      for (let use = 0; use < 4; use++) accesses.add((await renewed(old.refresh)).access)
      expect(accesses.size).toBe(4)
    },
  )
})

describe('another policy while tokens live', () => {
  const begin = async () => {
    const one = await party('standard', { ...plainly, rotation: { standard: 'grace:300' } })
    const old = await one.mint()
    const next = await one.renewed(old.refresh)
    return { ...one, old, next }
  }

  it('closes an open window sooner, and makes none longer', async () => {
    const shorter = await begin()
    await shorter.mock.clock.advance('60s')
    shorter.mock.rotations.set('grace:30')
    expect(await shorter.refresh(shorter.old.refresh)).toBe(reused)
    expect(await shorter.refresh(shorter.next.refresh)).toBe(revoked)

    const longer = await begin()
    longer.mock.rotations.set('keepsOld:24')
    await longer.mock.clock.advance('299s')
    await longer.renewed(longer.old.refresh)
    await longer.mock.clock.advance('1s')
    expect(await longer.refresh(longer.old.refresh)).toBe(reused)
    await longer.renewed(longer.next.refresh)
  })

  it.each(['none', 'singleUse', 'optionalNew'] as const)('brings nothing dead to life: %s', async (policy) => {
    const { mock, old, next, refresh, renewed } = await begin()
    mock.rotations.set(policy)
    expect(await refresh(old.refresh)).toBe(reused)
    await renewed(next.refresh)
  })

  it('counts further uses from the one that rotated, however often the token was used before', async () => {
    const { mock, mint, renewed, refresh } = await party('standard', { ...plainly, rotation: { standard: 'none' } })
    const old = await mint()
    for (let use = 0; use < 5; use++) await renewed(old.refresh)
    mock.rotations.set('grace:30,2')
    for (let use = 0; use < 3; use++) await renewed(old.refresh)
    expect(await refresh(old.refresh)).toBe(reused)
  })

  it('counts uses by fewer than there were', async () => {
    const { mock, old, refresh, renewed } = await begin()
    for (let use = 0; use < 3; use++) await renewed(old.refresh)
    mock.rotations.set('grace:300,3')
    expect(await refresh(old.refresh)).toBe(reused)
  })

  it('brings the pair of the first use again when the window had been one of siblings', async () => {
    const { mock, old, next, renewed } = await begin()
    await renewed(old.refresh)
    mock.rotations.set('samePair:300')
    expect((await renewed(old.refresh)).access).toBe(next.access)
  })
})
