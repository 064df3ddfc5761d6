import type { Sheet } from './sheet.ts'
import { bySection } from './sheet-text.ts'

/** A sheet as a Markdown document. */
export function sheetMarkdown({ id, name, docs, environments, counts, endpoints, facts, errors }: Sheet): string {
  const grades = Object.entries(counts).map(([grade, count]) => `${count} ${grade}`)
  return [
    `# ${name} (\`${id}\`)`,
    '',
    `<${docs}>`,
    '',
    `${grades.join(', ')}. Environments: ${environments.map(code).join(', ')}.`,
    '',
    '## endpoints',
    '',
    ...rows(
      ['Endpoint', 'Methods', 'URL'],
      endpoints.map(({ endpoint, methods, url }) => [endpoint, methods.join(', '), code(url)]),
    ),
    ...bySection(facts).flatMap(([title, ones]) => [
      '',
      `## ${title}`,
      '',
      ...rows(
        ['Where', 'Value', 'Grade', 'Source', 'Otherwise'],
        ones.map(({ path, value, grade, source, otherwise = [] }) => [
          code(path),
          cell(value),
          grade,
          cell(source),
          otherwise.map(code).join('<br>'),
        ]),
      ),
    ]),
    ...errors.flatMap((one) => [
      '',
      `## ${one.path}`,
      '',
      ...rows(
        ['Refusal', 'Answer', 'Error', 'Description'],
        one.errors.map(({ kind, answer, error, description }) => [code(kind), answer, code(error), cell(description)]),
      ),
    ]),
  ].join('\n')
}

const cell = (text: string): string => text.replace(/[\\|<>*_`]/g, '\\$&')

const code = (text: string): string => `\`${text}\``

const rows = (head: readonly string[], body: readonly (readonly string[])[]): string[] =>
  [head, head.map(() => '---'), ...body].map((row) => `| ${row.join(' | ')} |`)
