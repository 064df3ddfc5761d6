import { type Clause, clause, everywhere, must, should } from '../../src/contract/clause.ts'
import { type Evidence, saw } from '../../src/contract/evidence.ts'
import type { Env, HttpSeen } from '../../src/contract/protocol/messages.ts'
import { stepsOf } from '../../src/contract/reading.ts'
import type { Scene } from '../../src/contract/scene.ts'
import { keysIn, leakIn } from './secrets.ts'

/** A callback that goes well, and two that do not: in a foreign browser, and of somebody who said no. */
async function callbacks(scene: Scene): Promise<void> {
  const url = await scene.visit(await scene.begin())
  await scene.wrongly(async () => {
    await scene.callback('other-browser', url)
    const { redirectTo } = await scene.browse(await scene.begin('third-browser'), { decision: 'deny' })
    if (redirectTo !== undefined) await scene.callback('third-browser', redirectTo)
  })
  await scene.callback('browser', url)
}

/** What browsers got. */
const answers = (evidence: Evidence): readonly HttpSeen[] =>
  stepsOf(evidence, 'callback').flatMap(({ answer }) => answer?.http ?? [])

/** Those that a browser shows. */
const pages = (evidence: Evidence) => answers(evidence).filter(({ status }) => status < 300 || status > 399)

const header = ({ headers }: HttpSeen, name: string): readonly string[] => [headers[name] ?? []].flat()

const unseen = (evidence: Evidence) =>
  answers(evidence).length > 0 ? undefined : 'no callback told what the browser would get'

const flags = ['HttpOnly', 'Secure', 'SameSite']

const missingIn = (cookie: string) => flags.filter((flag) => !new RegExp(`;\\s*${flag}\\b`, 'i').test(cookie))

/**
 * Whether a cookie is what ties a browser to its login, by its name or by a value that nobody guesses. What scripts read to
 * prove their page, and languages and the like, are something else.
 */
function tiesBrowser(cookie: string): boolean {
  const [, name = '', value = ''] = /^\s*([^=;]+)=([^;]*)/.exec(cookie) ?? []
  if (/[cx]srf|consent/i.test(name)) return false
  return /sess|sid$|login|auth|token|jwt|state|remember/i.test(name) || /^[\w-]{16}/.test(value)
}

/** One without a value takes a cookie away. */
const takesAway = (cookie: string) => /^[^=]+=\s*(;|$)/.test(cookie)

const sessionCookies = (evidence: Evidence) =>
  answers(evidence)
    .flatMap((one) => header(one, 'set-cookie'))
    .filter(tiesBrowser)

/** The same redirect URI by https: there every cookie can be Secure. */
async function byHttps(env: Env, { world }: Pick<Scene, 'world'>): Promise<Env> {
  const redirectUri = env.redirectUri.replace(/^http:/, 'https:')
  await world.clients.change(env.clientId, { provider: env.provider, redirectUris: [redirectUri] })
  return { ...env, redirectUri }
}

/** With these no other site gets the query of a URL. */
const discreet: ReadonlySet<string> = new Set([
  ...['no-referrer', 'same-origin', 'origin', 'strict-origin'],
  ...['origin-when-cross-origin', 'strict-origin-when-cross-origin'],
])

/** The policy that holds in a page: the last one that is known. */
function referrerPolicy(page: HttpSeen): string {
  const [, inPage] = /<meta\s+name=["']?referrer["']?\s+content=["']?([\w-]+)/i.exec(page.body) ?? []
  return inPage ?? header(page, 'referrer-policy').join(',').split(',').at(-1)?.trim().toLowerCase() ?? ''
}

/** The other sites that a page loads from or leads to. */
function outward({ body }: HttpSeen, { env }: Evidence): readonly string[] {
  const named = [...body.matchAll(/\b(?:src|href|action)\s*=\s*["']?((?:https?:)?\/\/[^"'\s>]+)/gi)]
  const { origin } = new URL(env.redirectUri)
  const sites = named.flatMap(([, url = '']) => (URL.canParse(url, origin) ? new URL(url, origin) : []))
  return sites.filter((site) => site.origin !== origin).map(({ host }) => host)
}

const written = {
  alsoFor: everywhere,
  needs: { features: ['userPages'] },
  after: 'connects',
  story: callbacks,
  missed: unseen,
} as const

/** What the browser gets where the code arrives. */
export const callbackPages: readonly Clause[] = [
  clause({
    ...written,
    id: 'se-no-secret-in-frontend',
    title: 'gives no token and no secret to the browser',
    level: must(),
    source: 'RFC 6749 §10.1, §10.3',
    why: 'Scripts, extensions and whoever reads along can then act for the account, or for the application. Keep both on the server.',
    judge(evidence) {
      const keys = keysIn(evidence)
      for (const { body, headers } of answers(evidence)) {
        const leak = leakIn(body, keys) ?? leakIn(JSON.stringify(headers), keys)
        if (leak) return saw(`gave ${leak} to the browser`)
      }
    },
    mutant: {
      bug: 'shows what it has stored when the login is done',
      find: "return answer('connected', store.isUnsaved(login.link) ? 'store_failed' : undefined)",
      replace: `const done = answer('connected')
    return { ...done, http: { status: 200, headers: {}, body: JSON.stringify(link) } }`,
      drags: ['se-no-store', 'ar-no-secret-in-url', 'cb-leaves-code-url'],
    },
  }),
  clause({
    ...written,
    id: 'se-cookie-flags',
    title: 'sets no session cookie at the callback that scripts, other sites or plain http get',
    level: must(),
    source: 'RFC 6750 §5.3; RFC 6265 §8',
    why: 'The cookie is all that ties the login to its browser. Set HttpOnly, Secure and SameSite.',
    env: byHttps,
    // One that is taken away with all flags was set with them.
    missed: (evidence) =>
      sessionCookies(evidence).some((one) => !takesAway(one) || missingIn(one).length === 0)
        ? undefined
        : 'no callback set the cookie of a session',
    judge(evidence) {
      for (const cookie of sessionCookies(evidence).filter((one) => !takesAway(one))) {
        const missing = missingIn(cookie)
        if (missing.length > 0) return saw(`set the cookie ${cookie.split('=')[0]} without ${missing.join(', ')}`)
      }
    },
    mutant: {
      bug: 'sets a cookie that scripts can read',
      find: '__Host-login=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax',
      replace: 'login=done; Path=/; Secure; SameSite=Lax',
    },
  }),
  clause({
    ...written,
    id: 'se-referrer-policy',
    title: 'lets no other site learn the URL of the callback',
    level: should(),
    source: 'RFC 9700 §4.2.4',
    why: 'The code and the state stand in that URL, and a page tells it to whatever it loads. Send Referrer-Policy: no-referrer, and load nothing from elsewhere.',
    judge(evidence) {
      for (const page of pages(evidence)) {
        const [site] = outward(page, evidence)
        if (site !== undefined && !discreet.has(referrerPolicy(page)))
          return saw(`showed a page at the callback that tells its URL to ${site}`)
      }
    },
    mutant: {
      bug: 'counts visits of the callback by a picture from elsewhere',
      find: '<h1>Not connected</h1>',
      replace: '<meta name="referrer" content="unsafe-url"><img src="https://visits.example/1.gif">',
    },
  }),
  clause({
    ...written,
    id: 'se-no-store',
    title: 'has no page of the callback stored',
    level: should(),
    source: 'in the spirit of RFC 6749 §5.1',
    why: 'A page that comes from a cache belongs to another login, perhaps to another person. Send Cache-Control: no-store.',
    judge(evidence) {
      for (const page of pages(evidence)) {
        const control = header(page, 'cache-control').join(', ')
        if (!/\bno-store\b/i.test(control))
          return saw(
            `answered a callback by ${page.status} with ${control ? `Cache-Control: ${control}` : 'no Cache-Control'}`,
          )
      }
    },
    mutant: {
      bug: 'lets its pages be stored',
      find: "'cache-control': 'no-store'",
      replace: "'cache-control': 'private'",
    },
  }),
]
