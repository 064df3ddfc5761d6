import { html } from 'hono/html'
import type { Markup } from '../../pages/layout.ts'
import { htmlStory } from './html-story.ts'
import { placeOf, type Result } from './report.ts'
import { knownWords, levelWords, sourceWords, verdictWords, whyWords } from './words.ts'

/** Where a result stands on the page. */
export const anchorOf = (result: Result): string => `${result.clause}@${placeOf(result)}`

/** What the filter reads. */
export const dataOf = (result: Result): Markup => {
  const { kind, level, standing } = result
  return html` data-kind="${kind}" data-level="${level.word}" data-place="${placeOf(result)}" data-standing="${standing}"`
}

/** A result in full, closed at first. */
export function htmlResult(result: Result): Markup {
  const { clause, title, level, advice, kind, replay, story } = result
  const known = knownWords(result)
  return html`<article id="${anchorOf(result)}"${dataOf(result)}><details>
<summary><span class="kind ${kind}">${verdictWords(result)}</span> <h3>${clause}</h3> <span class="soft">at ${placeOf(result)}</span> <span class="why">${whyWords(result)}</span></summary>
<div class="body">
<dl class="facts">
${known === '' ? '' : html`<dt>Baseline</dt><dd>${known}</dd>`}
<dt>Rule</dt><dd>It ${title}. <span class="soft">${levelWords(level)}</span></dd>
<dt>Source</dt><dd>${sourceWords(result).map((source) => html`<div>${source}</div>`)}</dd>
<dt>Advice</dt><dd>${advice}</dd>
<dt>Run it again</dt><dd><code class="replay">${replay}</code></dd>
</dl>
${story ? htmlStory(story) : ''}
</div>
</details></article>
`
}
