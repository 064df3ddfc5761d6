import { contractTests } from 'mock-oauth/contract'
import { underTest } from '../../../examples/contract/under-test.ts'

contractTests(underTest, {
  provider: 'mekari',
  clauses: ['cb-state-mismatch', 'rc-single-flight', 'rc-late-caller'],
  known: {
    'rc-late-caller': { expect: 'broken', why: 'it has no lock' },
    'cb-state-mismatch': { expect: 'broken', why: 'it was so once' },
  },
})
