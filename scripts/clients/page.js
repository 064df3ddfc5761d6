// docs/clients.md from the verdicts and from what was found in the libraries' sources.
import { readdirSync, readFileSync } from 'node:fs'
import { buildingOf, careful, clients, homesOf, providers } from './clients.js'
import { seed } from './run.js'

/** Verdicts that need a finding. */
const isFailure = ({ kind }) => kind === 'broken' || kind === 'warned'

/** What is wrong with the findings: failures that have none, and findings of what did not fail. */
export function complaintsOf(verdicts, findings) {
  const failed = new Set(
    Object.entries(verdicts).flatMap(([name, one]) => failuresOf(one).map(({ clause }) => `${name}: ${clause}`)),
  )
  const found = findings.flatMap(({ library, clauses }) => clauses.map((clause) => `${library}: ${clause}`))
  return [
    ...Object.keys(clients).flatMap((name) => (verdicts[name] ? [] : [`${name} was not run`])),
    ...[...failed].filter((one) => !found.includes(one)).map((one) => `${one} has no finding`),
    ...found.filter((one) => !failed.has(one)).map((one) => `${one} did not fail, and has a finding`),
    ...found.filter((one, at) => found.indexOf(one) !== at).map((one) => `${one} has two findings`),
  ]
}

/** The page's text. */
export const pageOf = (
  verdicts,
  findings,
) => `<!-- Written by \`npm run clients\`; findings stand in examples/clients/findings.yaml. -->

# What real clients make of the contract

Seven OAuth libraries from npm and Debian, each behind a small driver in [examples/clients](../examples/clients) that does what
the library's README shows and adds no more than a provider's page asks for by name, and the three careful clients of
[contracts/clients](../contracts/clients), judged by \`mock-oauth contract\` ([what that is](contract.md)) with the seed
\`${seed}\`. Each failure was looked up in the library's source before it was written down here; where the driver was to
blame it was mended. **A failure is not a bug of the library**: most of what a client must do, libraries leave to the application,
and a finding that begins with *left to the application* says so. What is judged is the app that follows the README.
\`npm run clients\` makes this page anew; \`npm run clients -- --check <client>\` judges one client again and compares.

## Matrix

| Client | Version | ${providers.join(' | ')} |
| --- | --- | ${providers.map(() => '---').join(' | ')} |
${Object.keys(verdicts)
  .map((name) => row(name, verdicts[name]))
  .join('\n')}

*Kept*: does it. *Broken*: does not, and must. *Warned*: does not, and should. *Not judged*: ${notJudgedWords}.
*N/a*: the provider does not ask for it, or the library does not claim what it is about. What each clause asks:
[the clauses](contracts/README.md).

${Object.keys(verdicts)
  .map((name) => section(name, verdicts[name], findings))
  .join('\n\n')}
`

const notJudgedWords =
  'what it builds upon fails already (blocked), its moment did not come (untestable, inconclusive), or it needs `--slow` (not run)'

function row(name, { version, providers: judged }) {
  const { elsewhere = {} } = clients[name]
  const cells = providers.map((one) =>
    elsewhere[one] ? `not judged: the provider ${elsewhere[one]}` : countsOf(judged[one]),
  )
  return `| ${name in careful ? name : `[${name}](#${anchorOf(name)})`} | ${version} | ${cells.join(' | ')} |`
}

function countsOf({ kept, others, notApplicable }) {
  const kinds = Object.values(others).map(({ kind }) => kind)
  const count = (kind) => kinds.filter((one) => one === kind).length
  const [broken, warned] = [count('broken'), count('warned')]
  const rest = kinds.length - broken - warned
  return `${kept} kept, ${broken} broken, ${warned} warned, ${rest} not judged, ${notApplicable} n/a`
}

function section(name, verdict, findings) {
  const client = clients[name]
  const building = buildingOf(client)
  const failures = failuresOf(verdict)
  const told = findings
    .filter(({ library }) => library === name)
    .map((finding) => {
      const here = failures.filter(({ clause }) => finding.clauses.includes(clause))
      return `### ${finding.where}\n\n${sentence(finding.why)}\n\n${here.map((one) => failureText(client, one)).join('\n')}`
    })
  return [
    `## ${name}`,
    `${name} ${verdict.version}, started by \`${client.command.join(' ')}\`${building ? `, built by \`${building}\`` : ''}, at ${homesOf(client).join(', ')}.`,
    ...summary(
      failures,
      findings.filter(({ library }) => library === name),
    ),
    ...told,
    ...notJudged(verdict),
  ].join('\n\n')
}

function summary(failures, findings) {
  const failed = new Set(failures.map(({ clause }) => clause))
  if (failed.size === 0) return ['Nothing fails.']
  const left = findings.filter(({ why }) => why.startsWith('left to the application')).flatMap(({ clauses }) => clauses)
  return [`${failed.size} clauses fail somewhere, ${left.length} of which the library leaves to the application.`]
}

const sentence = (text) => `${text[0].toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`

function failureText({ command }, { clause, kind, why, at }) {
  const replay = ['node bin/mock-oauth.js contract', ...at.map((one) => `--provider ${one}`)]
  replay.push(`--clause ${clause}`, `--seed ${seed}`, `--client "${command.join(' ')}"`)
  return `- ${linkTo(clause)} ${kind} at ${at.join(', ')}: the client ${why.replace(/\.?$/, '.')}\n  \`${replay.join(' ')}\``
}

function notJudged({ providers: judged }) {
  const others = grouped(judged).filter((one) => !isFailure(one))
  if (others.length === 0) return []
  const byReason = new Map()
  for (const { clause, kind, why, at } of others) {
    const reason = `${kind} at ${at.join(', ')}: ${sentence(why)}`
    byReason.set(reason, [...(byReason.get(reason) ?? []), linkTo(clause)])
  }
  const lines = [...byReason].map(([reason, links]) => `- **${links.length}** ${reason} ${links.join(', ')}`)
  return ['### Not judged', lines.join('\n')]
}

const failuresOf = ({ providers: judged }) => grouped(judged).filter(isFailure)

/** What is not kept, with all providers where it came to the same, in the order of the clauses. */
function grouped(judged) {
  const groups = new Map()
  for (const [provider, { others }] of Object.entries(judged)) {
    for (const [clause, { kind, why }] of Object.entries(others)) {
      const key = JSON.stringify([clause, kind, why])
      if (!groups.has(key)) groups.set(key, { clause, kind, why, at: [] })
      groups.get(key).at.push(provider)
    }
  }
  return [...groups.values()]
}

const themes = readdirSync('docs/contracts').filter((file) => file.endsWith('.md'))
const themeOf = new Map(
  themes.flatMap((file) =>
    [...readFileSync(`docs/contracts/${file}`, 'utf8').matchAll(/^## (\S+)$/gm)].map(([, clause]) => [clause, file]),
  ),
)
const linkTo = (clause) => `[${clause}](contracts/${themeOf.get(clause)}#${clause})`

/** As GitHub makes one of a heading. */
const anchorOf = (heading) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-')
