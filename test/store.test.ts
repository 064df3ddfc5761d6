import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '../src/store/memory.ts'
import type {
  AccessToken,
  AuthorizationCode,
  DeviceRequest,
  Grant,
  RefreshToken,
  Store,
  TokenSet,
} from '../src/store/store.ts'
import { rotationOf } from '../src/vocabulary/rotation.ts'
import { keepStores, openReopening } from './state/reopening.ts'

/** Every store keeps these promises. */
const stores: { name: string; open(remembered?: number): Store }[] = [
  { name: 'memory', open: createMemoryStore },
  { name: 'kept', open: openReopening },
]
keepStores()

const hour = 3_600_000
const grant = (id: string): Grant => ({
  id,
  environment: 'x',
  clientId: 'c',
  userId: 'u',
  scope: 's',
  scopeAsked: 's',
  type: 'authorization_code',
  startedAt: 0,
})
const common = { environment: 'x', clientId: 'c', issuedAt: 0 }
const code = (grantId: string, value: string): AuthorizationCode => ({
  ...common,
  value,
  grantId,
  expiresAt: hour,
  redirectUri: 'http://localhost/',
  redirectUriSent: false,
})
const tokens = (grantId: string, n: string, expiresAt = hour): TokenSet => {
  const accessToken: AccessToken = { ...common, value: `a${n}`, grantId, expiresAt, scope: 's' }
  const refreshToken: RefreshToken = { ...common, value: `r${n}`, grantId, expiresAt, accessToken: `a${n}` }
  return { accessToken, refreshToken }
}
const device = (deviceCode: string): DeviceRequest => ({
  environment: 'x',
  clientId: 'c',
  issuedAt: 0,
  deviceCode,
  userCode: `${deviceCode}-U`,
  plainUserCode: `${deviceCode}U`,
  scope: 's',
  issuedBy: 'r1',
  expiresAt: hour,
  interval: 5_000,
})
const at = { at: 1 }
const wins = (results: boolean[]) => results.filter(Boolean).length

describe.each(stores)('the $name store', ({ open }) => {
  it('lists as standing what has something live in it, in its environment', async () => {
    const store = open()
    for (const id of ['live', 'ended', 'over']) {
      await store.startGrant(grant(id), { tokens: tokens(id, id, id === 'over' ? 10 : hour) })
    }
    await store.startGrant({ ...grant('elsewhere'), environment: 'y' }, { tokens: tokens('elsewhere', 'e') })
    await store.endGrant('ended', 'user', at)
    await store.sweep(11)
    expect((await store.listStanding('x')).map(({ id }) => id)).toEqual(['live'])
  })

  it("forgets the session of a client's owner with the client", async () => {
    const store = open()
    for (const id of ['c', 'd'])
      await store.putSession({ id, environment: 'x', clientId: id, startedAt: 0, expiresAt: hour })
    await store.removeClient('x', 'c', at)
    expect([await store.findSession('c'), (await store.findSession('d'))?.clientId]).toEqual([undefined, 'd'])
  })

  it('finds by its user code a device that waits before one that was decided about', async () => {
    const store = open()
    await store.putDevice({ ...device('old'), plainUserCode: '1234' })
    await store.decideDevice('old', 'denied')
    expect((await store.findDeviceByUserCode('x', '1234'))?.deviceCode).toBe('old')
    await store.putDevice({ ...device('new'), plainUserCode: '1234' })
    expect((await store.findDeviceByUserCode('x', '1234'))?.deviceCode).toBe('new')
  })

  it('forgets with a client what it has asked for, so that nobody of its name comes by it', async () => {
    const store = open()
    const ask = async (client: string) => {
      const uri = `u${client}`
      const own = { environment: 'x', clientId: client }
      await store.putRequest({ uri, ...own, query: 'a=1', expiresAt: hour })
      await store.putDevice({ ...device(`d${client}`), ...own })
    }
    for (const client of ['c', 'other']) await ask(client)
    await store.removeClient('x', 'c', at)
    expect([await store.findRequest('uc'), await store.findDevice('dc')]).toEqual([undefined, undefined])
    expect(await store.findRequest('uother')).toBeDefined()
    expect(await store.findDevice('dother')).toBeDefined()
    expect((await store.size()).live).toBe(2)
  })

  it('lets one of many decide for a device, which is found by its user code in its environment', async () => {
    const store = open()
    await store.putDevice(device('d'))
    expect((await store.findDeviceByUserCode('x', 'dU'))?.deviceCode).toBe('d')
    expect([await store.findDeviceByUserCode('y', 'dU'), await store.findDeviceByUserCode('x', 'd-U')]).toEqual([
      undefined,
      undefined,
    ])
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, n) => store.decideDevice('d', n % 2 ? 'denied' : 'approved')),
    )
    expect(wins(results)).toBe(1)
    expect((await store.findDevice('d'))?.decided).toBe(results[0] ? 'approved' : 'denied')
    expect(await store.decideDevice('nothing', 'approved')).toBe(false)
  })

  it('lets nobody decide for a device whose time is over, also when the clock is set back', async () => {
    const store = open()
    await store.putDevice(device('d'))
    await store.sweep(hour)
    expect([await store.decideDevice('d', 'approved'), (await store.findDevice('d'))?.expired]).toEqual([false, true])
  })

  it('notes polls, and gives more to keep after one that came too soon', async () => {
    const store = open()
    await store.putDevice(device('d'))
    const polls = []
    for (const time of [0, 4_999, 14_998, 29_998, 29_000]) polls.push(await store.pollDevice('d', time, 5_000))
    // Ten seconds after the second, fifteen after the third; a clock that was set back slows nobody down.
    expect(polls).toEqual([true, false, false, true, true])
  })

  it('forgets what a decided device asked for before the code that took over', async () => {
    const store = open(1)
    await store.putDevice(device('d'))
    await store.decideDevice('d', 'approved')
    await store.startGrant(grant('g'), { code: { ...code('g', 'd'), device: true } })
    await store.spendCode('d', tokens('g', '1'), at)
    expect([await store.findDevice('d'), (await store.findCode('d'))?.spent]).toEqual([undefined, at])
  })

  it('lets one of many spend a code, and stores the tokens of that one only', async () => {
    const store = open()
    await store.startGrant(grant('g'), { code: code('g', 'k') })
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, n) => store.spendCode('k', tokens('g', `${n}`), { at: 1, request: `q${n}` })),
    )
    expect(wins(results)).toBe(1)
    const winner = results.indexOf(true)
    expect((await store.findCode('k'))?.spent).toEqual({ at: 1, request: `q${winner}` })
    const stored = await Promise.all(results.map((_, n) => store.findAccessToken(`a${n}`)))
    expect(stored.map(Boolean)).toEqual(results)
  })

  it('lets one of many rotate a refresh token', async () => {
    const store = open()
    await store.startGrant(grant('g'), { tokens: tokens('g', '0') })
    const old = { rotation: rotationOf('singleUse'), endAccessToken: true }
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, n) => store.rotate('r0', tokens('g', `${n + 1}`), old, at)),
    )
    expect(wins(results.map(Boolean))).toBe(1)
    expect((await store.findRefreshToken('r0'))?.spent).toEqual(at)
    expect((await store.findAccessToken('a0'))?.replaced).toEqual(at)
  })

  it.each([hour, Number.POSITIVE_INFINITY])(
    'lets go of a refresh token that was rotated at the end of its window, whenever else it would end: %s',
    async (expiresAt) => {
      const store = open()
      await store.startGrant(grant('g'), { tokens: tokens('g', '0', expiresAt) })
      const grace = { rotation: rotationOf('grace:30'), endAccessToken: false }
      await store.rotate('r0', tokens('g', '1'), grace, at)
      await store.sweep(30_000)
      expect(await store.rotate('r0', tokens('g', '2'), grace, { at: 30_000 })).toBeDefined()
      expect((await store.size()).live).toBe(6)
      await store.sweep(30_001)
      expect(await store.size()).toEqual({ live: 5, remembered: 1 })
      expect(await store.findRefreshToken('r0')).toMatchObject({ expired: true, rotated: { wouldEnd: expiresAt } })
      expect(await store.rotate('r0', tokens('g', '3'), grace, { at: 30_001 })).toBeUndefined()
      await store.endGrant('g', 'user', at)
      expect((await store.size()).live).toBe(0)
    },
  )

  it('brings a pair again as long as it lives, swept or not', async () => {
    const store = open()
    await store.startGrant(grant('g'), { tokens: tokens('g', '0') })
    const samePair = { rotation: rotationOf('samePair:30'), endAccessToken: true }
    const pair = tokens('g', '1', 10_000)
    expect(await store.rotate('r0', pair, samePair, at)).toEqual(pair)
    expect(await store.rotate('r0', tokens('g', '2'), samePair, { at: 9_999 })).toEqual(pair)
    expect(await store.rotate('r0', tokens('g', '3'), samePair, { at: 10_000 })).toBeUndefined()
    expect(await store.findAccessToken('a2')).toBeUndefined()
    expect((await store.findRefreshToken('r0'))?.rotated?.further).toBe(1)
  })

  it('lets a window be used as often as its number says, however many race', async () => {
    const store = open()
    await store.startGrant(grant('g'), { tokens: tokens('g', '0') })
    const grace = { rotation: rotationOf('grace:30,2'), endAccessToken: false }
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, n) => store.rotate('r0', tokens('g', `${n + 1}`), grace, at)),
    )
    expect(wins(results.map(Boolean))).toBe(3)
    expect(await store.findRefreshToken('r0')).toMatchObject({ spent: at, rotated: { further: 2 } })
    expect(await store.size()).toEqual({ live: 7, remembered: 1 })
  })

  it('keeps the old refresh token and access token where they live on', async () => {
    const store = open()
    await store.startGrant(grant('g'), { tokens: tokens('g', '0') })
    const lives = { rotation: rotationOf('none'), endAccessToken: false }
    const { accessToken } = tokens('g', '1')
    expect(await store.rotate('r0', { accessToken }, lives, at)).toBeDefined()
    expect(await store.rotate('r0', { accessToken: { ...accessToken, value: 'a2' } }, lives, at)).toBeDefined()
    expect((await store.findAccessToken('a0'))?.replaced).toBeUndefined()
  })

  it('ends every code and token of a grant, once', async () => {
    const store = open()
    await store.startGrant(grant('g'), { code: code('g', 'k') })
    await store.spendCode('k', tokens('g', '0'), at)
    expect(await store.endGrant('g', 'user', { at: 2 })).toBe(true)
    expect(await store.endGrant('g', 'client', { at: 3 })).toBe(false)
    expect((await store.findGrant('g'))?.ended).toEqual({ at: 2, by: 'user' })
    expect((await store.findAccessToken('a0'))?.revoked).toEqual({ at: 2 })
    expect((await store.findRefreshToken('r0'))?.revoked).toEqual({ at: 2 })
    expect(
      await store.rotate('r0', tokens('g', '1'), { rotation: rotationOf('singleUse'), endAccessToken: false }, at),
    ).toBeUndefined()
  })

  it('gives a consent page away once', async () => {
    const store = open()
    await store.putPage({ id: 'p', sessionId: 's', request: '/', expiresAt: hour })
    expect((await store.takePage('p'))?.sessionId).toBe('s')
    expect(await store.takePage('p')).toBeUndefined()
  })

  it('lets a pushed request be used once, and says afterwards that it was', async () => {
    const store = open()
    await store.putRequest({ uri: 'u', environment: 'x', clientId: 'c', query: 'a=1', expiresAt: hour })
    const uses = await Promise.all([1, 2, 3].map((time) => store.spendRequest('u', { at: time })))
    expect(uses).toEqual([true, false, false])
    expect((await store.findRequest('u'))?.spent).toEqual({ at: 1 })
    await store.putRequest({ uri: 'v', environment: 'x', clientId: 'c', query: 'a=1', expiresAt: hour })
    await store.sweep(2 * hour)
    expect((await store.findRequest('v'))?.expired).toBe(true)
    expect(await store.spendRequest('v', at)).toBe(false)
  })

  it('decides for a device once, and notes when it polls too soon', async () => {
    const store = open()
    const times = { issuedAt: 0, issuedBy: 'r1', expiresAt: hour, interval: 5_000 }
    await store.putDevice({
      deviceCode: 'd',
      userCode: 'AB-CD',
      plainUserCode: 'ABCD',
      environment: 'x',
      clientId: 'c',
      scope: 's',
      ...times,
    })
    expect((await store.findDeviceByUserCode('x', 'ABCD'))?.deviceCode).toBe('d')
    expect(await store.findDeviceByUserCode('y', 'ABCD')).toBeUndefined()
    const polls: boolean[] = []
    for (const moment of [0, 4_999, 14_999, 24_998, 40_000]) polls.push(await store.pollDevice('d', moment, 5_000))
    expect(polls).toEqual([true, false, true, false, true])
    expect((await store.findDevice('d'))?.interval).toBe(15_000)
    const decisions = await Promise.all((['approved', 'denied'] as const).map((one) => store.decideDevice('d', one)))
    expect(decisions).toEqual([true, false])
    expect((await store.findDevice('d'))?.decided).toBe('approved')
  })

  it('rotates keys as often as it is asked to, and brings none back that has retired', async () => {
    const store = open()
    await Promise.all([3, 1, 3].map((most) => store.rotateKeyRing('x', most)))
    expect(await store.findKeyRing('x')).toEqual({ environment: 'x', newest: 3, oldest: 2 })
    for (let n = 0; n < 3; n++) await store.rotateKeyRing('x', 3)
    expect(await store.findKeyRing('x')).toEqual({ environment: 'x', newest: 6, oldest: 4 })
    expect(await store.findKeyRing('y')).toBeUndefined()
  })

  it('takes the id of an assertion once, also when older ones had to be forgotten', async () => {
    const store = open(3)
    for (const n of [1, 2, 3, 4]) expect(await store.takeAssertion(`j${n}`, n * 1_000, 0)).toBe(true)
    expect(await store.takeAssertion('j1', 1_000, 0)).toBe(false)
    expect(await store.takeAssertion('j5', 9_000, 2_500)).toBe(true)
    for (const n of [1, 2, 3, 4]) expect(await store.takeAssertion(`j${n}`, n * 1_000, 0)).toBe(false)
  })

  it('takes many assertions at once without looking through them all each time', async () => {
    const store = open(3)
    const many = 50_000
    const taken = []
    for (let n = 0; n < many; n++) taken.push(await store.takeAssertion(`j${n}`, hour, 0))
    expect(wins(taken)).toBe(many)
  })

  it('is bounded by what is alive: dead entries are remembered up to a limit, the oldest forgotten first', async () => {
    const store = open(100)
    for (let n = 0; n < 1_000; n++) {
      await store.startGrant(grant(`g${n}`), { tokens: tokens(`g${n}`, `${n}`, n < 500 ? hour : 2 * hour) })
    }
    expect(await store.size()).toEqual({ live: 2_000, remembered: 0 })
    await store.sweep(hour + 60_000)
    expect(await store.size()).toEqual({ live: 1_000, remembered: 100 })
    await store.sweep(2 * hour + 60_000)
    expect(await store.size()).toEqual({ live: 0, remembered: 100 })
    expect(await store.findAccessToken('a0')).toBeUndefined()
    expect(await store.findGrant('g0')).toBeUndefined()
    expect(await store.findRefreshToken('r999')).toBeDefined()
    expect((await store.listGrants()).length).toBeLessThanOrEqual(100)
  })

  it('remembers a spent token while there is room, so that its reuse can be told from a made-up one', async () => {
    const store = open(3)
    await store.startGrant(grant('g'), { tokens: tokens('g', '0') })
    const old = { rotation: rotationOf('singleUse'), endAccessToken: false }
    for (let n = 0; n < 5; n++) await store.rotate(`r${n}`, tokens('g', `${n + 1}`), old, at)
    expect(await store.findRefreshToken('r0')).toBeUndefined()
    expect((await store.findRefreshToken('r4'))?.spent).toEqual(at)
    expect((await store.findRefreshToken('r5'))?.spent).toBeUndefined()
  })

  it('forgets everything when cleared', async () => {
    const store = open()
    await store.startGrant(grant('g'), { tokens: tokens('g', '0') })
    await store.putSession({ id: 's', environment: 'x', userId: 'u', startedAt: 0, expiresAt: hour })
    await store.clear()
    expect(await store.size()).toEqual({ live: 0, remembered: 0 })
    expect(await store.findAccessToken('a0')).toBeUndefined()
    expect(await store.findSession('s')).toBeUndefined()
  })
})
