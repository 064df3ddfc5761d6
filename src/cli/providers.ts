import { providers as known } from '../providers.ts'
import { print, printJson } from './print.ts'
import { sheetOf } from './sheet.ts'
import { table } from './table.ts'

/** Lists the providers that can be played, and how much of each is known. */
export function providers({ json }: { json?: boolean }): void {
  const listed = Object.keys(known)
    .map((name) => sheetOf(name))
    .map(({ id, name, docs, environments, counts }) => ({ id, name, docs, environments, counts }))
  if (json) {
    printJson(listed)
    return
  }
  const rows = listed.map(({ id, name, docs, environments, counts: { documented, observed, standard, assumed } }) => {
    const grades = [documented, observed, standard, assumed].map(String)
    return [id, name, environments.join(', '), ...grades, docs]
  })
  const head = ['ID', 'NAME', 'ENVIRONMENTS', 'DOCUMENTED', 'OBSERVED', 'STANDARD', 'ASSUMED', 'DOCUMENTATION']
  print(...table([head, ...rows]))
}
