// Writes docs/contracts/ from the clauses and from what each page's sentences ask for; with --check it writes nothing and names
// the pages that are stale.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'

process.chdir(new URL('..', import.meta.url).pathname)

const isFolder = ({ name }, file) => existsSync(`contracts/${name}/${file}`)
const folders = readdirSync('contracts', { withFileTypes: true }).filter((one) => one.isDirectory())
const inOrder = readFileSync('contracts/clauses.ts', 'utf8')
const themes = folders
  .filter((one) => isFolder(one, 'index.ts'))
  .map(({ name }) => name)
  .toSorted((one, other) => inOrder.indexOf(`./${one}/`) - inOrder.indexOf(`./${other}/`))

/** What the sources say, run as they are. */
async function written() {
  const contents = [
    "export { sentences } from './contracts/sentences.ts'",
    "export { isFor, pageRuleOf } from './src/contract/catalogue.ts'",
    "export { everywhere, isSlow } from './src/contract/clause.ts'",
    "export { features } from './src/contract/protocol/messages.ts'",
    "export { levelWords } from './src/contract/report/words.ts'",
    "export { levelAt } from './src/contract/scope.ts'",
    ...themes.map((theme, i) => `export * as theme${i} from './contracts/${theme}/index.ts'`),
  ].join('\n')
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: '.', loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    write: false,
  })
  const file = `dist/contract-docs.${process.pid}.mjs`
  writeFileSync(file, outputFiles[0].text)
  try {
    return await import(`../${file}`)
  } finally {
    rmSync(file)
  }
}

const { sentences, isFor, pageRuleOf, everywhere, isSlow, features, levelWords, levelAt, ...modules } = await written()
const clausesOf = new Map(themes.map((theme, i) => [theme, Object.values(modules[`theme${i}`]).flat()]))
const themeOf = new Map([...clausesOf].flatMap(([theme, clauses]) => clauses.map(({ id }) => [id, theme])))

const note = '<!-- Written by `npm run docs`; edit the clauses instead. -->\n\n'
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
const titleOf = (theme) => `${theme[0].toUpperCase()}${theme.slice(1).replaceAll('-', ' ')}`
const docOf = (theme) => /\/\*\* (.*?) \*\//.exec(readFileSync(`contracts/${theme}/index.ts`, 'utf8'))?.[1] ?? ''
const linkTo = (id) => `[${id}](${themeOf.get(id)}.md#${id})`

function clauseText(clause) {
  const places = everywhere.filter((one) => isFor(clause, one))
  const claims = [
    ...(clause.needs?.features ?? []).map((one) => `\`${one}\`: ${features[one]}`),
    ...(clause.needs?.ops ?? []).map((op) => `\`${op}\``),
  ]
  return [
    `## ${clause.id}`,
    '',
    `The client ${clause.title}.`,
    '',
    clause.why,
    '',
    ...places.map((provider) => {
      const page = pageRuleOf(clause.id, provider)
      return `- **${provider}** ${levelWords(levelAt(clause, provider))}${page ? `. ${page.section}: ${page.rule}` : ''}`
    }),
    `- Source: ${clause.source}`,
    ...(claims.length > 0 ? [`- Judged of a client that claims ${claims.join('; ')}`] : []),
    ...(clause.after ? [`- Judged of a client that ${clause.after}`] : []),
    ...(isSlow(clause) ? ['- Runs with `--slow` only'] : []),
    `- Broken, for one, by a client that ${clause.mutant.bug}`,
  ].join('\n')
}

const themePage = (theme, clauses) =>
  `${note}# ${titleOf(theme)}\n\n${docOf(theme)}\n\n${clauses.map(clauseText).join('\n\n')}\n`

function sentencePage(provider, asked) {
  const rows = Object.entries(asked).map(([number, one]) => {
    const clauses = 'clauses' in one ? one.clauses.map(linkTo).join(', ') : `none: ${cell(one.excluded)}`
    return `| ${number} | ${cell(one.section)} | ${cell(one.rule)} | ${clauses} |`
  })
  return `${note}# What each sentence of ${provider}'s page asks of a client

The numbers are those of [the rules](../rules/${provider}.md).

| # | Section | Sentence, in our words | Clauses |
| --- | --- | --- | --- |
${rows.join('\n')}
`
}

function indexPage() {
  const counted = [...clausesOf].map(([theme, clauses]) => {
    const counts = everywhere.map((one) => clauses.filter((clause) => isFor(clause, one)).length)
    return `| [${titleOf(theme)}](${theme}.md) | ${clauses.length} | ${counts.join(' | ')} |`
  })
  return `${note}# The clauses

[How a client is judged](../contract.md). How many clauses there are, and at how many of them each provider's clients are judged:

| | all | ${everywhere.join(' | ')} |
| --- | --- | ${everywhere.map(() => '---').join(' | ')} |
${counted.join('\n')}

What each sentence of a page asks for: ${Object.keys(sentences)
    .map((one) => `[${one}](sentences-${one}.md)`)
    .join(', ')}. What a standard asks for stands in each clause's source.
`
}

const pages = new Map([
  ['README.md', indexPage()],
  ...[...clausesOf].map(([theme, clauses]) => [`${theme}.md`, themePage(theme, clauses)]),
  ...Object.entries(sentences).map(([provider, asked]) => [`sentences-${provider}.md`, sentencePage(provider, asked)]),
])

const folder = 'docs/contracts'
if (process.argv.includes('--check')) {
  const stale = [...pages].filter(
    ([name, text]) => !existsSync(`${folder}/${name}`) || readFileSync(`${folder}/${name}`, 'utf8') !== text,
  )
  const left = existsSync(folder) ? readdirSync(folder).filter((name) => !pages.has(name)) : []
  for (const name of [...stale.map(([one]) => one), ...left]) console.log(`${folder}/${name} is stale: npm run docs`)
  process.exitCode = stale.length + left.length > 0 ? 1 : 0
} else {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of pages) writeFileSync(`${folder}/${name}`, text)
}
