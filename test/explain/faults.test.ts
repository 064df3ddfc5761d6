import type { RotationPolicy } from 'mock-oauth/define'
import { describe, expect, it } from 'vitest'
import { stage } from '../webhooks/struck.ts'
import { openProgram } from './program.ts'

describe('a request that a fault has struck', () => {
  it('is explained: what was done, what was sent, and what a client does about it', async () => {
    const { mock, connect, refresh, arm } = await openProgram()
    const first = await connect()
    arm({ kind: 'drop', at: 'after', cites: 'RFC 9110 §2.4' })
    await refresh(first.refresh)
    const explained = mock.explain()
    expect(explained).toMatchObject({
      id: 'r3',
      refused: false,
      faults: [{ id: 'f1', kind: 'drop', at: 'after', cites: 'RFC 9110 §2.4' }],
      sent: 'nothing: the connection was reset',
    })
    const [grant] = await mock.grants.list()
    const { tokens } = await mock.grants.find(grant?.id ?? '')
    const [access, renewed] = tokens.slice(-2).map(({ value }) => value)
    expect(explained.done).toBe(`200, with access_token ${access}, refresh_token ${renewed}`)
  })

  it('is the last one to explain, and says of itself that nothing was done before the work', async () => {
    const { mock, connect, refresh, arm } = await openProgram()
    const first = await connect()
    await refresh('made-up-token-0001')
    arm({ kind: 'drop', at: 'before' })
    await refresh(first.refresh)
    expect(mock.explain()).toMatchObject({
      id: 'r4',
      done: 'nothing',
      faults: [{ fix: expect.stringMatching(/^Nothing was done/) }],
    })
    expect((await refresh(first.refresh)).status).toBe(200)
  })

  it('shows the value that a fault brings as the list of faults does', async () => {
    const { mock, connect, refresh } = await openProgram()
    const first = await connect()
    mock.faults.arm('token:refresh_token replace fields.access_token=a-value-of-its-own')
    await refresh(first.refresh)
    const shown = /access_token (\S+),/.exec(mock.explain().done ?? '')?.[1]
    expect(mock.faults.list()).toMatchObject([
      { fields: { access_token: shown }, text: `token:refresh_token replace fields.access_token=${shown}` },
    ])
  })

  /** What a retry meets after a lost reply, as told and as it is. */
  const retries: [RotationPolicy, RegExp, number][] = [
    ['none', /lives on: send the same request again/, 200],
    ['singleUse', /is refused \(refresh_token_reused\)\. Ask the user/, 400],
    ['singleUse+familyRevoked', /ends every token of the authorization\. Ask the user/, 400],
    ['grace:30', /again within 30 seconds: it brings another pair/, 200],
    ['samePair:30', /again within 30 seconds: it brings the same pair/, 200],
    ['keepsOld:24', /again within 1 day: it brings another pair/, 200],
    ['optionalNew', /lives on: send the same request again/, 200],
  ]
  it.each(retries)('is told what a retry meets under %s', async (rotation, fix, status) => {
    const { mock, connect, refresh, arm } = await openProgram(rotation)
    const first = await connect()
    arm({ kind: 'drop', at: 'after' })
    await refresh(first.refresh)
    expect(mock.explain().faults?.[0]?.fix).toMatch(fix)
    expect((await refresh(first.refresh)).status).toBe(status)
  })

  it('is told what a retry meets when the code was spent, or the work was a refusal', async () => {
    const { mock, authorize, exchange, refresh, arm } = await openProgram()
    const code = await authorize()
    arm({ on: 'token', kind: 'drop', at: 'after' })
    await exchange(code)
    expect(mock.explain().faults?.[0]?.fix).toMatch(/^The code is spent .* refused \(code_used\)/)
    arm({ kind: 'drop', at: 'after' })
    await refresh('made-up-token-0001')
    expect(mock.explain()).toMatchObject({
      kind: 'refresh_token_unknown',
      done: '400',
      faults: [{ fix: 'It was refused: the same request is refused again.' }],
    })
  })

  it('is explained as the refusal that it was told, and as the fault that it is', async () => {
    const { mock, connect, refresh, arm } = await openProgram()
    const first = await connect()
    arm({ kind: 'error', refusal: 'refresh_token_expired' })
    expect((await refresh(first.refresh)).status).toBe(400)
    const explained = mock.explain()
    expect(explained).toMatchObject({
      refused: true,
      kind: 'refresh_token_expired',
      fix: 'Ask the user to authorize again.',
      done: 'nothing',
      faults: [{ kind: 'error', at: 'before' }],
    })
    // What was said of it is not true: it lives.
    expect(explained.life).not.toHaveProperty('over')
  })
})

describe('a webhook that a fault has struck', () => {
  it('is explained: what was done to its delivery, and what a receiver does about it', async () => {
    const { mock, happen } = await stage('finexer', { kind: 'duplicate', cites: 'nobody' })
    await happen()
    await mock.webhooks.settled()
    expect(mock.webhooks.explain('w1')).toMatchObject({
      id: 'w1',
      state: 'delivered',
      faults: [
        {
          id: 'f1',
          kind: 'duplicate',
          words: 'sent 2 times',
          cites: 'nobody',
          fix: 'Know an event by its id, and take each once.',
        },
      ],
    })
    await happen()
    expect(mock.webhooks.explain('w2').faults).toEqual([])
    expect(() => mock.webhooks.explain('w9')).toThrow('There is no webhook "w9". Kept: w1 to w2.')
  })
})
