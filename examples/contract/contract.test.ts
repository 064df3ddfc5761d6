import { contractTests } from 'mock-oauth/contract'
import { underTest } from './under-test.ts'

contractTests(underTest, {
  provider: 'mekari',
  clauses: ['ar-state-*', 'cb-state-mismatch', 'cb-access-denied', 'rc-single-flight', 'rc-late-caller'],
  known: {
    'rc-single-flight': { expect: 'broken', why: 'each call refreshes for itself; the next release has a lock' },
    'rc-late-caller': { expect: 'broken', why: 'the same' },
  },
})
