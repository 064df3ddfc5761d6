import type { MockOAuth } from 'mock-oauth'
import { describe, expect, it } from 'vitest'
import { attemptsOf, states } from './attempts.ts'
import type { Received, Receiver } from './receiver.ts'
import { signatureHeader, verifies } from './signature.ts'
import { start } from './stage.ts'
import { stage } from './struck.ts'

const bodies = ({ received }: Receiver) => received.map(({ body }) => body)
const told = (mock: MockOAuth) => mock.webhooks.list().map(({ body }) => body)

describe.each(['finexer', 'mercado-pago@2024'])('a webhook of %s', (provider) => {
  const isGood = (received: Received | undefined, secret = 'a secret') => verifies[provider]?.(received, secret)
  const header = signatureHeader[provider] ?? ''

  it('is as it should be without a fault, and answers do not wait for it', async () => {
    const { receiver, mock, happen } = await stage(provider)
    await happen()
    expect(receiver.received).toHaveLength(0)
    await mock.webhooks.settled()
    expect(receiver.received.map((one) => isGood(one))).toEqual([true])
    expect(mock.webhooks.list()[0]).not.toHaveProperty('faults')
  })

  it('that is dropped is never sent, and listed as delivered', async () => {
    const { receiver, mock, happen, fired } = await stage(provider, { kind: 'drop', cites: 'nobody' })
    await happen()
    await happen()
    await mock.clock.advance('30d')
    expect(bodies(receiver)).toEqual(told(mock).slice(1))
    expect(mock.webhooks.list()[0]).toMatchObject({
      state: 'delivered',
      attempts: [],
      faults: [{ id: 'f1', kind: 'drop', words: 'never sent', cites: 'nobody' }],
    })
    expect(fired()).toEqual([1])
  })

  it('that is delayed comes so much later by the clock, and is dated then', async () => {
    const { receiver, mock, happen } = await stage(provider, { kind: 'delay', by: '10m' })
    await happen()
    await happen()
    await mock.clock.advance('599s')
    expect(bodies(receiver)).toEqual(told(mock).slice(1))
    expect(mock.webhooks.list()[0]).toMatchObject({ state: 'pending', nextAt: start + 600_000 })
    await mock.clock.advance('1h')
    expect(attemptsOf(mock.webhooks.list()[0])).toEqual([[600, 200]])
    expect(receiver.received.map((one) => isGood(one))).toEqual([true, true])
    expect(JSON.stringify(receiver.received[1]?.headers)).toMatch(/2026-03-01T12:10:00|ts=1772367000/)
  })

  it('that is delayed is tried again from then on', async () => {
    const { receiver, mock, happen } = await stage(provider, { kind: 'delay', by: '1d' })
    receiver.answer(500, 200)
    await happen()
    await mock.clock.advance('2d')
    const [, [again = 0] = []] = attemptsOf(mock.webhooks.list()[0]) ?? []
    expect(again).toBe(86_400 + (provider === 'finexer' ? 3 : 900))
  })

  it('that is sent three times is the same each time, and signed each time', async () => {
    const { receiver, mock, happen } = await stage(provider, { kind: 'duplicate', copies: 3 }, { kind: 'duplicate' })
    await happen()
    await happen()
    await happen()
    await mock.clock.advance('30d')
    const [first, second, third] = told(mock)
    expect(bodies(receiver)).toEqual([first, first, first, second, second, third])
    expect(receiver.received.every((one) => isGood(one))).toBe(true)
    expect(states(mock.webhooks.list())).toEqual(['delivered', 'delivered', 'delivered'])
  })

  it('that is sent twice is tried by the schedule until it is received, and its copy once', async () => {
    const { receiver, mock, happen } = await stage(provider, { kind: 'duplicate' })
    receiver.answer(500, 200, 500)
    await happen()
    await mock.clock.advance('30d')
    expect(attemptsOf(mock.webhooks.list()[0])?.map(([, end]) => end)).toEqual([500, 200, 500])
    expect(mock.webhooks.list()[0]).toMatchObject({ state: 'delivered' })
  })

  it('is held back until there are three, and then they come newest first', async () => {
    const { receiver, mock, happen, fired } = await stage(provider, { kind: 'reorder', count: 3 })
    await happen()
    await happen()
    await mock.clock.advance('30d')
    expect(receiver.received).toHaveLength(0)
    expect(states(mock.webhooks.list())).toEqual(['pending', 'pending'])
    await happen()
    await happen()
    await mock.webhooks.settled()
    const [one, two, three, four] = told(mock)
    expect(bodies(receiver)).toEqual([three, two, one, four])
    expect(fired()).toEqual([3])
    expect(receiver.received.every((one) => isGood(one))).toBe(true)
  })

  it('that is early comes before the answer of the call that caused it', async () => {
    const { receiver, mock, happen } = await stage(provider, { kind: 'early' })
    await happen()
    expect(receiver.received).toHaveLength(1)
    expect(mock.webhooks.list()).toMatchObject([{ state: 'delivered', faults: [{ kind: 'early' }] }])
    await happen()
    expect(receiver.received).toHaveLength(1)
    await mock.webhooks.settled()
    expect(receiver.received).toHaveLength(2)
  })

  it('that is early keeps the schedule, and holds no call up that long', async () => {
    const { receiver, mock, happen } = await stage(provider, { kind: 'early' })
    receiver.answer('hang')
    await happen()
    expect(attemptsOf(mock.webhooks.list()[0])).toEqual([[0, undefined]])
    receiver.answer(200)
    receiver.release(500)
    await mock.webhooks.settled()
    expect(mock.webhooks.list()[0]?.attempts).toHaveLength(1)
    await mock.clock.advance('1h')
    expect(attemptsOf(mock.webhooks.list()[0])).toEqual([
      [0, 500],
      [provider === 'finexer' ? 3 : 900, 200],
    ])
  })

  it('that is signed wrongly differs in the last digit alone, at each attempt', async () => {
    const { receiver, mock, happen } = await stage(provider, { kind: 'wrongSignature' })
    receiver.answer(401, 200)
    await happen()
    await mock.clock.advance('1h')
    expect(receiver.received.map((one) => isGood(one))).toEqual([false, false])
    for (const { headers, ...rest } of receiver.received) {
      const signed = String(headers[header])
      const other = signed.slice(0, -1) + (Number.parseInt(signed.slice(-1), 16) ^ 1).toString(16)
      expect(isGood({ ...rest, headers: { ...headers, [header]: other } })).toBe(true)
    }
    await happen()
    await mock.webhooks.settled()
    expect(isGood(receiver.received[2])).toBe(true)
  })

  it('that is not signed has no signature, and all else', async () => {
    const { receiver, mock, happen } = await stage(provider, { kind: 'noSignature' })
    await happen()
    await happen()
    await mock.webhooks.settled()
    expect(receiver.received.map(({ headers }) => Object.hasOwn(headers, header))).toEqual([false, true])
    const [bare, signed] = receiver.received.map(({ headers }) => Object.keys(headers))
    expect(bare).toEqual(signed?.filter((name) => name !== header))
  })

  it('comes with an older one as that was, signature and all', async () => {
    const { receiver, mock, happen, fired } = await stage(provider, { kind: 'replay' })
    receiver.answer(200, 200, 409)
    await happen()
    await mock.clock.advance('1h')
    expect(fired()).toEqual([0])
    await happen()
    await mock.clock.advance('30d')
    const [first, second, replayed] = receiver.received
    expect(receiver.received).toHaveLength(3)
    expect(replayed).toEqual(first)
    expect(isGood(replayed)).toBe(true)
    expect(second?.body).not.toBe(first?.body)
    expect(fired()).toEqual([1])
    expect(mock.webhooks.list()).toMatchObject([
      { id: 'w1', state: 'delivered' },
      { id: 'w2', state: 'delivered', faults: [{ kind: 'replay', words: 'w1 comes once more beside it, as it was' }] },
      { id: 'w3', state: 'failed', replays: 'w1', faults: [{ kind: 'replay' }] },
    ])
  })

  it('is signed with a new secret until the receiver has it, which is nowhere shown', async () => {
    const { receiver, mock, happen } = await stage(provider, { kind: 'newSecret', secret: 'the next secret' })
    receiver.answer(401, 200)
    await happen()
    await mock.clock.advance('1h')
    expect(receiver.received.map((one) => isGood(one))).toEqual([false, false])
    expect(receiver.received.map((one) => isGood(one, 'the next secret'))).toEqual([true, true])
    const [event] = mock.webhooks.list()
    expect(event?.faults).toMatchObject([
      { kind: 'newSecret', words: expect.stringMatching(/^signed with the secret …?/) },
    ])
    expect(JSON.stringify(event)).not.toContain('the next secret')
    await happen()
    await mock.webhooks.settled()
    expect(isGood(receiver.received[2])).toBe(true)
  })

  it('is signed with one new secret for all that a fault strikes, made up by the seed', async () => {
    const { receiver, mock, happen } = await stage(provider, { kind: 'newSecret', times: 2 }, { kind: 'newSecret' })
    for (let i = 0; i < 3; i++) await happen()
    await mock.webhooks.settled()
    expect(receiver.received.map((one) => isGood(one))).toEqual([false, false, false])
    const [one, two, other] = mock.webhooks.list().map(({ faults }) => faults?.[0]?.words)
    expect(two).toBe(one)
    expect(other).not.toBe(one)
  })

  it('suffers several at once, and of each sort one', async () => {
    const { receiver, mock, happen, fired } = await stage(
      provider,
      { kind: 'delay', by: '1m' },
      { kind: 'duplicate' },
      { kind: 'noSignature' },
      { kind: 'wrongSignature' },
      { kind: 'early' },
    )
    await happen()
    expect(fired()).toEqual([1, 1, 1, 0, 0])
    await happen()
    expect(fired()).toEqual([1, 1, 1, 1, 1])
    await mock.clock.advance('1h')
    const [one, two] = told(mock)
    expect(bodies(receiver)).toEqual([two, one, one])
    expect(receiver.received.map(({ headers }) => Object.hasOwn(headers, header))).toEqual([true, false, false])
  })

  it('that a test sends suffers as well', async () => {
    const { receiver, mock } = await stage(provider, { kind: 'delay', by: '1m' }, { kind: 'wrongSignature' })
    expect(await mock.webhooks.test()).toMatchObject({ state: 'pending', nextAt: start + 60_000 })
    expect(receiver.received).toHaveLength(0)
    await mock.clock.advance('1m')
    expect(receiver.received.map((one) => isGood(one))).toEqual([false])
  })

  it('that waits by a fault is forgotten by a reset, and events still fire after it', async () => {
    const { receiver, mock, happen } = await stage(
      provider,
      { kind: 'delay', by: '1m' },
      { kind: 'reorder' },
      { kind: 'duplicate', nth: 3, copies: 9 },
    )
    await happen()
    await happen()
    receiver.answer('hang')
    const third = happen()
    await third
    await mock.reset()
    receiver.answer(200)
    receiver.release(200)
    await mock.clock.move({ freeze: true, advance: '1d' })
    await mock.webhooks.settled()
    const before = receiver.received.length
    expect(mock.webhooks.list()).toEqual([])
    await happen()
    await happen()
    await mock.clock.advance('30d')
    expect(bodies(receiver).slice(before)).toEqual(told(mock))
    expect(states(mock.webhooks.list())).toEqual(['delivered', 'delivered'])
  })
})
