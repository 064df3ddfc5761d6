import type { Clause } from '../../contract/clause.ts'
import { carefulClient } from '../../contract/self-test/careful-client.ts'
import { falseAlarms, type Kill, tryMutant } from '../../contract/self-test/self-test.ts'
import { print, printJson } from '../print.ts'

interface SelfTestOptions {
  seed?: string
  json?: boolean
}

/** So many worlds are tried for each. */
const seedCount = 5

/** Holds clauses against clients of which it is known what they do: the table of kills. */
export async function selfTest(
  clauses: readonly Clause[],
  { seed = 'self-test', json }: SelfTestOptions,
): Promise<void> {
  const seeds = Array.from({ length: seedCount }, (_, i) => `${seed}-${i + 1}`)
  const kills: Kill[] = []
  for (const clause of clauses) {
    kills.push(await tryMutant(clause, seeds))
    process.stderr.write(process.stderr.isTTY ? `\r\u001b[2K${kills.length}/${clauses.length} mutants` : '')
  }
  const alarms = await falseAlarms('careful client', await carefulClient(), seeds, clauses)
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[2K')
  const survived = kills.filter(({ killed }) => !killed)
  const dragging = kills.filter(({ undeclared }) => undeclared.length > 0)
  process.exitCode = survived.length + dragging.length + alarms.length > 0 ? 1 : 0
  if (json) return printJson({ seeds, kills, alarms })
  for (const { clause, provider, bug, verdicts, killed, undeclared } of kills) {
    const deaths = verdicts.filter(({ kind }) => kind === 'broken' || kind === 'warned').length
    print(`${killed ? 'killed  ' : 'SURVIVED'} ${deaths}/${seeds.length}  ${clause}  at ${provider}: ${bug}`)
    const [alive] = verdicts.filter(({ kind }) => kind !== 'broken' && kind !== 'warned')
    if (alive) print(`                ${alive.kind}: ${alive.why}`)
    if (undeclared.length > 0) print(`                breaks as well, undeclared: ${undeclared.join(', ')}`)
  }
  for (const { client, seed: at, verdict } of alarms) {
    print(
      `FALSE ALARM  ${client}, seed ${at}: ${verdict.clause} at ${verdict.provider} ${verdict.kind}: ${verdict.why}`,
    )
  }
  const share = Math.round((100 * (kills.length - survived.length)) / kills.length)
  print(
    '',
    `${share} % of ${kills.length} clauses killed by their mutant, ${alarms.length} false alarms, ${seeds.length} seeds`,
  )
}
