import { html } from 'hono/html'
import type { Markup } from '../../pages/layout.ts'
import { anchorOf, dataOf } from './html-result.ts'
import { placeOf, type Report, type Result } from './report.ts'
import { whyWords } from './words.ts'

/** So many columns fit on a page beside each other. */
const fitting = 6

/** Clauses down, places across; what is told in full is linked. */
export function htmlMatrix({ places, results }: Report, told: ReadonlySet<Result>): Markup {
  const rows = new Map<string, Result[]>()
  for (const result of results) rows.set(result.clause, [...(rows.get(result.clause) ?? []), result])
  return html`<div class="scroll${places.length > fitting ? ' wide' : ''}" role="region" aria-label="Clauses and places" tabindex="0">
<table>
<thead><tr><th scope="col">Clause</th>${places.map(({ key }) => html`<th scope="col" data-column="${key}">${key}</th>`)}</tr></thead>
<tbody>${[...rows].map(
    ([clause, ones]) => html`
<tr data-clause="${clause}"><th scope="row"><code>${clause}</code><span class="soft">${ones[0]?.title}</span></th>${places.map(({ key }) => cellOf(key, ones, told))}</tr>`,
  )}
</tbody>
</table>
</div>`
}

function cellOf(key: string, results: readonly Result[], told: ReadonlySet<Result>): Markup {
  const result = results.find((one) => placeOf(one) === key)
  if (!result) return html`<td data-column="${key}"></td>`
  const { kind, flaky, known, why } = result
  const words = `${kind}${flaky ? ', flaky' : ''}${known ? ', known' : ''}`
  return told.has(result)
    ? html`<td data-column="${key}"${dataOf(result)}><a class="kind ${kind}" href="#${encodeURIComponent(anchorOf(result))}">${words}</a></td>`
    : html`<td data-column="${key}"${dataOf(result)}><span class="kind ${kind}"${why === '' ? '' : html` title="${whyWords(result)}"`}>${words}</span></td>`
}
