import { catalogue } from 'mock-oauth/contract'
import { describe, expect, it } from 'vitest'
import { carefulClient } from '../../src/contract/self-test/careful-client.ts'
import { falseAlarms, tryMutant } from '../../src/contract/self-test/self-test.ts'

// All of them, over more seeds and against every other clause: `mock-oauth contract --self-test`.
const seed = process.env.MOCK_OAUTH_TEST_SEED ?? 'self-test'

describe.each(catalogue.map((clause) => [clause.id, clause] as const))('%s', (_, clause) => {
  it('is kept by the careful client, wherever it is asked for', async () => {
    const alarms = await falseAlarms('careful', await carefulClient(), [seed], [clause])
    expect(alarms.map(({ verdict }) => `${verdict.provider}: ${verdict.kind}: ${verdict.why}`)).toEqual([])
  })

  it(`is broken by one that ${clause.mutant.bug}`, async () => {
    const { verdicts, killed } = await tryMutant(clause, [seed], [])
    expect({ killed, verdicts }).toMatchObject({ killed: true })
  })
})
