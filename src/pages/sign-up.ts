import { html } from 'hono/html'
import { layout, type Page } from './layout.ts'

/** What a sign-up page shows. */
export interface SignUpPage extends Page {
  action: string
  /** Where somebody goes who has an account. */
  signIn: string
  /** Names of the form's fields. */
  fields: { name: string; company: string; email: string; password: string; token: string }
  token: string
  /** Who wants the person to have an account. */
  application: string | undefined
  typed: { name: string; company: string; email: string }
  /** Why the last attempt failed. */
  failure: string | undefined
}

/** The page where a person makes an account. What was typed stays, but for the password. */
export const signUpPage = (page: SignUpPage): string => {
  const { words, fields, typed, failure, application } = page
  const field = (name: 'name' | 'company' | 'email', label: string, type: string, autocomplete: string) =>
    html`<label for="new_${name}">${label}</label>
<input id="new_${name}" type="${type}" name="${fields[name]}" value="${typed[name]}" autocomplete="${autocomplete}" required${failure && html` aria-describedby="failure"`}>`
  return layout(page, {
    title: words.signUpAt(page.provider),
    content: html`<h1>${words.signUpAt(page.provider)}</h1>
${application && html`<p class="soft">${words.toContinueTo} <bdi>${application}</bdi></p>`}
${failure && html`<p role="alert" id="failure">${failure}</p>`}
<form method="post" action="${page.action}">
<input type="hidden" name="${fields.token}" value="${page.token}">
${field('name', words.name, 'text', 'name')}
${field('company', words.company, 'text', 'organization')}
${field('email', words.email, 'email', 'email')}
<label for="new_password">${words.password}</label>
<input id="new_password" type="password" name="${fields.password}" autocomplete="new-password" required>
<p class="soft hint">${words.madeUpWillDo}</p>
<button class="primary below">${words.signUp}</button>
</form>
<p class="below"><a href="${page.signIn}">${words.haveAccount}</a></p>`,
  })
}
