import { type CallbackAnswer, catalogue, type Factory } from 'mock-oauth/contract'
import { describe, expect, it } from 'vitest'
import { inProcess } from '../../src/contract/run/in-process.ts'
import { run } from '../../src/contract/run/run.ts'
import { plainClient } from './plain-client.ts'

/** The plain client, which fails at its first logins. */
function failing(times: number): Factory {
  let left = times
  return async (env) => {
    const client = await plainClient(env)
    const fails: CallbackAnswer = { outcome: 'failed', code: 'bad_moment' }
    return { ...client, callback: async (asked) => (left-- > 0 ? fails : client.callback(asked)) }
  }
}

describe('a run', () => {
  it('tells which rules a client keeps and which it breaks', async () => {
    const launcher = inProcess(plainClient, { patienceMs: 10_000 })
    const { judged } = await run({ launcher, providers: ['mekari'], clauses: catalogue, seed: 'plain' })
    const kinds = Object.fromEntries(judged.map(({ verdict }) => [verdict.clause, verdict.kind]))
    expect(kinds).toMatchObject({ 'ar-state-present': 'kept', 'tr-body-format': 'kept', 'rc-single-flight': 'broken' })
  })

  it.each([
    [1, { kind: 'broken' }],
    [2, { kind: 'blocked', why: 'refreshes, tried twice: a callback came to failed (bad_moment)' }],
  ])('tries once more what much builds upon: a client that fails at %i logins', async (times, verdict) => {
    const launcher = inProcess(failing(times), { patienceMs: 10_000 })
    const clauses = catalogue.filter(({ id }) => id === 'rc-single-flight')
    const { judged } = await run({ launcher, providers: ['mekari'], clauses, seed: 'plain' })
    expect(judged).toMatchObject([{ verdict }])
  })
})
