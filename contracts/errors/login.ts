import { type Clause, clause, everywhere, must } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import { codeExchanges, outcomes, queryOf, results, stepsOf, under } from '../../src/contract/reading.ts'
import { brokePage } from '../callback/taken.ts'

const markup = '<img src=x onerror=alert(1)>'

const wasRefused = ({ faults = [] }: { faults?: readonly unknown[] | undefined }) => faults.length > 0

/** Logins that the token endpoint refuses. */
export const login: readonly Clause[] = [
  clause({
    id: 'er-exchange-invalid-grant',
    title: 'says that a login failed when its code is refused, and keeps the link that there was',
    level: must(),
    source: 'RFC 6749 §5.2',
    why: 'A refused code says nothing of the tokens of an earlier login. Tell the person to start again, and leave the link alone.',
    alsoFor: everywhere,
    after: 'connects',
    async story(scene) {
      await scene.connect()
      await scene.call()
      scene.arm('token:authorization_code status status=400 body={"error":"invalid_grant"}')
      scene.mark('again')
      await scene.connect()
      scene.mark('after')
      await scene.call()
    },
    missed: (evidence) =>
      codeExchanges(under(evidence, 'again')).some(wasRefused) ? undefined : 'no code exchange was refused',
    judge(evidence) {
      const sent = codeExchanges(under(evidence, 'again')).filter(wasRefused)
      if (sent.length === 0) return undefined
      if (outcomes(evidence, 'again').includes('connected'))
        return saw('says connected though its code was refused', ...sent)
      const [result] = results(evidence, 'after')
      if (result !== undefined && result !== 'ok')
        return saw(
          `answered ${result} to a call of the link that there was, after the code of another login was refused`,
          ...sent,
        )
      return brokePage(evidence, 'again', 'a login whose code was refused')
    },
    mutant: {
      bug: 'takes the link away when a further login of its person fails',
      find: "if (came.kind !== 'granted') return answer('failed', came.code)",
      replace:
        "if (came.kind !== 'granted') {\n      await store.update(login.link, (before) => before && { ...before, state: 'disconnected' })\n      return answer('failed', came.code)\n    }",
      drags: ['cb-failed-reconnect-keeps-link', 'ts-truncated-body'],
    },
  }),
  clause({
    id: 'er-description-not-shown-raw',
    title: 'shows no error description with its markup, and logs no code that stands in it',
    level: must(),
    source: 'RFC 6749 §10.14, §10.5',
    why: 'A description is text of somebody else, and some have the code in it. Escape it or leave it out, on pages and in the log.',
    alsoFor: ['finexer', 'standard'],
    after: 'connects',
    async story(scene) {
      const url = await scene.visit(await scene.begin())
      const { code } = queryOf(url)
      const error_description = `The authorization code was not found in the system: ${code} ${markup}`
      scene.arm({
        on: 'token:authorization_code',
        kind: 'status',
        status: 400,
        body: { error: 'invalid_grant', error_description },
      })
      await scene.callback('browser', url)
    },
    missed(evidence) {
      if (!codeExchanges(evidence.exchanges).some(wasRefused)) return 'no code exchange was refused'
      const [step] = stepsOf(evidence, 'callback')
      if (!step?.answer?.http && evidence.output === '') return 'neither a page nor a log was seen'
    },
    judge(evidence) {
      const [step] = stepsOf(evidence, 'callback')
      const [sent] = codeExchanges(evidence.exchanges).filter(wasRefused)
      if (!step || !sent) return undefined
      if (step.answer?.http?.body.includes(markup)) return saw('showed the error description as markup', sent)
      const { code = '' } = queryOf(step.asked.url)
      if (code !== '' && evidence.output.includes(code))
        return saw('logged the authorization code, as it stood in an error description', sent)
    },
    mutant: {
      bug: 'logs the body of each refusal',
      find: 'return readAnswer(reply, now())',
      replace: "if ('text' in reply && reply.status >= 400) log(reply.text)\n    return readAnswer(reply, now())",
      drags: ['se-no-secrets-in-logs'],
    },
  }),
]
