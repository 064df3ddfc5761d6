import { redirect, withParameters } from './answers.ts'
import { either, type Parameters, readForm } from './parameters.ts'
import type { Outcome, Visit } from './visit.ts'

/**
 * Answers a form that another site had the browser post by sending it to the same place by GET. Browsers bring the
 * session's cookie along when they are sent, not when another site's form posts.
 */
export function byGet({ address, url, query }: Visit, form: Parameters): Outcome {
  const sent = Object.fromEntries(either(form, readForm(query)).entries())
  return { response: redirect(withParameters(address.publicUrl(url), sent), [], 303) }
}
