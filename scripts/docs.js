// Writes docs/providers/ and docs/README.md from what `mock-oauth show` says; with --check it writes nothing and names
// the pages that are stale.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'

process.chdir(new URL('..', import.meta.url).pathname)

const show = (...args) => execFileSync(process.execPath, ['bin/mock-oauth.js', ...args], { encoding: 'utf8' })
const providers = JSON.parse(show('providers', '--json'))

/** A dated variant follows the same page as its provider. */
const rulesOf = (id) => `rules/${id.replace(/@.*/, '')}.md`

const index = () => `# What is played, and how it is known

Each value of a provider is documented (its own page or another official document says so), observed (in public code or
traffic), standard (an RFC says so) or assumed (nobody says, and the most plausible one was chosen).

| Provider | Documentation | Documented | Observed | Standard | Assumed | Open questions | Rules |
| --- | --- | --- | --- | --- | --- | --- | --- |
${providers.map(rowOf).join('\n')}

*Open questions* are what the documents leave room for; [in short](open-questions.md), with the choice of each.
*Rules* lists all that a provider's page says, a row a sentence, with the test that shows it.

- [Why was it refused?](explain.md): what the mock tells of refusals, of the life of tokens, and of faults.
- [What becomes of a refresh token that is used](rotation.md): each policy, and how to set another.
- [What can be done to webhooks](webhook-faults.md): drop, delay, duplicate, reorder and more, on purpose.
- [Faults](faults.md): what can be made to go wrong, and how; lost replies, barriers, a hostile mood, faults that never fired.
- [Real clients](clients.md): what seven OAuth libraries make of the contract, failure by failure.
- [How a client is judged](contract.md): the contract harness; verdicts, known failures, reports, Vitest, CI. [Its clauses](contracts/README.md).
- [The driver of a client](contract-driver.md): the protocol by which one in any language is judged.
- [What real clients make of it](clients.md): seven OAuth libraries, each judged, each failure looked up in its source.
- [Unchanged programs](run.md): played to at the real hosts, by a proxy; what goes through, and what does not.
- [Worlds](worlds.md): states beside each other on one server.
- [HTTPS](https.md): a server by TLS, and what has to be trusted for it.
- [Playwright](playwright.md): an application tested in a browser, several workers at a time.
- [Vitest](vitest.md): a mock for each test, what a failed one prints, and matchers.
- [State](state.md): reset, snapshots, and a file that outlives the process.
- [Mock Service Worker](msw.md): the real hosts in tests and in a browser.
- [By fetch](fetch.md): in a server of your own, or as a client's own fetch.
- [In a browser](browser.md): a provider played in the page itself; redirects, popups, and an example application.
- [In a Fastify app](fastify.md): a mock beside routes of your own.
`

function rowOf({ id, name, docs, counts }) {
  const { facts } = JSON.parse(show('show', id, '--json'))
  const questions = new Set(facts.flatMap(({ question = [] }) => question))
  const cells = [
    // A dated variant carries its provider's name.
    `[${name}${id.replace(/^[^@]*@?/, ' ').trimEnd()}](providers/${id}.md)`,
    `[page](${docs})`,
    ...Object.values(counts),
    `[${questions.size}](providers/${id}.md#open-questions)`,
    `[rules](${rulesOf(id)})`,
  ]
  return `| ${cells.join(' | ')} |`
}

const note = '<!-- Written by `npm run docs`; edit the definition instead. -->\n\n'
const pages = new Map([
  ['docs/README.md', note + index()],
  ...providers.map(({ id }) => [`docs/providers/${id}.md`, note + show('show', id, '--format', 'markdown')]),
])
const kept = existsSync('docs/providers') ? readdirSync('docs/providers').map((name) => `docs/providers/${name}`) : []
const foreign = kept.filter((path) => !pages.has(path))
const stale = [...pages].filter(([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text)

if (process.argv.includes('--check')) {
  for (const [path] of stale) console.error(`${path} is stale: npm run docs writes it anew.`)
  for (const path of foreign) console.error(`${path} is about no provider: delete it.`)
  process.exitCode = stale.length + foreign.length > 0 ? 1 : 0
} else {
  mkdirSync('docs/providers', { recursive: true })
  for (const [path, text] of stale) {
    writeFileSync(path, text)
    console.log(path)
  }
}
