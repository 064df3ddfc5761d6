import { type Clause, clause, everywhere, must, should } from '../../src/contract/clause.ts'
import { type Evidence, saw } from '../../src/contract/evidence.ts'
import { apiCalls, brokenPage, outcomes, stepsOf, under } from '../../src/contract/reading.ts'
import { isStatusIn } from '../errors/told.ts'
import { struck, unlessStruck } from './struck.ts'

/** Bodies of JSON, or of nothing, without a token in them. */
const tokenless = ['{}', 'null', '[]', '""', '']

const asJson = { on: 'token:authorization_code', kind: 'status', status: 200, contentType: 'application/json' } as const

/** What is wrong with having connected, or having used something, after answers that bring no token. */
function believed(evidence: Evidence) {
  const answers = struck(evidence.exchanges)
  if (answers.length === 0) return undefined
  if (outcomes(evidence).includes('connected')) return saw('says connected, and got no token', ...answers)
  const [used] = apiCalls(under(evidence, 'afterwards'))
  if (used) return saw('called the API after a login that brought no token', used)
  const page = brokenPage(evidence)
  if (page) return saw(`answered ${page} to a login that brought no token`, ...answers)
}

/** Answers that say 200 and have no token. */
export const noToken: readonly Clause[] = [
  clause({
    id: 'ts-200-error',
    title: 'fails with the code of an error that comes with status 200',
    level: should('ours'),
    source: 'experience; RFC 6749 §5.2 has 400',
    why: 'Some servers and proxies answer 200 whatever happens. Look for `error` before anything else in the body.',
    alsoFor: everywhere,
    async story(scene) {
      scene.arm({ ...asJson, body: { error: 'invalid_grant' } })
      await scene.connect()
      scene.mark('afterwards')
      await scene.call()
    },
    missed: unlessStruck(),
    judge(evidence) {
      const [answered] = struck(evidence.exchanges)
      const [step] = stepsOf(evidence, 'callback')
      const wrong = believed(evidence)
      if (wrong || !answered || !step?.answer) return wrong
      if (!step.answer.code?.includes('invalid_grant'))
        return saw(`told ${step.answer.code ?? 'no code'} where the answer said invalid_grant`, answered)
    },
    mutant: {
      bug: 'looks for an error where the status says so alone',
      find: "if (typeof body?.error === 'string')",
      replace: "if (status > 299 && typeof body?.error === 'string')",
    },
  }),
  clause({
    id: 'ts-200-no-token',
    title: 'fails with a code where an answer with status 200 has no token',
    level: must(),
    source: 'RFC 6749 §5.1',
    why: 'A header with "Bearer undefined" is refused for ever, and the link looks connected. Look whether there is a token, and fail the login with a code if not.',
    alsoFor: everywhere,
    async story(scene) {
      for (const body of tokenless) {
        scene.arm({ ...asJson, body })
        await scene.connect()
      }
      scene.mark('afterwards')
      await scene.call()
    },
    missed: unlessStruck(tokenless.length),
    judge(evidence) {
      const wrong = believed(evidence)
      if (wrong) return wrong
      const at = stepsOf(evidence, 'callback').findIndex(({ answer }) => answer && answer.code === undefined)
      if (at >= 0 && struck(evidence.exchanges).length > 0)
        return saw(
          `failed without a code after the answer ${tokenless[at] || 'of no bytes'}`,
          ...struck(evidence.exchanges),
        )
    },
    mutant: {
      bug: 'does not look whether there is a token',
      find: 'if (!isToken(accessToken) || !isBearer(type)) return undefined',
      replace: 'if (!isBearer(type)) return undefined',
    },
  }),
  clause({
    id: 'ts-200-html',
    title: 'fails on a page of HTML with status 200, and says what came',
    level: must('ours'),
    source: 'experience: portals and firewalls answer in the place of the provider',
    why: 'An operator who reads "unexpected token <" looks for hours in the wrong place. Tell status and Content-Type.',
    alsoFor: everywhere,
    async story(scene) {
      scene.arm('token:authorization_code html before status=200')
      await scene.connect()
      scene.mark('afterwards')
      await scene.call()
    },
    missed: unlessStruck(),
    judge(evidence) {
      const [answered] = struck(evidence.exchanges)
      const [step] = stepsOf(evidence, 'callback')
      const wrong = believed(evidence)
      if (wrong || !answered || !step?.answer) return wrong
      const told = `${step.answer.code ?? ''}\n${evidence.output}`
      if (!isStatusIn(told, 200) || !/html/i.test(told))
        return saw('told neither in its code nor in its log that 200 and HTML came', answered)
    },
    mutant: {
      bug: 'keeps the Content-Type to itself',
      find: "/^[\\w.+/-]{1,64}/.exec(headers.get('content-type') ?? '')?.[0] ?? 'no type'",
      replace: "headers.has('content-type') ? 'some type' : 'no type'",
    },
  }),
]
