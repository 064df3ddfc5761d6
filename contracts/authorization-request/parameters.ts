import { type Clause, clause, everywhere, must } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import type { Env } from '../../src/contract/protocol/messages.ts'
import { answerOf, stepsOf, tokenRequests } from '../../src/contract/reading.ts'
import { begun } from './begun.ts'
import { layersOf } from './layers.ts'

/** The same, with a parameter more in the query of the authorization endpoint. */
function withQuery(env: Env, name: string, value: string): Env {
  const url = new URL(env.authorizeUrl)
  url.searchParams.set(name, value)
  return { ...env, authorizeUrl: url.href }
}

/** Which parameters an authorization request has, and how they are written. */
export const parameters: readonly Clause[] = [
  clause({
    id: 'ar-response-type-code',
    title: 'asks for a code: response_type=code, once',
    level: must(),
    source: 'RFC 6749 §4.1.1',
    why: 'Any other type is refused, or brings tokens into the URL of a browser. Always send response_type=code.',
    alsoFor: everywhere,
    control: false,
    async story(scene) {
      await scene.visit(await scene.begin())
    },
    judge(evidence) {
      const [url] = begun(evidence)
      const types = url?.searchParams.getAll('response_type') ?? []
      // Finexer does without: code is the only one that it has.
      if (!url || (types.length === 0 && evidence.provider === 'finexer')) return undefined
      if (types.length !== 1 || types[0] !== 'code')
        return saw(`asked for ${types.length === 0 ? 'no response_type' : `response_type=${types.join(' and ')}`}`)
    },
    mutant: {
      bug: 'asks for a token in place of a code',
      find: "response_type: 'code'",
      replace: "response_type: 'token'",
    },
  }),
  clause({
    id: 'ar-no-secret-in-url',
    title: 'shows the browser no client secret and no token, in no URL and on no page',
    level: must(),
    source: 'RFC 6749 §2.3.1; RFC 9700 §4.3.2',
    why: 'What a browser has been shown stands in histories, logs and screenshots. Send secrets from server to server, in a header or a body.',
    alsoFor: everywhere,
    control: false,
    async story(scene) {
      await scene.connect()
    },
    judge(evidence) {
      const answers = tokenRequests(evidence.exchanges).map(answerOf)
      const secrets = [evidence.env.clientSecret, ...answers.flatMap((one) => [one.access_token, one.refresh_token])]
      const shows = (text: string) =>
        layersOf(text).some((layer) => secrets.some((secret) => secret && layer.includes(String(secret))))
      if (begun(evidence).some(({ searchParams: sent, href }) => sent.has('client_secret') || shows(href)))
        return saw('put the client secret or a token into the authorization URL')
      for (const { answer } of stepsOf(evidence, 'callback')) {
        const { headers = {}, body = '' } = answer?.http ?? {}
        if (shows(body)) return saw('showed the client secret or a token on the page of the callback')
        if (shows(String(headers.location ?? ''))) return saw('put the client secret or a token into a redirect')
      }
    },
    mutant: {
      bug: 'authenticates at the authorization endpoint, too',
      find: "response_type: 'code',",
      replace: "response_type: 'code',\n        client_secret: env.clientSecret,",
      drags: ['se-no-token-in-urls'],
    },
  }),
  clause({
    id: 'ar-params-encoded',
    title: 'encodes the values of an authorization request so that decoding once brings them back',
    level: must(),
    source: 'RFC 6749 §4.1.1 and Appendix B',
    why: 'A bare & ends a value, and what is encoded twice is another value. Have a URL library write the query.',
    alsoFor: everywhere,
    control: false,
    env: (env) => ({
      ...env,
      scopes: ['a:b', 'c&d'],
      redirectUri: `${env.redirectUri}?tenant=acme&next=%2Fhome`,
    }),
    async story(scene) {
      await scene.begin()
    },
    missed(evidence) {
      const [url] = begun(evidence)
      if (!url?.searchParams.has('scope') && !url?.searchParams.has('redirect_uri'))
        return 'neither scope nor redirect_uri was sent'
    },
    judge(evidence) {
      const [url] = begun(evidence)
      for (const [name, values] of [
        ['redirect_uri', [evidence.env.redirectUri]],
        ['scope', evidence.env.scopes],
      ] as const) {
        const sent = url?.searchParams.get(name) ?? undefined
        if (sent !== undefined && values.some((value) => !sent.includes(value)))
          return saw(`sent a ${name} that is decoded to ${sent}`)
      }
    },
    mutant: {
      bug: 'does not encode what it puts into the query',
      find: 'return { url: url.href }',
      replace: 'return { url: decodeURIComponent(url.href) }',
    },
  }),
  clause({
    id: 'ar-no-duplicate-params',
    title: 'sends no parameter of the authorization request twice',
    level: must(),
    source: 'RFC 6749 §3.1',
    why: 'A repeated parameter is refused, or the wrong one of the two counts. Set each, in place of what the configured URL says already.',
    alsoFor: everywhere,
    control: false,
    env: (env) => withQuery(env, 'client_id', env.clientId),
    async story(scene) {
      await scene.visit(await scene.begin())
    },
    missed: (evidence) =>
      begun(evidence).some(({ searchParams }) => searchParams.size > 1)
        ? undefined
        : 'no parameter was added to the URL',
    judge(evidence) {
      const [url] = begun(evidence)
      const names = [...(url?.searchParams.keys() ?? [])]
      const twice = names.find((name, at) => names.indexOf(name) !== at)
      if (twice) return saw(`sent ${twice} more than once`)
    },
    mutant: {
      bug: 'appends to the configured URL whatever it says already',
      find: 'url.searchParams.set(name, value)',
      replace: 'url.searchParams.append(name, value)',
    },
  }),
  clause({
    id: 'ar-keeps-authorize-query',
    title: "keeps the authorization endpoint's own query",
    level: must(),
    source: 'RFC 6749 §3.1',
    why: 'A server finds its tenant or its country there and otherwise sends the person elsewhere. Add parameters to the query that there is.',
    alsoFor: ['mercado-pago', 'standard'],
    control: false,
    env: (env) => withQuery(env, 'entrance', 'sellers & others'),
    async story(scene) {
      await scene.visit(await scene.begin())
    },
    judge(evidence) {
      const [url] = begun(evidence)
      for (const [name, value] of new URL(evidence.env.authorizeUrl).searchParams)
        if (url && url.searchParams.get(name) !== value) return saw(`lost ${name} of the authorization endpoint's URL`)
    },
    mutant: {
      bug: 'builds the authorization URL from its path alone',
      find: 'const url = new URL(authorizeUrl)',
      replace: "const url = new URL(authorizeUrl.split('?')[0])",
    },
  }),
]
