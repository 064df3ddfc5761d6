import { createMockOAuth, type MockOAuthOptions, type RotationPolicy } from 'mock-oauth'
import { describe, expect, it, onTestFinished } from 'vitest'
import { acme } from './cli/own/acme.ts'
import { mistake, says, serve } from './control/serve.ts'
import { partyOf } from './rotation/party.ts'

async function made(options: MockOAuthOptions) {
  const mock = await createMockOAuth(options)
  onTestFinished(() => mock.close())
  const policies = () => Object.fromEntries(mock.rotations.list().map(({ provider, policy }) => [provider, policy]))
  return { mock, policies }
}

const both = (mekari: string, sandbox = mekari) => ({ mekari, 'mekari:sandbox': sandbox })

describe('a rotation policy that is set at the start', () => {
  it('is that of a provider with all its environments, or of one environment, which goes before', async () => {
    const { policies } = await made({ providers: ['mekari'], rotation: { mekari: 'grace:30' } })
    expect(policies()).toEqual(both('grace:30'))
    const rotation = { 'mekari:sandbox': 'none', mekari: 'grace:30,1' } as const
    expect((await made({ providers: ['mekari'], rotation })).policies()).toEqual(both('grace:30,1', 'none'))
  })

  it('is known as configured, wherever that is shown, and by what else it would be', async () => {
    const { mock } = await made({ providers: ['mekari'], rotation: { mekari: 'singleUse+familyRevoked' } })
    const source = 'rotation.mekari; else singleUse, documented: the page, end of Refresh Token'
    const words =
      'singleUse+familyRevoked: a refresh token works once and each answer brings the next; using an old one is refused and ends every token of the authorization'
    expect(mock.rotations.list()[0]).toEqual({
      provider: 'mekari',
      policy: 'singleUse+familyRevoked',
      words,
      grade: 'configured',
      source,
    })
    const { mint, renewed, refresh } = partyOf(mock, 'mekari')
    const old = await mint()
    await renewed(old.refresh)
    await refresh(old.refresh)
    expect(mock.explain().evidence).toMatchObject({ grade: 'configured', source })
  })

  it.each<[Record<string, string>, string, string]>([
    [{ mekari: 'grace' }, 'invalid_rotation', 'rotation.mekari: "grace" is not a rotation policy. Expected none, '],
    [{ mekari: 'grace:0' }, 'invalid_rotation', 'rotation.mekari: "grace:0" is not'],
    [{ mekari: 'grace:30,0' }, 'invalid_rotation', 'rotation.mekari: "grace:30,0" is not'],
    [{ mekari: 'samePair:30,1' }, 'invalid_rotation', 'rotation.mekari: "samePair:30,1" is not'],
    [{ mekari: 'keepsOld:9999999' }, 'invalid_rotation', 'rotation.mekari: "keepsOld:9999999" is not'],
    [{ mekari: 'constructor' }, 'invalid_rotation', 'rotation.mekari: "constructor" is not'],
    [{ mercury: 'none' }, 'invalid_option', 'rotation.mercury: not played. Played: mekari, mekari:sandbox, acme.'],
    [{ 'mekari:live': 'none' }, 'invalid_option', 'rotation.mekari:live: not played.'],
    [{ acme: 'none' }, 'invalid_option', 'rotation.acme: Acme Bank issues no refresh tokens.'],
  ])('is refused where it cannot be: %j', async (rotation, code, sentence) => {
    const options = { providers: ['mekari', acme], rotation: rotation as Record<string, RotationPolicy> }
    await expect(createMockOAuth(options)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(sentence),
    })
  })
})

describe('a rotation policy that is set while tokens live', () => {
  it('holds from now on, until it is taken back or the world is reset to what it was set up with', async () => {
    const { mock, policies } = await made({ providers: ['mekari'], rotation: { 'mekari:sandbox': 'optionalNew' } })
    const { mint, renewed, refresh } = partyOf(mock, 'mekari')
    const old = await mint()
    mock.rotations.set('none')
    expect(policies()).toEqual(both('none', 'none'))
    expect((await renewed(old.refresh)).refresh).toBe(old.refresh)
    mock.rotations.set('keepsOld:1', 'mekari:sandbox')
    expect(policies()).toEqual(both('none', 'keepsOld:1'))
    expect(mock.rotations.list()[1]?.source).toBe(
      'set since the start; else optionalNew, configured: rotation.mekari:sandbox; else singleUse, documented: the page, end of Refresh Token',
    )
    mock.rotations.set(null, 'mekari')
    expect(policies()).toEqual(both('singleUse', 'keepsOld:1'))
    await renewed(old.refresh)
    expect(await refresh(old.refresh)).toBe('refresh_token_reused')
    await mock.reset()
    expect(policies()).toEqual(both('singleUse', 'optionalNew'))
  })

  it('outlives another configuration, but not the provider that it was for', async () => {
    const { mock, policies } = await made({ providers: ['mekari', 'mercury'] })
    mock.rotations.set('grace:30', 'mekari')
    mock.rotations.set('none', 'mercury')
    await mock.reconfigure({ providers: ['mekari'], rotation: { mekari: 'keepsOld:2' } })
    expect(policies()).toEqual(both('grace:30'))
    await mock.reconfigure({ providers: ['mekari', 'mercury'] })
    expect(policies()).toMatchObject({ ...both('grace:30'), mercury: 'singleUse+familyRevoked' })
    await mock.reset()
    expect(policies()).toMatchObject(both('singleUse'))
  })

  it('is refused where it cannot be, and then changes nothing', async () => {
    const { mock, policies } = await made({
      providers: ['mekari', 'finexer', acme],
      assume: { 'finexer.refresh': 'unsupported' },
    })
    const before = policies()
    const set = (policy: string, provider?: string) => () => mock.rotations.set(policy as RotationPolicy, provider)
    expect(set('none')).toThrow('Name a provider: mekari, ')
    expect(set('none', 'mercury')).toThrow('"mercury" is not played here.')
    expect(set('never', 'mekari')).toThrow('"never" is not a rotation policy.')
    expect(set('none', 'acme')).toThrow('Acme Bank issues no refresh tokens.')
    expect(set('none', 'finexer')).toThrow('Finexer takes no refresh tokens.')
    expect(policies()).toEqual(before)
  })
})

describe('PATCH /_mock/providers/:id', () => {
  it('sets the policy, says how it is known by now, and takes it back', async () => {
    const { control, mock } = await serve()
    const rotation = () => mock.rotations.list().map(({ policy }) => policy)
    const { status, body } = await control('PATCH /providers/mekari', { rotation: 'grace:30,1' })
    const { evidence } = body as { evidence: { path: string; grade: string }[] }
    expect([status, evidence.find(({ path }) => path === 'refresh.token.rotation')?.grade]).toEqual([200, 'configured'])
    await control('PATCH /providers/mekari:sandbox', { rotation: 'none' })
    expect(rotation()).toEqual(['grace:30,1', 'none'])
    await control('PATCH /providers/mekari', { rotation: null })
    expect(rotation()).toEqual(['singleUse', 'none'])
    expect((await control('PATCH /providers/mekari', {})).status).toBe(200)
    expect(rotation()).toEqual(['singleUse', 'none'])
  })

  it('refuses what is none', async () => {
    const { control } = await serve()
    expect(await control('PATCH /providers/acme', { rotation: 'none' })).toEqual(
      mistake(404, 'unknown_provider', says('acme', 'mekari')),
    )
    expect(await control('PATCH /providers/mekari', { rotation: 'once' })).toEqual(
      mistake(400, 'invalid_rotation', says('once', 'samePair:<seconds>')),
    )
    expect(await control('PATCH /providers/mekari', { rotation: 5 })).toEqual(mistake(400, 'invalid_request'))
    expect(await control('PATCH /providers/mekari', { policy: 'none' })).toEqual(
      mistake(400, 'invalid_request', says('policy', 'rotation')),
    )
  })
})
