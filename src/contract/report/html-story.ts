import { html } from 'hono/html'
import { printable } from '../../lines/printable.ts'
import type { Markup } from '../../pages/layout.ts'
import type { Event, ExchangeEvent, Header, Story } from './story.ts'
import { durationWords, stepNames } from './words.ts'

/** A story on a timeline; each exchange opens, those that show the mistake stand open. */
export function htmlStory(story: Story): Markup {
  const { events, shownBy, output } = story
  const shown = new Set(shownBy)
  const nameOf = stepNames(story)
  return html`<ol class="timeline">${events.map((event) => eventItem(event, shown, nameOf))}</ol>
${output.length === 0 ? '' : html`<p class="soft">The client wrote:</p><pre>${output.map(printable).join('\n')}</pre>`}`
}

function eventItem(event: Event, shown: ReadonlySet<string>, nameOf: ReturnType<typeof stepNames>): Markup {
  switch (event.what) {
    case 'mark':
      return html`<li class="mark">${event.name}</li>`
    case 'asked':
      return html`<li class="call"><span class="soft">${nameOf(event)}</span> ${event.op} <code>${event.text}</code></li>`
    case 'answered':
      return html`<li class="call"><span class="soft">${nameOf(event)}</span> ${event.op} → <code${event.how === 'answer' ? '' : html` class="lost"`}>${event.text}</code></li>`
    case 'death':
      return html`<li class="call lost">${event.process} ended by itself: ${event.how}</li>`
    case 'exchange':
      return exchangeItem(event, shown.has(event.id))
  }
}

function exchangeItem(event: ExchangeEvent, isShowing: boolean): Markup {
  const { id, later, method, url, status, refused, faults } = event
  return html`<li${isShowing ? html` class="shows"` : ''}>${later === undefined ? '' : html`<span class="soft">${durationWords(later)} later</span>`}
<details${isShowing ? html` open` : ''}><summary>${id} ${method} ${brief(url)} <code>${status}</code>${refused === undefined ? '' : html` <span class="soft">${refused}</span>`}${isShowing ? html` <span class="soft">shows it</span>` : ''}</summary>
<pre>${message(`${method} ${url}`, event.requestHeaders, event.requestBody)}</pre>
<pre>${message(status, event.responseHeaders, event.responseBody)}</pre></details>
${faults.map((words) => html`<span class="fault">${words}</span>`)}</li>`
}

/** A URL's host and path. */
const brief = (url: string): string => url.replace(/^[a-z]+:\/\//i, '').replace(/\?.*/s, '?…')

const message = (first: string, headers: readonly Header[], body: string): string =>
  [
    printable(first),
    ...headers.map(([name, value]) => `${name}: ${printable(value)}`),
    ...(body === '' ? [] : ['', printable(body)]),
  ].join('\n')
