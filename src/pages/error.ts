import { html } from 'hono/html'
import { layout, type Page } from './layout.ts'

/** What an error page says. */
export interface ErrorPage extends Page {
  error: string
  description: string | undefined
  rule: string
  source: string
  fix: string
  parameter: string | undefined
  expected: string | undefined
  came: string | undefined
  /** The id of the journal entry. */
  exchange: string
  /** For a consent page that came too late: where to ask again. */
  again: string | undefined
}

/** The page for an authorization request that must not be redirected: what was wrong, and how to mend it. */
export const errorPage = (page: ErrorPage): string => {
  const { words, again } = page
  const title = again === undefined ? words.refused : words.consentOver
  const facts = [
    [words.code, page.error],
    [words.parameter, page.parameter],
    [words.came, page.came],
    [words.expected, page.expected],
  ].filter(([, value]) => value !== undefined)
  return layout(page, {
    title,
    content: html`<h1>${title}</h1>
${
  again === undefined
    ? html`<p lang="en">${page.description ?? page.rule}</p>`
    : html`<p>${words.consentOverBecause}</p><p><a class="button primary" href="${again}">${words.startAgain}</a></p>`
}
<dl>${facts.map(([name, value]) => html`<dt>${name}</dt><dd><code>${value}</code></dd>`)}</dl>
<h2>${words.rule}</h2>
<p lang="en">${page.rule} <span class="soft">${page.source}</span></p>
<h2>${words.howToFix}</h2>
<p lang="en">${page.fix}</p>
<p class="soft">${words.fullStory} <code>mock-oauth explain ${page.exchange}</code></p>`,
  })
}
