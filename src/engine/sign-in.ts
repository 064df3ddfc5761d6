import { signInPage } from '../pages/sign-in.ts'
import type { PageRefusalKind, Refusal } from '../vocabulary/refusal.ts'
import { html } from './answers.ts'
import { refusePage } from './error-page.ts'
import { formToken, isFresh } from './form-token.ts'
import { wordsFor } from './language.ts'
import { pageHere } from './page-here.ts'
import { newNonce } from './page-secrets.ts'
import { readBody } from './parameters.ts'
import { applicationBehind, loginHintBehind } from './request-behind.ts'
import { openSession } from './session.ts'
import type { Outcome, Visit } from './visit.ts'
import { wayBack } from './way-back.ts'

/** The sign-in page: shows who has an account, checks e-mail address and password, and leads back. */
export async function signIn(visit: Visit): Promise<Outcome> {
  const back = wayBack(visit)
  if (back === undefined) return refusePage(visit, { kind: 'return_to_foreign', parameter: 'return_to' })
  if (visit.request.method !== 'POST') return showSignIn(visit)

  const { fields } = visit.environment.rules.signIn
  const form = readBody(visit.request, ['form'])
  if ('unreadable' in form || !isFresh(visit, form, fields.token)) {
    return showSignIn(visit, { kind: 'sign_in_stale', parameter: fields.token })
  }
  const [email, password] = [form.get(fields.email), form.get(fields.password)]
  const person = (await visit.world.people()).find((one) => one.email === email && one.password === password)
  if (!person) return showSignIn(visit, { kind: 'sign_in_wrong', parameter: fields.email }, email)
  return openSession(visit, { userId: person.id, signedInFor: back }, back)
}

async function showSignIn(visit: Visit, refusal?: Refusal<PageRefusalKind>, email?: string): Promise<Outcome> {
  const { environment, world, address, url, query } = visit
  const { signIn, signUp } = environment.rules
  const words = wordsFor(visit)
  const { token, cookie } = formToken(visit)
  const nonce = newNonce(world)
  const register = signUp && pageHere(visit, environment.urlOf(signUp.at))
  const body = signInPage({
    nonce,
    provider: environment.name,
    words,
    action: address.publicUrl(`${url}?${query}`),
    fields: signIn.fields,
    token,
    application: await applicationBehind(visit),
    loginHint: await loginHintBehind(visit),
    people: await world.people(),
    signUp: register && address.publicUrl(`${register}?${query}`),
    failure:
      refusal?.kind === 'sign_in_wrong'
        ? { because: signIn.failure, language: 'en', email }
        : refusal && { because: words.signInStale, language: words.language, email },
  })
  return { response: html(200, body, nonce, [cookie]), ...(refusal ? { refusal } : {}) }
}
