import { html } from 'hono/html'
import { layout, type Page } from './layout.ts'

/** What the page shows where the owner of an application says which one. */
export interface IdentifyPage extends Page {
  /** What the provider calls the page behind. */
  title: string
  action: string
  token: string
  /** As typed before. */
  clientId: string
  /** Why the last attempt failed. */
  failure: string | undefined
}

/** The page where the owner of an application shows its client id and secret. */
export const identifyPage = (page: IdentifyPage): string => {
  const { words, failure } = page
  return layout(page, {
    title: page.title,
    content: html`<h1 lang="en">${page.title}</h1>
<p class="soft">${words.whichApplication}</p>
${failure && html`<p role="alert" id="failure">${failure}</p>`}
<form method="post" action="${page.action}">
<input type="hidden" name="authenticity_token" value="${page.token}">
<label for="client_id">${words.clientId}</label>
<input id="client_id" type="text" name="client_id" value="${page.clientId}" autocomplete="off" required${failure && html` aria-describedby="failure"`}>
<label for="client_secret">${words.clientSecret}</label>
<input id="client_secret" type="password" name="client_secret" autocomplete="off" required>
<button class="primary below">${words.showConnected}</button>
</form>`,
  })
}
