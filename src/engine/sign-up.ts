import { signUpPage } from '../pages/sign-up.ts'
import type { SignUpRules } from '../vocabulary/pages.ts'
import { type AccountFault, faultOf } from '../world/account.ts'
import { newAccountId } from '../world/people.ts'
import { html } from './answers.ts'
import { refusePage } from './error-page.ts'
import { formToken, isFresh } from './form-token.ts'
import { wordsFor } from './language.ts'
import { pageHere } from './page-here.ts'
import { newNonce } from './page-secrets.ts'
import { type Parameters, readBody } from './parameters.ts'
import { applicationBehind } from './request-behind.ts'
import { openSession } from './session.ts'
import type { Outcome, Visit } from './visit.ts'
import { wayBack } from './way-back.ts'

type Fields = Readonly<SignUpRules['fields']>

/** What a person typed, besides the password: that one is never shown again. */
interface Typed {
  readonly name: string
  readonly company: string
  readonly email: string
}

/** The sign-up page: makes an account, signs the person in, and leads back to the authorization request. */
export async function signUp(visit: Visit): Promise<Outcome> {
  const back = wayBack(visit)
  const fields = visit.environment.rules.signUp?.fields
  if (back === undefined || !fields) return refusePage(visit, { kind: 'return_to_foreign', parameter: 'return_to' })
  const form = readBody(visit.request, ['form'])
  if (visit.request.method !== 'POST' || 'unreadable' in form) return showSignUp(visit, fields)
  const typed = typedIn(form, fields)
  if (!isFresh(visit, form, fields.token)) return showSignUp(visit, fields, typed, 'stale')
  const account = { ...typed, password: form.get(fields.password) ?? '' }
  const fault = faultOf(account, await visit.world.people())
  if (fault) return showSignUp(visit, fields, typed, fault)
  const id = newAccountId(visit.world.chance.ids)
  await visit.world.store.putUser({ id, ...account })
  return openSession(visit, { userId: id, signedInFor: back }, back)
}

const typedIn = (form: Parameters, { name, company, email }: Fields): Typed => ({
  name: form.get(name) ?? '',
  company: form.get(company) ?? '',
  email: form.get(email) ?? '',
})

async function showSignUp(
  visit: Visit,
  fields: Fields,
  typed: Typed = { name: '', company: '', email: '' },
  fault?: AccountFault | 'stale',
): Promise<Outcome> {
  const { environment, world, address, url, query } = visit
  const { token, cookie } = formToken(visit)
  const nonce = newNonce(world)
  const words = wordsFor(visit)
  const body = signUpPage({
    nonce,
    provider: environment.name,
    words,
    action: address.publicUrl(`${url}?${query}`),
    signIn: address.publicUrl(`${pageHere(visit, environment.urls.signIn)}?${query}`),
    fields,
    token,
    application: await applicationBehind(visit),
    typed,
    failure: fault && (fault === 'stale' ? words.signInStale : words.accountFaults[fault]),
  })
  const refusal = fault && (fault === 'stale' ? ({ kind: 'sign_in_stale' } as const) : refusalOf(fault, fields))
  return { response: html(200, body, nonce, [cookie]), ...(refusal ? { refusal } : {}) }
}

const refusalOf = (fault: AccountFault, { email }: Fields) =>
  ({ kind: 'sign_up_wrong', ...(fault === 'field_wrong' ? {} : { parameter: email }) }) as const
