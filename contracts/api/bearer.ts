import { type Clause, clause, everywhere, must } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import { answerOf, apiCalls, bearerOf, codeExchanges, since, struckBy, under } from '../../src/contract/reading.ts'

const noCall = 'no call of the API came'

/** How a call shows the token, and to whom. */
export const bearer: readonly Clause[] = [
  clause({
    id: 'ap-bearer-header',
    title: 'presents the access token in the Authorization header, as Bearer',
    level: must(),
    source: 'RFC 6750 §2.1',
    why: 'The header is the one place that every API reads, and that logs leave out. Send `Authorization: Bearer` and the token as it came.',
    alsoFor: everywhere,
    control: false,
    async story(scene) {
      await scene.connect()
      await scene.call()
    },
    missed: ({ exchanges }) => (apiCalls(exchanges).length > 0 ? undefined : noCall),
    judge({ exchanges }) {
      const issued = codeExchanges(exchanges).map((one) => answerOf(one).access_token)
      for (const call of apiCalls(exchanges)) {
        const token = bearerOf(call)
        if (token === undefined) return saw('called the API without a bearer token in the Authorization header', call)
        if (!issued.includes(token))
          return saw('called the API with a token that is not the one that it was given', call)
      }
    },
    mutant: {
      bug: 'names the scheme Token',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a piece of a program
      find: 'authorization: `Bearer ${link.accessToken}`',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a piece of a program
      replace: 'authorization: `Token ${link.accessToken}`',
    },
  }),
  clause({
    id: 'ap-one-transport',
    title: 'presents the access token in one place only',
    level: must(),
    source: 'RFC 6750 §2; RFC 9700 §4.3.2',
    why: 'URLs end up in logs and histories, and a server may refuse what comes twice. Leave the token out of query and body.',
    alsoFor: everywhere,
    control: false,
    async story(scene) {
      await scene.connect()
      await scene.call()
      await scene.call({ method: 'POST', body: '{"name":"first"}' })
    },
    missed: ({ exchanges }) => (apiCalls(exchanges).length > 0 ? undefined : noCall),
    judge({ exchanges }) {
      const tokens = codeExchanges(exchanges).map((one) => String(answerOf(one).access_token))
      for (const call of apiCalls(exchanges)) {
        const { url, body } = call.request
        const holds = (text: string) =>
          /(^|[?&"])access_token\b/.test(text) || tokens.some((token) => text.includes(encodeURIComponent(token)))
        if (holds(url)) return saw('put the access token into the URL of a call', call)
        if (holds(body) || tokens.some((token) => body.includes(token)))
          return saw('put the access token into the body of a call', call)
      }
    },
    mutant: {
      bug: 'sends the token in the query as well',
      find: 'await send(env.apiUrl,',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a piece of a program
      replace: 'await send(`${env.apiUrl}?access_token=${link.accessToken}`,',
      drags: ['ap-retry-preserves-request', 'se-no-token-in-urls'],
    },
  }),
  clause({
    id: 'ap-no-token-off-origin',
    title: 'does not follow a redirect to another origin with the token',
    level: must(),
    source: 'RFC 6750 §5.3',
    why: 'Whoever can make the API redirect gets the token of everybody. Follow no redirect, or leave the header out once the origin is another.',
    alsoFor: everywhere,
    after: 'connects',
    async story(scene) {
      await scene.connect()
      await scene.call()
      scene.mark('redirected')
      scene.arm({ on: 'api', kind: 'redirect', to: elsewhere(scene.env.apiUrl), status: 302 })
      await scene.call()
    },
    missed: (evidence) =>
      struckBy(under(evidence, 'redirected'), 'redirect').length > 0 ? undefined : 'no call was redirected',
    judge(evidence) {
      const { host } = new URL(elsewhere(evidence.env.apiUrl))
      const tokens = since(evidence).map(bearerOf)
      const told = under(evidence, 'redirected').find(
        (one) =>
          one.request.headers.host === host &&
          (one.request.headers.authorization !== undefined ||
            tokens.some((token) => token !== undefined && `${one.request.url} ${one.request.body}`.includes(token))),
      )
      if (told) return saw('sent the token to another origin, where a redirect had pointed', told)
    },
    mutant: {
      bug: 'follows redirects with all its headers',
      find: 'const reply = await send(env.apiUrl, { method, headers, body }, env.requestTimeoutMs, signal)',
      replace: [
        'let reply = await send(env.apiUrl, { method, headers, body }, env.requestTimeoutMs, signal)',
        "const to = 'headers' in reply ? reply.headers.get('location') : null",
        'if (to !== null) reply = await send(to, { method, headers }, env.requestTimeoutMs, signal)',
      ].join('\n'),
    },
  }),
]

/** The same server by another name, which makes it another origin. */
function elsewhere(url: string): string {
  const other = new URL(url)
  other.hostname = other.hostname === 'localhost' ? '127.0.0.1' : 'localhost'
  return other.href
}
