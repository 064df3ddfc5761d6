import { type Clause, clause, everywhere, must } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import { answerOf, apiCalls, stepsOf, succeeded, tokenRequests } from '../../src/contract/reading.ts'
import type { Scene } from '../../src/contract/scene.ts'
import { basicPairs, keysIn, leakIn, secretsIn } from './secrets.ts'

/** The tokens that the client has got last. */
function held({ world }: Scene): { access_token?: unknown; refresh_token?: unknown } {
  const answers = tokenRequests(world.requests().map((one) => ({ ...one, mark: '' })))
  const last = answers.filter(succeeded).at(-1)
  return last ? answerOf(last) : {}
}

/** A login, calls and a refresh, each of which fails once, with an answer that repeats what it was asked with. */
async function troubles(scene: Scene): Promise<void> {
  const url = await scene.visit(await scene.begin())
  const code = new URL(url).searchParams.get('code')
  const refused = { error: 'invalid_grant', error_description: `There is no code ${code} here` }
  scene.arm({ on: 'token', kind: 'status', status: 400, body: refused })
  await scene.callback('browser', url)
  await scene.connect()
  await scene.call()
  scene.arm({ on: 'api', kind: 'status', status: 500, body: `No such session: Bearer ${held(scene).access_token}` })
  await scene.call()
  scene.arm({ on: 'token', kind: 'status', status: 500, body: { error: `No key ${held(scene).refresh_token}` } })
  await scene.expire()
  await scene.call()
  await scene.call()
}

/** Where secrets come to light. */
export const leaks: readonly Clause[] = [
  clause({
    id: 'se-no-secrets-in-logs',
    title: 'writes no secret, code or token into its log',
    level: must(),
    source: 'RFC 6749 §10.1, §10.3, §10.5',
    why: 'Logs are copied, searched and kept by people who may not act for the account. Log what happened and its status, never a body or a header.',
    alsoFor: everywhere,
    after: 'refreshes',
    story: troubles,
    missed: ({ output }) =>
      output.trim() === '' ? 'nothing was logged, so that nobody knows whether the log was read' : undefined,
    judge(evidence) {
      const secrets = new Map([...secretsIn(evidence), ...basicPairs(evidence.exchanges)])
      const leak = leakIn(evidence.output, secrets)
      if (leak) return saw(`wrote ${leak} into its log`)
    },
    mutant: {
      bug: 'logs the bodies of its token requests',
      find: '// Never the body: it holds secrets in both directions.',
      replace: 'log(JSON.stringify(asked))',
    },
  }),
  clause({
    id: 'se-no-secrets-in-errors',
    title: 'repeats no secret, code or token in what it says of an error',
    level: must(),
    source: 'RFC 6749 §10.1, §10.3; servers that repeat a code in their error_description',
    why: 'What a server writes into an error ends on a page or in a ticket, with the token that was sent to it. Tell the status and the code of the error.',
    alsoFor: everywhere,
    after: 'refreshes',
    story: troubles,
    missed: ({ exchanges }) =>
      exchanges.some(({ faults = [] }) => faults.length > 0) ? undefined : 'nothing that it sent went wrong',
    judge(evidence) {
      const secrets = secretsIn(evidence)
      for (const { op, answer } of [...stepsOf(evidence, 'callback'), ...stepsOf(evidence, 'call')]) {
        const wentWell = answer && ('outcome' in answer ? answer.outcome === 'connected' : answer.result === 'ok')
        const leak = wentWell ? undefined : leakIn(JSON.stringify(answer ?? ''), secrets)
        if (leak) return saw(`answered a ${op} that failed with ${leak} in it`)
      }
    },
    mutant: {
      bug: 'passes on what the API writes into its errors',
      find: "return { result: 'transient', code: `api_",
      replace: "return { result: 'transient', code: reply.text + `api_",
    },
  }),
  clause({
    id: 'se-no-token-in-urls',
    title: 'puts no token and no secret into a URL',
    level: must(),
    source: 'RFC 6750 §2.3, §5.3; RFC 9700 §4.3.2',
    why: 'URLs are in the logs of every proxy, in histories and in referrers. Send tokens in the header and secrets in the body.',
    alsoFor: everywhere,
    after: 'refreshes',
    control: false,
    async story(scene) {
      await scene.connect()
      await scene.call()
      await scene.expire()
      await scene.call()
    },
    missed: ({ exchanges }) => (apiCalls(exchanges).length > 0 ? undefined : 'no call came'),
    judge(evidence) {
      const keys = keysIn(evidence)
      for (const one of evidence.exchanges) {
        const leak = leakIn(one.request.url, keys)
        if (leak) return saw(`sent ${leak} in a URL`, one)
      }
      for (const { op, answer } of evidence.steps) {
        const url = op === 'begin' ? answer?.url : op === 'callback' ? answer?.http?.headers.location : undefined
        const leak = leakIn(String(url ?? ''), keys)
        if (leak) return saw(`sent the browser to a URL with ${leak} in it`)
      }
    },
    mutant: {
      bug: 'presents its access token in the query as well',
      find: 'const reply = await send(env.apiUrl, {',
      replace: "const reply = await send(env.apiUrl + '?access_token=' + link.accessToken, {",
      drags: ['ap-one-transport', 'ap-retry-preserves-request'],
    },
  }),
]
