import { type Clause, clause, everywhere, must } from '../../src/contract/clause.ts'
import { type Evidence, saw } from '../../src/contract/evidence.ts'
import { answerOf, apiCalls, stepsOf, succeeded, tokenRequests } from '../../src/contract/reading.ts'
import type { Scene } from '../../src/contract/scene.ts'
import type { Json } from '../../src/vocabulary/json.ts'
import { basicPairs, keysIn, leakIn, secretsIn } from './secrets.ts'

/** The tokens that the client has got last. */
function held({ world }: Scene): { access_token?: unknown; refresh_token?: unknown } {
  const answers = tokenRequests(world.requests().map((one) => ({ ...one, mark: '' })))
  const last = answers.filter(succeeded).at(-1)
  return last ? answerOf(last) : {}
}

/** Recognized in a log: the browser, and the error that came. */
const session = 'browser-of-alice-7d21'
const errorCode = 'trouble_of_alice'

type Failure = (secret: string) => { status: number; body: Json; contentType?: string }

/** Failures of the token endpoint, each of which repeats what it was asked with. */
const failures = {
  refused: (secret) => ({ status: 400, body: { error: errorCode, error_description: `There is no ${secret} here` } }),
  page: (secret) => ({ status: 403, contentType: 'text/html', body: `<h1>Forbidden</h1><p>${secret}</p>` }),
  gateway: (secret) => ({ status: 502, contentType: 'text/html', body: `<pre>upstream: ${secret}</pre>` }),
  broken: (secret) => ({ status: 500, body: { error: `No key ${secret}` } }),
  noTokens: (secret) => ({ status: 200, body: { message: `${secret} is over` } }),
  badClient: (secret) => ({ status: 401, body: { error: 'invalid_client', error_description: `Not ${secret}` } }),
} as const satisfies Record<string, Failure>

/** Logins, calls and refreshes that fail, and go well afterwards. */
async function troubles(scene: Scene): Promise<void> {
  const fail = (how: keyof typeof failures, secret: unknown) =>
    scene.arm({ on: 'token', kind: 'status', ...failures[how](String(secret)) })
  for (const how of ['refused', 'page', 'gateway', 'broken', 'noTokens', 'badClient'] as const) {
    // A browser each: after some failures the same one is turned away.
    const browser = `${session}-${how}`
    const url = await scene.visit(await scene.begin(browser))
    fail(how, how === 'badClient' ? scene.env.clientSecret : new URL(url).searchParams.get('code'))
    await scene.callback(browser, url)
  }
  await scene.connect(session)
  await scene.call()
  for (const status of [500, 403]) {
    scene.arm({ on: 'api', kind: 'status', status, body: `No such session: Bearer ${held(scene).access_token}` })
    await scene.call()
  }
  // The last one ends the link.
  for (const how of ['broken', 'gateway', 'refused'] as const) {
    fail(how, held(scene).refresh_token)
    await scene.expire()
    await scene.call()
    await scene.call()
  }
}

/** Files among those of the store that are logs, by their names; what is no text is none. */
const logs = ({ store }: Evidence) =>
  store.filter(({ path, text }) => /(^|[/._-])(logs?|trace|debug)([/._-]|$)/i.test(path) && !text.includes('\0'))

/** A log that tells nothing of what happened shows nothing by its silence. */
const isOfUse = (text: string, { env }: Evidence) =>
  [env.clientId, session, errorCode].some((one) => text.includes(one))

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
    missed: (evidence) =>
      [evidence.output, ...logs(evidence).map(({ text }) => text)].some((text) => isOfUse(text, evidence))
        ? undefined
        : 'the log names neither the client nor a browser nor an error, so that nobody knows whether it was read',
    judge(evidence) {
      const secrets = new Map([...secretsIn(evidence), ...basicPairs(evidence.exchanges)])
      const leak = leakIn(evidence.output, secrets)
      if (leak) return saw(`wrote ${leak} into its log`)
      for (const { path, text } of logs(evidence)) {
        const inFile = leakIn(text, secrets)
        if (inFile) return saw(`wrote ${inFile} into ${path}`)
      }
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
