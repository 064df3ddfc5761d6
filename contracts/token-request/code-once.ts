import { type Clause, clause, everywhere, must, should } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import { codeExchanges, outcomes, stepsOf, times, tokenFields, under } from '../../src/contract/reading.ts'

/** When a code is exchanged, and how often. */
export const codeOnce: readonly Clause[] = [
  clause({
    id: 'tr-exchange-prompt',
    title: 'exchanges a code before it answers the callback',
    level: should('ours'),
    source: 'experience: codes live minutes, and a job at night comes too late',
    why: 'A code that waits expires, and the person has long gone. Exchange it at the callback.',
    alsoFor: ['mercado-pago', 'finexer'],
    control: false,
    async story(scene) {
      await scene.connect()
      scene.mark('later')
      await scene.call()
    },
    missed(evidence) {
      if (!outcomes(evidence).includes('connected') && codeExchanges(evidence.exchanges).length === 0)
        return 'no code was exchanged'
    },
    judge(evidence) {
      const [step] = stepsOf(evidence, 'callback')
      if (!step?.answer) return undefined
      const late = codeExchanges(evidence.exchanges.slice(step.to))
      const inTime = codeExchanges(evidence.exchanges.slice(0, step.to))
      if (inTime.length === 0 && (late.length > 0 || step.answer.outcome === 'connected'))
        return saw('answered the callback before it had exchanged the code', ...late)
    },
    mutant: {
      bug: 'exchanges codes after the callback is answered',
      find: 'return exchange(login, code)',
      replace: "void exchange(login, code).catch(() => {}); return answer('connected')",
    },
  }),
  clause({
    id: 'tr-code-not-retried',
    title: 'sends a code once more at the most when the connection breaks, and then asks for a new login',
    level: must(),
    source: 'RFC 6749 §4.1.2',
    why: 'The first request may have used the code up, and each further one can end what it brought. Tell the person to start again; that costs them a click.',
    alsoFor: everywhere,
    async story(scene) {
      scene.mark('lost once')
      scene.arm('token:authorization_code drop after')
      await scene.connect()
      scene.mark('lost twice')
      scene.arm('token:authorization_code drop after times=2 nth=1-2')
      await scene.connect()
      scene.mark('afterwards')
      await scene.call()
    },
    missed(evidence) {
      const lost = ['lost once', 'lost twice'].filter((mark) => under(evidence, mark).some(({ faults }) => faults))
      if (lost.length < 2) return 'the answer to a code exchange was not lost'
    },
    judge(evidence) {
      const late = codeExchanges(under(evidence, 'afterwards'))
      if (late.length > 0) return saw('sent a code again after it had answered the callback', ...late)
      for (const mark of ['lost once', 'lost twice']) {
        const sent = codeExchanges(under(evidence, mark))
        const codes = new Set(sent.map((one) => tokenFields(one).code))
        if (sent.length > codes.size + 1) return saw(`sent one code ${times(sent.length)}`, ...sent)
        const struck = sent.some(({ faults }) => faults)
        if (struck && outcomes(evidence, mark).includes('connected'))
          return saw('says connected, and got no token', ...sent)
      }
    },
    mutant: {
      bug: 'sends a code three times more while nobody answers',
      find: 'const came = await tokens.exchange(code, login.verifier, login.scope)',
      replace: `
        let came = await tokens.exchange(code, login.verifier, login.scope)
        for (let again = 0; again < 3 && came.kind === 'unclear' && came.status === undefined; again++)
          came = await tokens.exchange(code, login.verifier, login.scope)
      `,
    },
  }),
]
