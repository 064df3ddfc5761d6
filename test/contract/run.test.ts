import { catalogue } from 'mock-oauth/contract'
import { describe, expect, it } from 'vitest'
import { inProcess } from '../../src/contract/run/in-process.ts'
import { run } from '../../src/contract/run/run.ts'
import { plainClient } from './plain-client.ts'

describe('a run', () => {
  it('tells which rules a client keeps and which it breaks', async () => {
    const launcher = inProcess(plainClient, { patienceMs: 10_000 })
    const { judged } = await run({ launcher, providers: ['mekari'], clauses: catalogue, seed: 'plain' })
    const kinds = Object.fromEntries(judged.map(({ verdict }) => [verdict.clause, verdict.kind]))
    expect(kinds).toMatchObject({ 'ar-state-present': 'kept', 'tr-body-format': 'kept', 'rc-single-flight': 'broken' })
  })
})
