import { must, should } from '../../src/contract/clause.ts'
import type { Evidence } from '../../src/contract/evidence.ts'
import type { Finished, Judged } from '../../src/contract/report/make-report.ts'
import { replayLine } from '../../src/contract/report/replay-line.ts'
import type { Verdict } from '../../src/contract/verdict.ts'

const command = 'node driver.js --quiet'

/** A verdict that is kept, but for what is said otherwise. */
export const verdictOf = (said: Partial<Verdict> = {}): Verdict => ({
  clause: 'cb-state-mismatch',
  provider: 'mekari',
  level: must(),
  kind: 'kept',
  why: '',
  shownBy: [],
  tookMs: 12.4,
  ...said,
})

/** A judged clause. */
export const judgedOf = (said: Partial<Verdict> = {}, evidence?: Evidence): Judged => ({
  verdict: verdictOf(said),
  ...(evidence && { played: { evidence } }),
})

/** What every clause says here. */
const clauseHere = {
  title: 'refuses a callback whose state is not the one it sent',
  source: 'RFC 6749 §10.12; RFC 9700 §2.1',
  why: 'A stranger can link an account of theirs to your user. Compare state with what the session holds.',
}

/** A run of a client that breaks one thing and is not perfect elsewhere. */
export const finishedOf = (judged: readonly Judged[], more: Partial<Finished> = {}): Finished => ({
  client: { name: 'ledger-sync', version: '1.4.0', language: 'typescript', command },
  seed: '7',
  level: 'may',
  strict: false,
  judged,
  clauseOf: () => clauseHere,
  replay: (verdict) => replayLine({ command, seed: '7' }, verdict),
  ...more,
})

/** One of every kind, at two providers. */
export const everyKind: readonly Judged[] = [
  judgedOf({ kind: 'broken', why: 'connected a callback with a state of nobody' }),
  judgedOf({ clause: 'rot-reuse', kind: 'blocked', why: 'refreshes builds upon it and is broken' }),
  judgedOf({ clause: 'rot-race', kind: 'inconclusive', why: 'No call was in flight.' }),
  judgedOf({
    clause: 'api-401',
    kind: 'untestable',
    why: 'The client claims concurrent, and made one call at a time.',
  }),
  judgedOf({ clause: 'res-timeout', kind: 'driver-error', why: 'The driver answered call with garbage.' }),
  judgedOf({ clause: 'tok-scope', kind: 'warned', level: should('ours'), why: 'sent scopes joined by a comma' }),
  judgedOf({ clause: 'exp-early' }),
  judgedOf({ clause: 'web-signature', kind: 'not-applicable', why: 'Mekari sends no webhooks.' }),
  judgedOf({ clause: 'exp-long', kind: 'not-run', why: 'Needs --slow.' }),
  judgedOf({ provider: 'finexer' }),
  judgedOf({ provider: 'finexer', clause: 'rot-race', kind: 'kept', flaky: true, why: 'Two of three runs kept it.' }),
  judgedOf({ provider: 'mekari', assumed: 'mekari.errors=kong', kind: 'kept' }),
]
