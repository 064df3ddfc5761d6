import { html } from 'hono/html'
import { layout } from './layout.ts'

/** What a consent page shows. */
export interface ConsentPage {
  nonce: string
  provider: string
  application: string
  action: string
  consent: string
  user: { name: string; email: string; company: string } | undefined
  scopes: readonly { name: string; words: string | undefined }[]
}

/** The page where a person approves or denies: who asks, for what, on which account. */
export const consentPage = (page: ConsentPage): string =>
  layout({
    title: `Connect ${page.application} to ${page.provider}`,
    provider: page.provider,
    nonce: page.nonce,
    content: html`<h1>${page.application} asks for access</h1>
<ul>${page.scopes.map((scope) => html`<li>${scope.words ?? scope.name} <code>${scope.name}</code></li>`)}</ul>
<form method="post" action="${page.action}">
<input type="hidden" name="consent" value="${page.consent}">
<button name="decision" value="approve">Approve</button>
<button name="decision" value="deny">Deny</button>
<button name="decision" value="switch">Use another account</button>
</form>`,
  })
