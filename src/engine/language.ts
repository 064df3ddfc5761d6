import { type Words, wordsIn } from '../pages/words.ts'
import { requestBehind } from './request-behind.ts'
import type { Visit } from './visit.ts'

/** The words for a page, in the language that the authorization request chose, else the provider's first. */
export function wordsFor(visit: Visit): Words {
  const rule = visit.environment.rules.authorize.language
  const asked = rule && requestBehind(visit).get(rule.parameter)
  return wordsIn(asked !== undefined && rule?.languages.includes(asked) ? asked : rule?.languages[0])
}
