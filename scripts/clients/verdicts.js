// examples/clients/verdicts.yaml: what the last run of each client came to.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { Document, isMap, parse, visit } from 'yaml'

const file = 'examples/clients/verdicts.yaml'

/** By client; of each provider the counts of what is kept and not applicable, and all else by clause. */
export const readVerdicts = () => (existsSync(file) ? parse(readFileSync(file, 'utf8')) : {})

/** Writes them a line a clause. */
export function writeVerdicts(verdicts) {
  const document = new Document(verdicts)
  document.commentBefore = ' Written by `npm run clients`.'
  visit(document, {
    Map(_, map) {
      if (isMap(map) && map.has('kind')) map.flow = true
    },
  })
  writeFileSync(file, document.toString({ lineWidth: 0, flowCollectionPadding: true }))
}
