import { type Clause, clause, everywhere, must, should } from '../../src/contract/clause.ts'
import { type Evidence, saw } from '../../src/contract/evidence.ts'
import { queryOf, stepsOf } from '../../src/contract/reading.ts'

const markup = ['<script>alert(7)</script>', '"><img src=x onerror=alert(7)>'] as const
const away = 'https://elsewhere.example/'

/** Ways in which a page sends a browser on, or offers to. */
const onward =
  /(?:http-equiv=["']?refresh|location(?:\.href)?\s*=|location\.(?:assign|replace)\(|href=)[^>]*elsewhere\.example/i

/** What the browser gets in return for a callback. */
export const callbackPages: readonly Clause[] = [
  clause({
    id: 'cb-escapes-params',
    title: 'shows no parameter of a callback as markup',
    level: must(),
    source: 'RFC 6749 §10.14',
    why: 'Anybody can write a link to the callback, and its script would run as yours. Escape what is shown, or show words of your own.',
    alsoFor: everywhere,
    needs: { features: ['userPages'] },
    async story(scene) {
      const came = await scene.visit(await scene.begin('alice'))
      const url = new URL(came)
      await scene.wrongly(() => {
        url.searchParams.delete('code')
        url.searchParams.set('error', markup[0])
        url.searchParams.set('error_description', markup.join(''))
      })
      await scene.callback('alice', url.href)
      await scene.wrongly(async () => {
        url.searchParams.set('state', markup.join(''))
        await scene.callback('alice', url.href)
      })
    },
    missed: (evidence) => (pagesOf(evidence).length > 1 ? undefined : 'callbacks answered no pages'),
    judge(evidence) {
      const live = pagesOf(evidence).filter(isMarkup)
      if (live.some(({ body }) => markup.some((one) => body.includes(one))))
        return saw('showed a parameter of the callback as markup')
    },
    mutant: { bug: 'shows an error as it came', find: 'escapeHtml(reason)', replace: 'reason' },
  }),
  clause({
    id: 'cb-leaves-code-url',
    title: 'leaves the URL with the code at once, and loads nothing foreign there',
    level: should(),
    source: 'RFC 6749 §3.1.2.5; RFC 9700 §4.2.4',
    why: 'The URL of a page goes into histories, and to others as Referer. Redirect to a clean URL as soon as the code is read.',
    alsoFor: everywhere,
    needs: { features: ['userPages'] },
    after: 'connects',
    control: false,
    async story(scene) {
      await scene.connect('alice')
    },
    missed: (evidence) => (pagesOf(evidence).length > 0 ? undefined : 'the callback answered no page'),
    judge(evidence) {
      const [page] = pagesOf(evidence)
      if (!page) return undefined
      const { asked, status, location, body } = page
      const own = new URL(asked)
      const code = queryOf(asked).code ?? ''
      if (location !== undefined) {
        const to = URL.canParse(location, asked) ? new URL(location, asked) : undefined
        if (to && [...to.searchParams.values()].includes(code))
          return saw('redirected to a URL that still has the code')
        return undefined
      }
      const scripts = [...body.matchAll(/<script[^>]+src\s*=\s*["']?([^"'\s>]+)/gi)].map(([, src = '']) => src)
      if (scripts.some((src) => URL.canParse(src, asked) && new URL(src, asked).origin !== own.origin))
        return saw('loaded a foreign script on the page with the code')
      if (status < 300 && !/replaceState|location\.replace|http-equiv=["']?refresh/i.test(body))
        return saw('left the code in the address of its page')
    },
    mutant: {
      bug: 'answers the callback with a page',
      find: "{ status: 303, headers: { ...headers, location: '/connections' }, body: '' }",
      replace: "{ status: 200, headers, body: '<!doctype html><h1>Connected</h1>' }",
    },
  }),
  clause({
    id: 'cb-no-open-redirect',
    title: 'sends no browser to a place that a parameter of the callback names',
    level: must(),
    source: 'RFC 9700 §4.11.1',
    why: 'A link to a trusted host that ends elsewhere is what phishing needs. Keep where to go with the login, not in the URL.',
    alsoFor: everywhere,
    needs: { features: ['userPages'] },
    async story(scene) {
      const url = new URL(await scene.visit(await scene.begin('alice')))
      await scene.wrongly(() => {
        for (const name of ['next', 'return_to', 'redirect', 'redirect_url']) url.searchParams.set(name, away)
      })
      await scene.callback('alice', url.href)
      await scene.wrongly(async () => {
        url.searchParams.set('state', away)
        await scene.callback('alice', url.href)
      })
    },
    missed: (evidence) => (pagesOf(evidence).length > 1 ? undefined : 'callbacks answered no pages'),
    judge(evidence) {
      for (const { asked, location = '', body } of pagesOf(evidence)) {
        const to = URL.canParse(location, asked) ? new URL(location, asked).host : ''
        if (to === new URL(away).host || onward.test(body)) return saw('sent the browser where a parameter told it to')
      }
    },
    mutant: {
      bug: 'goes where the parameter next says',
      find: 'return exchange(login, code)',
      replace: `const location = parameters.get('next')
    return exchange(login, code).then((came) =>
      location && came.http ? { ...came, http: { ...came.http, headers: { location } } } : came,
    )`,
    },
  }),
]

/** What the browser got for each callback. */
const pagesOf = (evidence: Evidence) =>
  stepsOf(evidence, 'callback').flatMap(({ asked, answer }) => {
    if (!answer?.http) return []
    const { status, headers, body } = answer.http
    const location = headers.location === undefined ? undefined : String(headers.location)
    return [{ asked: asked.url, status, location, type: String(headers['content-type'] ?? ''), body }]
  })

/** Whether a browser would read it as HTML. */
const isMarkup = ({ type }: { type: string }) => !/^(text\/plain|application\/json)\b/i.test(type)
