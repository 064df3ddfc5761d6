import { thePage } from '../vocabulary/plain.ts'
import type { Fact, Sheet } from './sheet.ts'
import type { ErrorTable } from './sheet-errors.ts'
import { bySection, judgedIn } from './sheet-text.ts'

/** A sheet as a Markdown document. */
export function sheetMarkdown(sheet: Sheet): string {
  const { id, name, docs, environments, counts, endpoints, facts, errors } = sheet
  const questions = byQuestion(facts)
  const sections: (readonly [title: string, lines: readonly string[]])[] = [
    ['Open questions', questionLines(questions, errors)],
    [
      'Endpoints',
      rows(
        ['Endpoint', 'Methods', 'URL'],
        endpoints.map(({ endpoint, methods, url }) => [endpoint, methods.join(', '), code(url)]),
      ),
    ],
    ...bySection(facts).map(([title, ones]) => [inWords(title), factLines(ones)] as const),
    ['Errors', errors.flatMap(errorLines)],
  ]
  return [
    `# ${name}`,
    '',
    `What \`mock-oauth serve --provider ${id}\` plays, value by value, and how each is known. A value marked *the page* is`,
    `stated by <${docs}>.`,
    '',
    ...rows(Object.keys(counts), [Object.values(counts).map(String)]),
    '',
    `Environments, each with clients and tokens of its own: ${environments.map(code).join(', ')}.`,
    '',
    ...sections.map(([title]) => `- [${title}](#${anchor(title)})`),
    ...sections.flatMap(([title, lines]) => ['', `## ${title}`, '', ...lines]),
  ].join('\n')
}

type Questions = ReadonlyMap<string, readonly Fact[]>

function byQuestion(facts: readonly Fact[]): Questions {
  const questions = new Map<string, Fact[]>()
  for (const fact of facts) {
    if (fact.question) questions.set(fact.question, [...(questions.get(fact.question) ?? []), fact])
  }
  return questions
}

function questionLines(questions: Questions, errors: readonly ErrorTable[]): string[] {
  if (questions.size === 0) return ['None.']
  return [
    'Where the documents leave room, the first value is played unless `--assume <question>=<choice>` says another. A choice',
    'changes every value that offers it.',
    ...[...questions].flatMap(([question, facts]) => [
      '',
      `### ${question}`,
      '',
      ...new Set(facts.map(({ grade, source }) => `- ${cell(`${grade}: ${source}`)}`)),
      '',
      ...rows(
        ['Choice', 'Value', 'What it means'],
        facts.flatMap((fact) => [
          [fact.chosen ? code(fact.chosen) : 'default', code(fact.path), cell(fact.value)],
          ...(fact.otherwise ?? []).map((choice) => [
            code(choice.choose.slice(choice.choose.indexOf('=') + 1)),
            code(fact.path),
            cell(choice.value) + linkTo(errors.find((one) => one.path === fact.path && one.choose === choice.choose)),
          ]),
        ]),
      ),
    ]),
  ]
}

const linkTo = (table: ErrorTable | undefined): string => (table ? ` ([its answers](#${anchor(titleOf(table))}))` : '')

const titleOf = ({ path, choose }: ErrorTable): string => (choose ? `${path} with ${choose}` : path)

const factLines = (facts: readonly Fact[]): string[] =>
  rows(
    ['Value', 'Is', 'Known by'],
    facts.map(({ path, value, grade, source, question }) => [
      code(path),
      cell(value),
      (source === thePage ? thePage : cell(`${grade}: ${source}`)) +
        (question ? `. [Open question](#${anchor(question)})` : ''),
    ]),
  )

/** Where an authorization endpoint sends the browser, in words. */
const places: Readonly<Record<string, string>> = {
  page: 'error page',
  here: 'a page at this very URL',
  client: 'back to the client',
}

/** Refusals that are answered alike stand together. */
function errorLines(table: ErrorTable): string[] {
  const alike = new Map<string, string[]>()
  for (const { kind, answer, headers, body } of table.errors) {
    const shown = [places[answer] ?? answer, [body, ...headers].map(code).join('<br>')].join(' | ')
    alike.set(shown, [...(alike.get(shown) ?? []), code(kind)])
  }
  return [
    `### ${titleOf(table)}`,
    '',
    `${cell(table.words)}.`,
    '',
    ...judgedIn(table).flatMap((sentence) => [sentence, '']),
    ...rows(
      ['When', 'Answer', 'What is sent'],
      [...alike].map(([shown, kinds]) => [kinds.join('<br>'), shown]),
    ),
    '',
  ]
}

/** `signIn` → `Sign in` */
const inWords = (key: string): string => {
  if (key === 'api') return 'API'
  const words = key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The anchor that GitHub gives to a heading. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-')

const cell = (text: string): string => text.replace(/[\\|<>*_`[\]]/g, '\\$&')

/** Code that may hold backquotes itself: then it stands between two. */
const code = (text: string): string => {
  const escaped = text.replaceAll('|', '\\|')
  return escaped.includes('`') ? `\`\` ${escaped} \`\`` : `\`${escaped}\``
}

const rows = (head: readonly string[], body: readonly (readonly string[])[]): string[] =>
  [head, head.map(() => '---'), ...body].map((row) => `| ${row.join(' | ')} |`)
