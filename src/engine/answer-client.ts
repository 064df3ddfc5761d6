import { formPostPage } from '../pages/form-post.ts'
import type { Json } from '../vocabulary/json.ts'
import { html, redirect, withParameters } from './answers.ts'
import type { AuthorizeAttempt } from './authorize-attempt.ts'
import { wordsFor } from './language.ts'
import { newNonce } from './page-secrets.ts'
import type { Outcome, Visit } from './visit.ts'

/** Brings an answer of the authorization endpoint to the client, by the browser: in the redirect URI's query, or posted by a form. */
export function answerClient(
  visit: Visit,
  { rules, parameters }: Pick<AuthorizeAttempt, 'rules' | 'parameters'>,
  returnTo: string,
  answer: Readonly<Record<string, Json | undefined>>,
): Outcome {
  const { responseModes, redirectHeaders = {}, redirectStatus } = rules.authorize
  const mode = responseModes?.find((one) => one === parameters.get('response_mode')) ?? responseModes?.[0]
  if (mode !== 'form_post') {
    const response = redirect(withParameters(returnTo, answer), Object.entries(redirectHeaders), redirectStatus)
    return { response, returns: true }
  }
  const fields = Object.fromEntries(
    Object.entries(answer).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  )
  return postToClient(visit, returnTo, fields)
}

/** The page whose form brings an answer to the client. */
export function postToClient(visit: Visit, action: string, fields: Readonly<Record<string, string>>): Outcome {
  const nonce = newNonce(visit.world)
  const page = formPostPage({ nonce, provider: visit.environment.name, words: wordsFor(visit), action, fields })
  const response = html(200, page, nonce, [], { runsItsScript: true })
  return { response, posted: { url: action, fields }, returns: true }
}
