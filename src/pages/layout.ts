import { html, raw } from 'hono/html'

/** Markup that is safe to send: every value in it has been escaped. */
export type Markup = ReturnType<typeof html>

const style = `
body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f4f5f7;color:#1b1f24}
main{max-width:28rem;margin:2rem auto;padding:1.5rem;background:#fff;border-radius:8px}
`

/** A whole page in the house style; `nonce` admits its style sheet. */
export const layout = (page: { title: string; provider: string; nonce: string; content: Markup }): string =>
  String(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title}</title>
<style nonce="${page.nonce}">${raw(style)}</style>
</head>
<body>
<header><p>This is mock-oauth playing ${page.provider}.</p></header>
<main>${page.content}</main>
</body>
</html>
`)
