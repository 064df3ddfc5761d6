import { html } from 'hono/html'
import { layout } from './layout.ts'

/** What a sign-in page shows. */
export interface SignInPage {
  nonce: string
  provider: string
  action: string
  fields: { email: string; password: string; token: string }
  token: string
  people: readonly { name: string; email: string; password: string; company: string }[]
  failure: string | undefined
}

/** The page where a person signs in: pick one of the seeded people, or type an address and a password. */
export const signInPage = (page: SignInPage): string =>
  layout({
    title: `Sign in to ${page.provider}`,
    provider: page.provider,
    nonce: page.nonce,
    content: html`<h1>Sign in to ${page.provider}</h1>
${page.failure && html`<p role="alert">${page.failure}</p>`}
${page.people.map(
  (person) => html`<form method="post" action="${page.action}">
<input type="hidden" name="${page.fields.token}" value="${page.token}">
<input type="hidden" name="${page.fields.email}" value="${person.email}">
<input type="hidden" name="${page.fields.password}" value="${person.password}">
<button>${person.name}, ${person.company}</button></form>`,
)}
<form method="post" action="${page.action}">
<input type="hidden" name="${page.fields.token}" value="${page.token}">
<label for="user_email">E-mail</label><input id="user_email" type="email" name="${page.fields.email}" required>
<label for="user_password">Password</label><input id="user_password" type="password" name="${page.fields.password}" required>
<button id="new-signin-button">Sign in</button></form>`,
  })
