import { html } from 'hono/html'
import { layout, type Page } from './layout.ts'

/** What a consent page shows. */
export interface ConsentPage extends Page {
  application: string
  action: string
  /** The id under which the answer is taken. */
  consent: string
  user: { name: string; email: string; company: string } | undefined
  scopes: readonly { name: string; words: string | undefined }[]
  /** For a device: the code that it shows. */
  userCode: string | undefined
}

/** The page where a person approves or denies: who asks, for what, on which account. */
export const consentPage = (page: ConsentPage): string => {
  const { words, user, application, userCode } = page
  return layout(page, {
    title: `${application} ${words.asksForAccess(page.provider)}`,
    content: html`<h1><bdi>${application}</bdi> ${words.asksForAccess(page.provider)}</h1>
<form method="post" action="${page.action}">
<input type="hidden" name="consent" value="${page.consent}">${
      userCode &&
      html`
<h2>${words.device.code}</h2><p class="user-code"><code>${userCode}</code></p><p>${words.device.compare}</p>`
    }
<h2>${words.account}</h2>
<div class="account">
${user && html`<span>${user.name}</span> <span class="soft">${user.email}</span> <span class="soft">${user.company}</span>`}
<button name="decision" value="switch">${words.useAnotherAccount}</button>
</div>
<h2>${words.permissions}</h2>
<ul class="scopes">${page.scopes.map((scope) => html`<li>${scope.words && html`<span lang="en">${scope.words}</span> `}<code>${scope.name}</code></li>`)}</ul>
<div class="actions">
<button name="decision" value="approve" class="primary">${words.approve}</button>
<button name="decision" value="deny">${words.deny}</button>
</div>
</form>`,
  })
}
