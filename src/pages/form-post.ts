import { html, raw } from 'hono/html'
import { layout, type Page } from './layout.ts'

/** What the page carries to the client. */
export interface FormPostPage extends Page {
  action: string
  fields: Readonly<Record<string, string>>
}

/** The page that posts an answer to the client (OAuth 2.0 Form Post Response Mode): at once by its script, or by a click. */
export const formPostPage = (page: FormPostPage): string =>
  layout(page, {
    title: page.words.backToApplication,
    content: html`<h1>${page.words.backToApplication}</h1>
<form method="post" action="${page.action}">
${Object.entries(page.fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<button class="primary">${page.words.goOn}</button>
</form>
<script nonce="${page.nonce}">${raw('document.forms[0].submit()')}</script>`,
  })
