import { describe, expect, it } from 'vitest'
import { findClause } from '../../src/contract/catalogue.ts'
import type { Clause, ClauseId } from '../../src/contract/clause.ts'
import { carefulClient } from '../../src/contract/self-test/careful-client.ts'
import { falseAlarms, tryMutant } from '../../src/contract/self-test/self-test.ts'
import { run } from '../cli/command.ts'

/** The clauses of a name each; the first has the bug of another one. */
const clauses = (...ids: readonly ClauseId[]) => ids.map((id) => findClause(id) as Clause)
const withBugOf = (one: ClauseId, other: ClauseId): Clause => {
  const [clause, another] = clauses(one, other) as [Clause, Clause]
  return { ...clause, mutant: another.mutant }
}

describe('the self-test', () => {
  it('prints what each bug did, and how many good clients were accused', async () => {
    const { code, stdout, stderr } = await run(['contract', '--self-test', '--clause', 'ar-state-present,cb-empty'])
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^killed {3}5\/5 {2}ar-state-present {2}at \S+: ./),
      expect.stringMatching(/^killed {3}5\/5 {2}cb-empty {2}at \S+: ./),
      '',
      '2 of 2 clauses killed by their mutant (100 %), over 5 seeds each',
      '0 false alarms among 50 verdicts on the careful client',
      '',
    ])
    expect(code).toBe(0)
    expect(stderr).toMatch(/2\/2 mutants\n(.*\n)*50\/50 verdicts on the careful client\n$/)
  })

  it('says that a bug survives which the clause does not see, and what it breaks instead', async () => {
    const kill = await tryMutant(withBugOf('ar-state-present', 'cb-empty'), ['1', '2'], clauses('cb-empty'))
    expect(kill).toMatchObject({ killed: false, undeclared: ['cb-empty'] })
    expect(kill.verdicts.map(({ kind }) => kind)).toEqual(['kept', 'kept'])
  })

  it('says where a client is accused', async () => {
    const [clause] = clauses('ar-state-present')
    const alarms = await falseAlarms(
      'client',
      await carefulClient(clause?.mutant),
      ['1'],
      clauses('ar-state-present'),
      () => {},
    )
    expect(alarms.map(({ verdict }) => verdict.kind)).toContain('broken')
  })
})
