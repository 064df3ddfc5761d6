import { contractTests } from 'mock-oauth/contract'
import { expect, it } from 'vitest'
import { underTest } from '../../examples/contract/under-test.ts'
import { run } from './run.ts'

it('each clause is a test, which fails where the client breaks it and nobody knew; what is known has to be so', async () => {
  const { outcomes, stderr } = await run('contract.spec.ts')
  const idOf = (name: string) => name.replace('the contract of mekari > ', '').split(' ')[0]
  expect(Object.fromEntries(Object.entries(outcomes).map(([name, outcome]) => [idOf(name), outcome]))).toEqual({
    'cb-state-mismatch': 'passed',
    'rc-single-flight': 'failed',
    'rc-late-caller': 'passed',
    fails: 'failed',
  })
  expect(stderr).toMatch(/Error: broken: .*\nThe rule: the client refreshes once .*\n/)
  expect(stderr).toContain("The same again: { clauses: ['rc-single-flight'], seed: 'contract' }")
  expect(stderr).toContain('Error: cb-state-mismatch: the client keeps it now')
}, 60_000)

it.each([
  [{ clauses: ['cb-*', 'rc-single-fligt'] }, 'No clause is like "rc-single-fligt". Did you mean "rc-single-flight"?'],
  [
    { known: { 'rc-single-fligt': { expect: 'broken', why: 'x' } } },
    /^known: rc-single-fligt: .*Did you mean "rc-single-flight"\?/,
  ],
  [{ known: { 'rc-*@mekary': { expect: 'broken', why: 'x' } } }, /^known: rc-\*@mekary: .*Did you mean "mekari"\?/],
] as const)('what no clause is like is refused at once: %j', (options, words) => {
  expect(() => contractTests(underTest, { provider: 'mekari', ...options })).toThrow(words)
})
