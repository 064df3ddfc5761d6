import { html } from 'hono/html'
import { layout, type Page } from './layout.ts'

/** What the page shows that asks before somebody is signed out. */
export interface LogoutPage extends Page {
  action: string
  /** Makes an answer count once. */
  token: string
  /** Which application sent the browser here, where that is known. */
  application: string | undefined
  user: { name: string; email: string; company: string } | undefined
  /** The last click came from a page that no longer counts. */
  isStale: boolean
}

/** The page where a person says whether to sign out. */
export const logoutPage = (page: LogoutPage): string => {
  const { words, user, application } = page
  const title = words.signOutOf(page.provider)
  return layout(page, {
    title,
    content: html`<h1>${title}</h1>
${application && html`<p class="soft"><bdi>${application}</bdi> ${words.asksToSignOut}</p>`}
${page.isStale && html`<p role="alert">${words.pageOver}</p>`}
<form method="post" action="${page.action}">
<input type="hidden" name="page_token" value="${page.token}">
<h2>${words.account}</h2>
<div class="account">
${user && html`<span>${user.name}</span> <span class="soft">${user.email}</span> <span class="soft">${user.company}</span>`}
</div>
<button class="primary below">${words.signOut}</button>
</form>`,
  })
}

/** The page that a browser sees which has signed out and is sent nowhere. */
export const signedOutPage = (page: Page): string =>
  layout(page, {
    title: page.words.signedOut,
    content: html`<h1>${page.words.signedOut}</h1>
<p>${page.words.stillConnected}</p>`,
  })
