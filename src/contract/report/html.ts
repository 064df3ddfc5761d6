import { createHash } from 'node:crypto'
import { html, raw } from 'hono/html'
import type { Markup } from '../../pages/layout.ts'
import type { VerdictKind } from '../verdict.ts'
import { htmlMatrix } from './html-matrix.ts'
import { htmlResult } from './html-result.ts'
import { script } from './html-script.ts'
import { style } from './html-style.ts'
import { kinds } from './make-report.ts'
import { placeOf, type Report } from './report.ts'
import { visible } from './visible.ts'
import { clientWords, exitWords, kindWords, many, staleWords, toTell } from './words.ts'

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Nothing is loaded, and nothing runs but what stands here, whatever a client has sent. */
const policy = `default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(script)}; base-uri 'none'; form-action 'none'`

/** A report as one page that needs no network, and no script for reading. */
export function htmlReport(report: Report): string {
  const { client, stale, stopped } = report
  const told = toTell(report)
  const title = `Contracts of ${clientWords(client)}`
  return visible(`${html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${raw(style)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
${sumOf(report)}
${stopped === undefined ? '' : html`<p>${stopped}</p>`}
</header>
<main>
<h2>Counts</h2>
${countsOf(report)}
${stale.length === 0 ? '' : html`<h2>Stale rows of the baseline</h2><ul>${stale.map((row) => html`<li>${staleWords(row)}</li>`)}</ul>`}
${filterOf(report)}
<h2>To be looked at</h2>
${told.length === 0 ? html`<p>Nothing.</p>` : told.map(htmlResult)}
<h2>Every clause</h2>
${htmlMatrix(report, new Set(told))}
</main>
<script>${raw(script)}</script>
</body>
</html>`}
`)
}

function sumOf({ seed, level, strict, standings, stale, exitCode, client }: Report): Markup {
  const facts = [
    `${standings.unexpected} unexpected`,
    `${standings.expected} in the baseline`,
    `${standings.noted} noted`,
    many(stale.length, 'stale row'),
  ]
  const measure = `seed ${seed}, level ${level}${strict ? ', strict' : ''}`
  return html`<p><span class="sum ${exitCode === 0 ? 'yes' : 'no'}">${exitWords[exitCode]}</span> ${facts.join(' · ')}</p>
<p class="soft">${measure}${client.command === undefined ? '' : html` · <code>${client.command}</code>`}. Secrets stand as their first characters, a digest and their length.</p>`
}

const shownKinds = ({ counts }: Report): readonly VerdictKind[] => kinds.filter((kind) => counts[kind] > 0)

function countsOf(report: Report): Markup {
  const { places, results } = report
  const shown = shownKinds(report)
  const count = (kind: VerdictKind, key: string) =>
    results.filter((one) => one.kind === kind && placeOf(one) === key).length
  return html`<div class="scroll" role="region" aria-label="Counts" tabindex="0"><table class="counts">
<thead><tr><th scope="col">Provider</th>${shown.map((kind) => html`<th scope="col"><span class="kind ${kind}">${kind}</span></th>`)}</tr></thead>
<tbody>${places.map(
    ({ key }) => html`
<tr><th scope="row">${key}</th>${shown.map((kind) => html`<td>${count(kind, key) || '·'}</td>`)}</tr>`,
  )}
</tbody></table></div>
<dl class="facts kinds">${shown.map((kind) => html`<dt>${kind}</dt><dd class="soft">${kindWords[kind]}</dd>`)}</dl>`
}

/** Shown by the script, without which it could do nothing. */
function filterOf(report: Report): Markup {
  const option = (value: string) => html`<option value="${value}">${value}</option>`
  return html`<form id="filter" hidden>
<label>Text <input name="words" type="search" autocomplete="off"></label>
<label>Verdict <select name="kind"><option value="">every</option>${option('unexpected')}${shownKinds(report).map(option)}</select></label>
<label>Level <select name="level"><option value="">every</option>${['must', 'should', 'may'].map(option)}</select></label>
<label>Provider <select name="place"><option value="">every</option>${report.places.map(({ key }) => option(key))}</select></label>
</form>
<p id="shown" class="soft" role="status"></p>`
}
