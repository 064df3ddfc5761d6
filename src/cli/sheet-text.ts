import { thePage } from '../vocabulary/plain.ts'
import type { Colours } from './colours.ts'
import { endpointRows } from './endpoint-rows.ts'
import type { Fact, Sheet } from './sheet.ts'
import type { ErrorTable } from './sheet-errors.ts'
import { table } from './table.ts'
import { wrap } from './wrap.ts'

/** What a value and what is said of it need beside the names. */
const beside = 60

/**
 * A sheet for the terminal. A value without a note is stated by the page at the top.
 * @param columns the width of the terminal; values stand below their names where it is too narrow for both
 */
export function sheetText(sheet: Sheet, { bold, dim, cyan }: Colours, columns = Number.POSITIVE_INFINITY): string {
  const { id, name, docs, environments, counts, endpoints, facts, errors } = sheet
  const shortOf = ({ path }: Fact) => path.replace(/^[^.]*\./, '')
  const width = Math.max(...facts.map((fact) => shortOf(fact).length))
  const head = (title: string) => ['', bold(title)]
  const gap = ' '.repeat(columns < width + beside ? 6 : width + 4)
  const beneath = (text: string): string[] => wrap(text, columns - gap.length)
  const line = (fact: Fact): string[] => {
    const name = `  ${shortOf(fact).padEnd(width)}  `
    const chosen = `  (${fact.chosen} chosen)`
    const said = [
      ...beneath(fact.value + (fact.chosen ? chosen : '')).map((text) => text.replace(chosen, bold)),
      ...(fact.source === thePage ? [] : beneath(`${fact.grade}: ${fact.source}`).map(dim)),
      ...(fact.otherwise ?? []).flatMap(({ choose, value }) =>
        beneath(`${choose}  ${value}`).map((text) => text.replace(choose, cyan)),
      ),
    ].map((text) => gap + text)
    return gap.length < name.length ? [name.trimEnd(), ...said] : [name + said.join('\n').slice(gap.length)]
  }
  const played = errors.filter(({ choose }) => choose === undefined)
  return [
    `${bold(name)} (${id})  ${docs}`,
    dim('A value without a note is stated by that page.'),
    Object.entries(counts)
      .map(([grade, count]) => `${count} ${grade}`)
      .join(', '),
    ...head('environments'),
    ...environments.map((environment) => `  ${environment}`),
    ...head('endpoints'),
    ...table(endpointRows(endpoints), '  '),
    ...bySection(facts).flatMap(([title, ones]) => [...head(title), ...ones.flatMap(line)]),
    ...played.flatMap((one) => [...head(one.path), ...judgedIn(one).map((step) => `  ${dim(step)}`), ...linesOf(one)]),
  ].join('\n')
}

const linesOf = ({ errors }: ErrorTable): string[] =>
  table(
    errors.map(({ kind, answer, headers, body }) => [kind, answer, [body, ...headers].join('  ')]),
    '  ',
  )

/** In which order requests are judged, where the dialect has an order of its own, in a sentence or two. */
export const judgedIn = ({ order, lastWins, afterConsent }: ErrorTable): string[] => [
  ...(order.length > 0 ? [`Judged in this order: ${order.join(', ')}; then the rest.`] : []),
  ...(afterConsent.length > 0 ? [`Judged when the person has approved: ${afterConsent.join(', ')}.`] : []),
  ...(lastWins.length > 0 ? [`Judged first, all of them, and the last refusal is shown: ${lastWins.join(', ')}.`] : []),
]

/** Facts by the first word of their path, in order. */
export function bySection(facts: readonly Fact[]): readonly (readonly [string, readonly Fact[]])[] {
  const sections = new Map<string, Fact[]>()
  for (const fact of facts) {
    const title = fact.path.split('.')[0] ?? ''
    sections.set(title, [...(sections.get(title) ?? []), fact])
  }
  return [...sections]
}
