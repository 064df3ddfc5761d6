import { type Clause, clause, everywhere, must, should } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import {
  brokenPage,
  codeExchanges,
  outcomes,
  refreshes,
  since,
  stepsOf,
  times,
  tokenRequests,
  under,
  wasStruck,
} from '../../src/contract/reading.ts'
import { mistaken, refreshInTrouble, unseen, untroubled } from '../refresh/trouble.ts'
import { isStatusIn } from './told.ts'

const badGateway = 'a 502 with a page'
const nothing = 'a 400 without a body'
const firewall = 'a 403 with a page'

const page = '<html><head><title>403 Forbidden</title></head><body><h1>Request blocked</h1></body></html>'

/** Token endpoints that answer by something that is not OAuth. */
export const noOAuth: readonly Clause[] = [
  clause({
    id: 'er-html-502',
    title: 'tells the status of a 502 that has a page, and takes it for something that passes',
    level: should(),
    source: 'RFC 9110 §15.6.3',
    why: 'A gateway has lost its server for a while. A parse error in place of the status sends the operator looking in the wrong place.',
    alsoFor: everywhere,
    after: 'refreshes',
    async story(scene) {
      await scene.connect()
      await scene.call()
      await refreshInTrouble(scene, badGateway, { kind: 'html', status: 502 })
    },
    missed: (evidence) => unseen(evidence, badGateway),
    judge(evidence) {
      const wrong = mistaken(evidence, badGateway, ['transient'])
      if (wrong) return wrong
      const sent = refreshes(under(evidence, badGateway))
      const [said] = stepsOf(evidence, 'call', badGateway)
      if (sent.length === 0 || !said?.answer) return undefined
      const { status, code = '' } = said.answer
      if (status !== 502 && !isStatusIn(`${code}\n${evidence.output}`, 502))
        return saw('told nobody that its refresh was answered by 502', ...sent)
    },
    mutant: {
      bug: 'takes a 502 for an answer that will not change',
      find: 'if (status === 429 || status >= 500) return unclear',
      replace:
        "if (status === 502) return { kind: 'refused', code: 'bad_gateway', status }\n  if (status === 429 || status >= 500) return unclear",
      drags: ['rf-5xx-keeps-grant'],
    },
  }),
  clause({
    id: 'er-empty-400',
    title: 'lives through a 400 without a body at the token endpoint',
    level: should(),
    source: 'RFC 6749 §5.2, whose refusals have a body; experience: some have none',
    why: 'What parses a body that is not there throws, and may take the process along. Look at the status first, and go on.',
    alsoFor: everywhere,
    after: 'refreshes',
    async story(scene) {
      scene.mark('login')
      scene.arm('token:authorization_code empty status=400')
      await scene.connect()
      scene.mark('second login')
      await scene.connect()
      await scene.call()
      await refreshInTrouble(scene, nothing, { kind: 'empty', status: 400 })
    },
    missed: (evidence) =>
      codeExchanges(under(evidence, 'login')).some((one) => wasStruck(one, 'empty'))
        ? untroubled(evidence, nothing)
        : `no code exchange met ${nothing}`,
    judge(evidence) {
      const sent = tokenRequests(since(evidence))
      if (!codeExchanges(under(evidence, 'login')).some((one) => wasStruck(one, 'empty'))) return undefined
      const [lost] = evidence.steps.filter(({ lost }) => lost)
      if (lost) return saw(`did not answer after ${nothing} at the token endpoint`, ...sent)
      if (outcomes(evidence, 'login').includes('connected')) return saw(`says connected after ${nothing}`, ...sent)
      const [second] = outcomes(evidence, 'second login')
      if (second !== undefined && second !== 'connected')
        return saw(`came to ${second} at the next login after ${nothing}`, ...sent)
      const page = brokenPage(evidence, 'login')
      if (page) return saw(`answered ${page} to a login that met ${nothing}`, ...sent)
    },
    mutant: {
      bug: 'takes an empty body for an answer without news',
      find: 'const body = readObject(reply.text)',
      replace:
        "if (status === 400 && reply.text === '') return { kind: 'granted', granted: { accessToken: 'none', account: {}, at: now } }\n  const body = readObject(reply.text)",
      drags: ['rf-400-not-oauth'],
    },
  }),
  clause({
    id: 'er-401-no-recursion',
    title: 'does not refresh because its refresh was answered by 401',
    level: must('ours'),
    source: 'RFC 6749 §5.2; experience: a handler of 401 that is installed for all requests calls itself',
    why: 'Such a client asks without end, and is locked out. Keep the handling of 401 away from token requests.',
    alsoFor: everywhere,
    after: 'refreshes',
    async story(scene) {
      await scene.connect()
      await scene.call()
      await scene.expire()
      scene.arm({
        on: 'token:refresh_token',
        nth: '1n',
        kind: 'status',
        status: 401,
        body: { error: 'invalid_client' },
      })
      scene.mark('unauthorized')
      await scene.call()
    },
    missed: (evidence) =>
      refreshes(under(evidence, 'unauthorized')).some((one) => wasStruck(one, 'status'))
        ? undefined
        : 'no refresh was answered by 401',
    judge(evidence) {
      const sent = refreshes(under(evidence, 'unauthorized')).filter((one) => wasStruck(one, 'status'))
      if (sent.length > 2)
        return saw(`refreshed ${times(sent.length)} within one call, as each refresh was answered by 401`, ...sent)
      if (stepsOf(evidence, 'call', 'unauthorized').some(({ lost }) => lost))
        return saw('did not answer a call whose refresh was answered by 401', ...sent)
    },
    mutant: {
      bug: 'refreshes again when a refresh is answered by 401, up to ten times',
      find: 'const reply = await post(env.tokenUrl, env.bodyFormat, asked)',
      replace: `let reply = await post(env.tokenUrl, env.bodyFormat, asked)
    for (let more = 0; more < 9 && grantType === 'refresh_token' && 'status' in reply && reply.status === 401; more++)
      reply = await post(env.tokenUrl, env.bodyFormat, asked)`,
      drags: ['rf-invalid-client-not-users-fault'],
    },
  }),
  clause({
    id: 'er-non-oauth-403',
    title: 'keeps the grant when a firewall answers its refresh by a 403 with a page',
    level: should('ours'),
    source: 'RFC 6749 §5.2, whose refusals are JSON; experience: firewalls stand before token endpoints',
    why: 'The server has not seen the request, so the grant is as good as before. Keep it, and tell the operator who can have the firewall opened.',
    alsoFor: everywhere,
    after: 'refreshes',
    async story(scene) {
      await scene.connect()
      await scene.call()
      await refreshInTrouble(scene, firewall, { kind: 'status', status: 403, body: page, contentType: 'text/html' })
    },
    missed: (evidence) => unseen(evidence, firewall),
    judge: (evidence) => mistaken(evidence, firewall),
    mutant: {
      bug: 'takes a 403 for the end of the grant',
      find: "came.kind === 'refused' && came.code === 'invalid_grant'",
      replace: "(came.kind === 'refused' && came.code === 'invalid_grant') || came.status === 403",
    },
  }),
]
