import { html, raw } from 'hono/html'
import { style } from './style.ts'
import type { Words } from './words.ts'

/** Markup that is safe to send: every value in it has been escaped. */
export type Markup = ReturnType<typeof html>

/** What every page is given. */
export interface Page {
  /** Admits the style sheet. */
  nonce: string
  provider: string
  words: Words
}

/** A small mark of our own; without one a browser asks for /favicon.ico, which would stand in the journal. */
const icon =
  "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><rect width='16' height='16' rx='4' fill='%23155e75'/><path d='M4 12V5l4 4 4-4v7' fill='none' stroke='white' stroke-width='2'/></svg>"

/** A whole page in the house style. There is no script, and the mark that this is a mock comes first. */
export const layout = ({ nonce, provider, words }: Page, page: { title: string; content: Markup }): string =>
  String(html`<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${page.title} · ${words.mock}</title>
<link rel="icon" href="${icon}">
<style nonce="${nonce}">${raw(style)}</style>
</head>
<body>
<header><p><strong>${words.mock}</strong> ${words.playing(provider)} ${words.notReal(provider)}</p></header>
<main>
${page.content}
</main>
</body>
</html>
`)
