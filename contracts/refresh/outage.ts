import { type Clause, clause, everywhere, must, should } from '../../src/contract/clause.ts'
import { type Evidence, saw } from '../../src/contract/evidence.ts'
import { refreshes, results, succeeded, times, under } from '../../src/contract/reading.ts'
import { mistaken, refreshInTrouble, unseen } from './trouble.ts'

const failures = {
  'a 503 with a page': { kind: 'html', status: 503 },
  'a 500 with JSON': { kind: 'status', status: 500, body: { message: 'Internal error' } },
  'a 502 without a body': { kind: 'empty', status: 502 },
  'a connection that is reset': { kind: 'drop' },
}

const contradiction = 'a 503 that says invalid_grant'

const badRequests = {
  'a 400 without a body': { kind: 'empty', status: 400 },
  'a 400 with a page': { kind: 'html', status: 400 },
  'a 400 with JSON that has no error': { kind: 'status', status: 400, body: { message: 'bad request', cause: [] } },
}

const first = <Value>(values: readonly string[], of: (name: string) => Value | undefined): Value | undefined => {
  for (const name of values) {
    const found = of(name)
    if (found !== undefined) return found
  }
}

const forms = ['seconds', 'date'] as const

/** A token endpoint that is not well, or wants to be left alone. */
export const outage: readonly Clause[] = [
  clause({
    id: 'rf-5xx-keeps-grant',
    title: 'keeps the grant when a refresh fails by a 5xx or a reset, and tries the same token later',
    level: must('ours'),
    source: 'RFC 9110 §15.6; experience: an outage of a minute has cost every link of an application',
    why: 'Such a failure says nothing of the grant, and the person can do nothing. Answer that it may work later, and keep the token.',
    alsoFor: everywhere,
    after: 'refreshes',
    async story(scene) {
      await scene.connect()
      await scene.call()
      for (const [name, fault] of Object.entries(failures)) await refreshInTrouble(scene, name, fault)
    },
    missed: (evidence) => first(Object.keys(failures), (name) => unseen(evidence, name)),
    judge: (evidence) => first(Object.keys(failures), (name) => mistaken(evidence, name, ['transient'])),
    mutant: {
      bug: 'takes a failing server for the end of the grant',
      find: "came.kind === 'refused' && came.code === 'invalid_grant'",
      replace: "(came.kind === 'refused' && came.code === 'invalid_grant') || (came.status ?? 0) >= 500",
      drags: ['rf-5xx-with-oauth-body', 'er-html-502', 'rs-outage-recovers'],
    },
  }),
  clause({
    id: 'rf-5xx-with-oauth-body',
    title: 'keeps the grant when a 5xx has an OAuth error in its body',
    level: should('ours'),
    source:
      'RFC 6749 §5.2, whose errors come by 400; experience: gateways and failing servers send bodies that they have not thought about',
    why: 'The status says that the server is not well, so its body is no judgement. Let the status win, and try again later.',
    alsoFor: everywhere,
    after: 'refreshes',
    async story(scene) {
      await scene.connect()
      await scene.call()
      const body = { error: 'invalid_grant' }
      await refreshInTrouble(scene, contradiction, { kind: 'status', status: 503, body })
    },
    missed: (evidence) => unseen(evidence, contradiction),
    judge: (evidence) => mistaken(evidence, contradiction),
    mutant: {
      bug: 'reads the body of a 5xx as it reads that of a 400',
      find: 'if (status === 429 || status >= 500) return unclear',
      replace: 'if (status === 429) return unclear',
    },
  }),
  clause({
    id: 'rf-400-not-oauth',
    title: 'keeps the grant when a refresh is refused in no words of OAuth, and says so after a few tries',
    level: should('ours'),
    source:
      'RFC 6749 §5.2, whose refusals have an error; experience: proxies and gateways answer 400 in the place of a server',
    why: 'Without an error code nobody has said that the grant is over. Keep it, stop after a few tries, and tell the operator.',
    alsoFor: everywhere,
    after: 'refreshes',
    async story(scene) {
      await scene.connect()
      await scene.call()
      for (const [name, fault] of Object.entries(badRequests)) await refreshInTrouble(scene, name, fault)
    },
    missed: (evidence) => first(Object.keys(badRequests), (name) => unseen(evidence, name)),
    judge: (evidence) => first(Object.keys(badRequests), (name) => mistaken(evidence, name)),
    mutant: {
      bug: 'takes each 400 for the end of the grant',
      find: "came.kind === 'refused' && came.code === 'invalid_grant'",
      replace: "(came.kind === 'refused' && came.code === 'invalid_grant') || came.status === 400",
    },
  }),
  clause({
    id: 'rf-429-retry-after',
    title: 'does not refresh again before Retry-After is over, in seconds or as a date, and keeps the grant',
    level: should(),
    source: 'RFC 6585 §4; RFC 9110 §10.2.3',
    why: 'Who asks on is limited longer, and every link of the application with it. Keep the moment, and answer until then that it may work later.',
    alsoFor: everywhere,
    needs: { features: ['clock'] },
    after: 'refreshes',
    async story(scene) {
      await scene.connect()
      await scene.call()
      for (const form of forms) {
        await scene.expire()
        scene.arm(`token:refresh_token rateLimit retryAfter=30s form=${form}`)
        scene.mark(form)
        await scene.call()
        await scene.advance('20s')
        await scene.call()
        await scene.advance('11s')
        scene.mark(`after ${form}`)
        await scene.call()
      }
    },
    missed: (evidence) =>
      first(forms, (form) => (limited(evidence, form).length > 0 ? undefined : `no refresh was limited by ${form}`)),
    judge: (evidence) =>
      first(forms, (form) => {
        const sent = refreshes(under(evidence, form))
        if (limited(evidence, form).length === 0) return undefined
        if (sent.length > 1)
          return saw(`refreshed ${times(sent.length)} before the time of Retry-After, in ${form}, was over`, ...sent)
        const gone = results(evidence, form).find((one) => one === 'needs_reauth')
        if (gone) return saw('says needs_reauth of a 429 at the token endpoint', ...sent)
        const later = results(evidence, `after ${form}`).find((one) => one !== 'ok')
        if (later && !refreshes(under(evidence, `after ${form}`)).some(succeeded))
          return saw(`says ${later} when the time of Retry-After was over`, ...sent)
      }),
    mutant: {
      bug: 'does not read Retry-After',
      find: "const asked = came.kind === 'unclear' ? (came.pause ?? 0) : 0",
      replace: 'const asked = 0',
    },
  }),
]

const limited = (evidence: Evidence, form: string) =>
  refreshes(under(evidence, form)).filter(({ response }) => response.status === 429)
