import { type Clause, clause, must, should } from '../../src/contract/clause.ts'
import { type Evidence, saw } from '../../src/contract/evidence.ts'
import { codeExchanges, outcomes, results, stepsOf } from '../../src/contract/reading.ts'
import { struck, unlessStruck } from './struck.ts'

/** The scopes that the client says it has, if it says any. */
const scopesIn = (evidence: Evidence) => stepsOf(evidence, 'status').at(-1)?.answer?.scopes

const isConnected = (evidence: Evidence) =>
  outcomes(evidence).includes('connected') && results(evidence).every((result) => result === 'ok')

/** All but the last of the scopes asked for: those that the first call needs stand before it. */
const narrowed = (scopes: readonly string[]) => scopes.slice(0, -1)

/** `scope`: what was granted. */
export const scope: readonly Clause[] = [
  clause({
    id: 'ts-scope-absent',
    title: 'takes a token answer without scope as granted as it was asked',
    level: must(),
    source: 'RFC 6749 §5.1',
    why: 'The field may be left out where nothing was taken away. A client that reads nothing as no scope asks the person again and again.',
    alsoFor: ['mekari', 'mercury', 'standard'],
    needs: { ops: ['status'] },
    async story(scene) {
      scene.arm({ on: 'token', kind: 'omit', fields: ['scope'], nth: '1n' })
      await scene.connect()
      await scene.call()
      await scene.status()
    },
    missed: unlessStruck(),
    judge(evidence) {
      const [answered] = struck(evidence.exchanges)
      if (!isConnected(evidence)) return saw('did not get through with a token answer without scope', answered)
      const told = scopesIn(evidence)
      const lost = evidence.env.scopes.filter((one) => told && !told.includes(one))
      if (lost.length > 0)
        return saw(`says that it has not got ${lost.join(' ')}, after an answer without scope`, answered)
    },
    mutant: {
      bug: 'takes no scope for no scopes',
      find: "scopes: granted.scopes ?? asked.split(' '),",
      replace: 'scopes: granted.scopes ?? [],',
    },
  }),
  clause({
    id: 'ts-scope-comma',
    title: 'reads granted scopes that are separated by commas',
    level: should('provider'),
    source: 'experience; RFC 6749 §3.3 has spaces',
    why: 'Read by spaces alone it is one scope that nobody asked for, and each comparison fails. Split at both.',
    alsoFor: ['finexer'],
    needs: { ops: ['status'] },
    control: false,
    async story(scene) {
      await scene.connect()
      await scene.call()
      await scene.status()
    },
    missed({ exchanges }) {
      if (!codeExchanges(exchanges).some(({ response }) => /"scope":"[^" ]+,/.test(response.body)))
        return 'no scopes came separated by commas'
    },
    judge(evidence) {
      const exchange = codeExchanges(evidence.exchanges).at(-1)
      if (!exchange) return undefined
      if (!isConnected(evidence)) return saw('did not get through with scopes that are separated by commas', exchange)
      const told = scopesIn(evidence) ?? []
      const lost = evidence.env.scopes.filter((one) => !told.includes(one))
      if (lost.length > 0)
        return saw(`does not know that ${lost.join(' ')} was granted: it says ${told.join(' ')}`, exchange)
    },
    mutant: {
      bug: 'splits scopes at spaces alone',
      find: 'told.split(/[ ,]+/)',
      replace: 'told.split(/ +/)',
    },
  }),
  clause({
    id: 'ts-scope-narrowed',
    title: 'stays connected where less was granted than asked, and says what it has',
    level: should(),
    source: 'RFC 6749 §3.3, §5.1',
    why: 'People take scopes away, and what they left still works. Keep the granted scopes, and tell what is missing before a call fails.',
    alsoFor: ['finexer', 'mercado-pago', 'mercury', 'standard'],
    needs: { ops: ['status'] },
    async story(scene) {
      const granted = narrowed(scene.env.scopes).join(' ')
      await scene.connect(undefined, undefined, scene.wrong({}, { scope: granted }))
      await scene.call()
      await scene.status()
    },
    missed({ exchanges, env }) {
      const [answered] = codeExchanges(exchanges)
      const [last = ''] = env.scopes.slice(-1)
      if (!answered || answered.response.body.includes(last)) return 'no narrower scope was granted'
    },
    judge(evidence) {
      const exchange = codeExchanges(evidence.exchanges).at(-1)
      if (!exchange) return undefined
      if (!isConnected(evidence)) return saw('did not get through with fewer scopes than it had asked for', exchange)
      const told = scopesIn(evidence)
      if (!told) return saw('does not say which scopes were granted', exchange)
      const more = told.filter((one) => !narrowed(evidence.env.scopes).includes(one))
      if (more.length > 0) return saw(`says that it has ${more.join(' ')}, which was not granted`, exchange)
    },
    mutant: {
      bug: 'believes that it was granted what it asked for',
      find: '...(scopes && { scopes }),',
      replace: '',
    },
  }),
]
