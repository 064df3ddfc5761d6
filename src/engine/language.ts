import { type Words, wordsIn } from '../pages/words.ts'
import { readForm } from './parameters.ts'
import { splitUrl } from './url.ts'
import type { Visit } from './visit.ts'
import { wayBack } from './way-back.ts'

/** The authorization request that a page belongs to: the one being made, or the one that the sign-in page leads back to. */
export function authorizationRequestOf(visit: Visit) {
  const query = visit.route.endpoint === 'sign-in' ? splitUrl(wayBack(visit) ?? '').query : visit.query
  return readForm(query)
}

/** The words for a page, in the language that the authorization request chose, else the provider's first. */
export function wordsFor(visit: Visit): Words {
  const rule = visit.environment.rules.authorize.language
  const asked = rule && authorizationRequestOf(visit).get(rule.parameter)
  return wordsIn(asked !== undefined && rule?.languages.includes(asked) ? asked : rule?.languages[0])
}
