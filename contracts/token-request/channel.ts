import { type Clause, clause, everywhere, must, should } from '../../src/contract/clause.ts'
import { type Evidence, saw } from '../../src/contract/evidence.ts'
import { outcomes, tokenRequests } from '../../src/contract/reading.ts'

const missed = ({ exchanges }: Evidence) => (tokenRequests(exchanges).length > 0 ? undefined : 'no token request came')

/** Which way a token request takes, and who sends it. */
export const channel: readonly Clause[] = [
  clause({
    id: 'tr-post-only',
    title: 'asks for tokens by POST, with nothing of its own in the URL',
    level: must(),
    source: 'RFC 6749 §3.2, §2.3.1',
    why: 'URLs are written into logs on their way, and with them the code and the secret. Put every parameter into the body.',
    alsoFor: everywhere,
    control: false,
    async story(scene) {
      await scene.connect()
    },
    missed,
    judge({ exchanges, env }) {
      const given = new URL(env.tokenUrl).searchParams
      for (const sent of tokenRequests(exchanges)) {
        if (sent.request.method !== 'POST') return saw(`asked for tokens by ${sent.request.method}`, sent)
        const added = [...new URL(sent.request.url).searchParams.keys()].filter((name) => !given.has(name))
        if (added.length > 0) return saw(`wrote ${added.join(', ')} into the URL of its token request`, sent)
      }
    },
    mutant: {
      bug: 'writes grant_type into the URL as well',
      find: 'post(env.tokenUrl, env.bodyFormat, asked',
      replace: "post(env.tokenUrl + '?grant_type=' + grantType, env.bodyFormat, asked",
    },
  }),
  clause({
    id: 'tr-accept-json',
    title: 'says in Accept that it wants JSON, and in User-Agent who it is',
    level: should('provider'),
    source: "experience: the provider's own example",
    why: 'A server that is not told may answer in another form, and cannot write to you when your client misbehaves. Send both headers.',
    alsoFor: ['mercado-pago'],
    control: false,
    async story(scene) {
      await scene.connect()
    },
    missed,
    judge({ exchanges }) {
      for (const sent of tokenRequests(exchanges)) {
        const { accept = '', 'user-agent': agent } = sent.request.headers
        if (!/application\/json/i.test(accept)) return saw('sent a token request that does not ask for JSON', sent)
        if (!agent) return saw('sent a token request without a User-Agent', sent)
      }
    },
    mutant: {
      bug: 'takes anything from the token endpoint',
      find: "accept: 'application/json',\n          'content-type': format",
      replace: "accept: '*/*',\n          'content-type': format",
    },
  }),
  clause({
    id: 'tr-server-side',
    title: 'asks for tokens from its server, not from the page in the browser',
    level: must(),
    levels: { 'mercado-pago': must('provider') },
    source: 'RFC 6749 §10.1, §10.3',
    why: 'Whoever opens the page reads the secret in it. Bring the code to the server, and exchange it there.',
    alsoFor: ['mekari', 'mercado-pago', 'finexer', 'mercury', 'standard'],
    control: false,
    async story(scene) {
      await scene.connect()
    },
    missed,
    judge({ exchanges }) {
      for (const sent of tokenRequests(exchanges)) {
        const { 'user-agent': agent = '', ...headers } = sent.request.headers
        const [told] = ['origin', 'referer', 'sec-fetch-site'].filter((name) => headers[name] !== undefined)
        if (told) return saw(`sent a token request with ${told}, as a page in a browser does`, sent)
        if (/^mozilla\//i.test(agent)) return saw('sent a token request with the User-Agent of a browser', sent)
      }
    },
    mutant: {
      bug: 'names the page that it was opened by',
      find: "accept: 'application/json',\n          'content-type': format",
      replace: "accept: 'application/json',\n          referer: env.redirectUri,\n          'content-type': format",
    },
  }),
  clause({
    id: 'tr-tls-verify',
    title: 'sends nothing to a token endpoint whose certificate nobody vouches for',
    level: must(),
    source: 'RFC 6749 §10.9',
    why: 'Whoever sits in between reads the secret and the code. Never switch the check of certificates off; trust one more authority where you must.',
    alsoFor: everywhere,
    async env(env, { wrong, untrusted }) {
      const { url } = await untrusted()
      return { ...env, tokenUrl: wrong(env.tokenUrl, `${url}/token`) }
    },
    async story(scene) {
      await scene.connect()
      const { received } = await scene.untrusted()
      scene.note('bytes', String(received()))
    },
    judge(evidence) {
      const { bytes = '0' } = evidence.notes
      if (bytes !== '0') return saw('sent a token request to a server whose certificate nobody vouches for')
      const isElsewhere = evidence.env.tokenUrl.startsWith('https://127.0.0.1')
      if (isElsewhere && outcomes(evidence).includes('connected'))
        return saw('says connected, and could not have asked anybody for tokens')
    },
    mutant: {
      bug: 'takes any certificate',
      find: 'const response = await fetch(url, {',
      replace: `
        const unchecked = async (to: string, init: any) => {
          if (!to.startsWith('https:')) return fetch(to, init)
          const { request } = await import('node:https')
          return new Promise<Response>((resolve, reject) => {
            const { method, headers } = init
            const sent = request(to, { method, headers, rejectUnauthorized: false }, (came) => {
              came.resume()
              resolve(new Response(null, { status: came.statusCode ?? 500 }))
            })
            sent.on('error', reject).end(init.body)
          })
        }
        const response = await unchecked(url, {
      `,
    },
  }),
]
