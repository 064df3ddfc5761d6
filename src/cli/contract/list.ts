import { isFor } from '../../contract/catalogue.ts'
import { type Clause, isSlow, type ProviderId } from '../../contract/clause.ts'
import { levelWords } from '../../contract/report/words.ts'
import { levelAt } from '../../contract/scope.ts'
import { print, printJson } from '../print.ts'

/** Lists clauses: what each asks, how it binds, and where it is for. */
export function list(clauses: readonly Clause[], providers: readonly ProviderId[], { json }: { json?: boolean }): void {
  const rows = clauses.map((clause) => ({
    id: clause.id,
    title: clause.title,
    level: clause.level,
    source: clause.source,
    providers: providers.filter((one) => isFor(clause, one)),
    ...(isSlow(clause) && { slow: true }),
  }))
  if (json) {
    printJson(rows)
    return
  }
  for (const [place, { id, title, providers: at, slow }] of rows.entries()) {
    const clause = clauses[place] as Clause
    const level = levelWords(levelAt(clause, at[0] ?? 'standard'))
    print(`${id}${slow ? ' (--slow)' : ''}`, `  ${title}`, `  ${level} · ${at.join(', ')}`)
  }
  print('', `${rows.length} clauses. mock-oauth contract --explain <clause> tells more of one.`)
}
