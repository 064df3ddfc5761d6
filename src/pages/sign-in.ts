import { html } from 'hono/html'
import { layout, type Page } from './layout.ts'

/** What a sign-in page shows. */
export interface SignInPage extends Page {
  action: string
  /** Names of the form's fields. */
  fields: { email: string; password: string; token: string }
  token: string
  /** Who wants the person to sign in. */
  application: string | undefined
  /** Who it will be, as the application believes. */
  loginHint: string | undefined
  /** Where somebody without an account makes one. */
  signUp: string | undefined
  people: readonly { name: string; email: string; password: string; company: string }[]
  /** Why the last attempt failed, and the address typed then. */
  failure: { because: string; language: string; email: string | undefined } | undefined
}

/** The page where a person signs in: pick one of the seeded people, or type an address and a password. */
export const signInPage = (page: SignInPage): string => {
  const { words, fields, people, failure, application } = page
  const passwords = new Set(people.map((person) => person.password))
  const token = html`<input type="hidden" name="${fields.token}" value="${page.token}">`
  const seeded = people.map(
    (person) => html`<li><form method="post" action="${page.action}">${token}
<input type="hidden" name="${fields.email}" value="${person.email}">
<input type="hidden" name="${fields.password}" value="${person.password}">
<button class="person"><span>${person.name}</span> <span class="soft">${person.email}</span> <span class="soft">${person.company}</span></button>
</form></li>`,
  )
  return layout(page, {
    title: words.signInTo(page.provider),
    content: html`<h1>${words.signInTo(page.provider)}</h1>
${application && html`<p class="soft">${words.toContinueTo} <bdi>${application}</bdi></p>`}
${failure && html`<p role="alert" id="failure" lang="${failure.language}">${failure.because}</p>`}
${people.length > 0 && html`<h2>${words.pickSomeone}</h2><ul>${seeded}</ul>`}
<h2>${words.typeInstead}</h2>
<form method="post" action="${page.action}">${token}
<label for="user_email">${words.email}</label>
<input id="user_email" type="email" name="${fields.email}" value="${failure?.email ?? page.loginHint ?? ''}" autocomplete="username" required${failure && html` aria-describedby="failure" autofocus`}>
<label for="user_password">${words.password}</label>
<input id="user_password" type="password" name="${fields.password}" autocomplete="current-password" required>
${passwords.size === 1 && html`<p class="soft hint">${words.everyonesPassword} <code>${[...passwords]}</code></p>`}
<button id="new-signin-button" class="primary">${words.signIn}</button>
</form>
${page.signUp && html`<p class="below"><a href="${page.signUp}">${words.noAccount}</a></p>`}`,
  })
}
