import { providers as known } from '../providers.ts'
import { coloursFor } from './colours.ts'
import { print, printJson } from './print.ts'
import { sheetOf } from './sheet.ts'
import { table } from './table.ts'

/** Lists the providers that can be played, and how much of each is known. */
export function providers({ json }: { json?: boolean }): void {
  const listed = Object.keys(known)
    .map((name) => sheetOf(name))
    .map(({ id, name, docs, environments, counts }) => ({ id, name, docs, environments, counts }))
  const { dim } = coloursFor(process.stdout)
  if (json) {
    printJson(listed)
    return
  }
  const rows = listed.map(({ name, environments, counts: { documented, observed, standard, assumed } }) => {
    const grades = [documented, observed, standard, assumed].map(String)
    return [environments.join(', '), name, ...grades]
  })
  const [head = '', ...lines] = table([['PLAYED AS', 'NAME', 'DOCUMENTED', 'OBSERVED', 'STANDARD', 'ASSUMED'], ...rows])
  print(head, ...lines.flatMap((line, i) => [line, `  ${dim(listed[i]?.docs ?? '')}`]))
}
