import { catalogue, pageRuleOf, providersOf } from '../../contract/catalogue.ts'
import { isSlow } from '../../contract/clause.ts'
import { features } from '../../contract/protocol/messages.ts'
import { levelWords } from '../../contract/report/words.ts'
import { levelAt } from '../../contract/scope.ts'
import { didYouMean } from '../../vocabulary/suggestion.ts'
import { print, printJson } from '../print.ts'
import { Stop } from '../stop.ts'

/**
 * Tells all that is known of a clause.
 * @throws {Stop} where there is none
 */
export function explainClause(id: string, { json }: { json?: boolean }): void {
  const ids = catalogue.map((one) => one.id)
  const clause = catalogue.find((one) => one.id === id)
  if (!clause) throw new Stop(2, `There is no clause "${id}".${didYouMean(id, ids)}`)
  const { title, source, why, needs = {}, after, mutant } = clause
  const places = providersOf(clause).map((provider) => {
    const page = pageRuleOf(clause.id, provider)
    return { provider, level: levelAt(clause, provider), ...(page && { page }) }
  })
  if (json) {
    printJson({ id, title, source, why, places, needs, after, slow: isSlow(clause), bug: mutant.bug })
    return
  }
  const claims = [...(needs.features ?? []).map((one) => `${one} (${features[one]})`), ...(needs.ops ?? [])]
  print(
    `${id}: the client ${title}.`,
    '',
    ...places.flatMap(({ provider, level, page }) => [
      `  ${provider}: ${levelWords(level)}`,
      ...(page ? [`    ${page.section}: ${page.rule}`] : []),
    ]),
    `  source: ${source}`,
    '',
    why,
    '',
    ...(claims.length > 0 ? [`The client must claim: ${claims.join('; ')}.`] : []),
    ...(after ? [`It is judged of a client that ${after}.`] : []),
    ...(isSlow(clause) ? ['It needs more real time than others, and runs with --slow.'] : []),
    `A client that breaks it: one that ${mutant.bug}.`,
  )
}
