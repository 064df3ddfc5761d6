import { html } from 'hono/html'
import { layout } from './layout.ts'

/** What an error page says. */
export interface ErrorPage {
  nonce: string
  provider: string
  error: string
  description: string | undefined
  rule: string
  fix: string
  parameter: string | undefined
  expected: string | undefined
  came: string | undefined
}

/** The page for an authorization request that must not be redirected. */
export const errorPage = (page: ErrorPage): string =>
  layout({
    title: `Error: ${page.error}`,
    provider: page.provider,
    nonce: page.nonce,
    content: html`<h1>${page.description ?? page.rule}</h1><p><code>${page.error}</code></p><p>${page.rule}</p>
<dl>${page.parameter && html`<dt>Parameter</dt><dd>${page.parameter}</dd>`}${page.came && html`<dt>Came</dt><dd>${page.came}</dd>`}${page.expected && html`<dt>Expected</dt><dd>${page.expected}</dd>`}</dl>
<p>${page.fix}</p>`,
  })
