import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { text } from 'node:stream/consumers'
import { catalogue } from '../../contract/catalogue.ts'
import type { Clause } from '../../contract/clause.ts'
import { carefulClient } from '../../contract/self-test/careful-client.ts'
import { type FalseAlarm, falseAlarms, type Kill, tryMutant } from '../../contract/self-test/self-test.ts'
import { print, printJson } from '../print.ts'

interface SelfTestOptions {
  seed?: string
  json?: boolean
  drags?: boolean
}

interface Tried {
  readonly kills: readonly Kill[]
  readonly alarms: readonly FalseAlarm[]
}

/** So many worlds are tried for each. */
const seedCount = 5

/** Fewer clauses are not divided between processes. */
const fewest = 8

/** Set for a process that does a part of the whole. */
const part = 'MOCK_OAUTH_SELF_TEST_PART'

/** Holds clauses against clients of which it is known what they do: the table of kills. */
export async function selfTest(clauses: readonly Clause[], options: SelfTestOptions): Promise<void> {
  const { seed = 'self-test', json, drags = false } = options
  const seeds = Array.from({ length: seedCount }, (_, i) => `${seed}-${i + 1}`)
  const isDivided = clauses.length >= fewest && process.env[part] === undefined
  const tried = await (isDivided ? inProcesses(clauses, seed, drags) : tryAll(clauses, seeds, drags))
  const isSound = ({ killed, undeclared }: Kill) => killed && undeclared.length === 0
  process.exitCode = tried.kills.every(isSound) && tried.alarms.length === 0 ? 0 : 1
  if (json) printJson(tried)
  else tell(tried, seeds)
}

async function tryAll(clauses: readonly Clause[], seeds: readonly string[], drags: boolean): Promise<Tried> {
  const kills: Kill[] = []
  for (const clause of clauses) {
    kills.push(await tryMutant(clause, seeds, drags ? catalogue : []))
    process.stderr.write(`${clause.id}\n`)
  }
  return { kills, alarms: await falseAlarms('careful client', await carefulClient(), seeds, clauses) }
}

/** One mutant keeps one core busy: each core gets a part. */
async function inProcesses(clauses: readonly Clause[], seed: string, drags: boolean): Promise<Tried> {
  const count = availableParallelism()
  const progress = createShare(clauses.length)
  const parts = Array.from({ length: count }, async (_, place) => {
    const ids = clauses.filter((_, i) => i % count === place).map(({ id }) => id)
    const args = [
      'contract',
      '--self-test',
      '--json',
      '--seed',
      seed,
      '--clause',
      ids.join(','),
      ...(drags ? ['--drags'] : []),
    ]
    const child = spawn(process.execPath, [process.argv[1] ?? '', ...args], {
      env: { ...process.env, [part]: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let errors = ''
    child.stderr.on('data', (lines: Buffer) => {
      errors = `${errors}${lines}`.slice(-2_000)
      progress.add(`${lines}`.split('\n').length - 1)
    })
    const said = await text(child.stdout)
    if (!said) throw new Error(`A part of the self-test has failed: ${errors}`)
    return JSON.parse(said) as Tried
  })
  const all = await Promise.all(parts)
  progress.end()
  const order = new Map(clauses.map(({ id }, i) => [id, i]))
  const byPlace = (one: Kill, other: Kill) => (order.get(one.clause) ?? 0) - (order.get(other.clause) ?? 0)
  return { kills: all.flatMap(({ kills }) => kills).toSorted(byPlace), alarms: all.flatMap(({ alarms }) => alarms) }
}

/** How many mutants were tried: on one line of a terminal, elsewhere a line for each tenth. */
function createShare(whole: number) {
  const { stderr } = process
  const tenth = (count: number) => Math.floor((10 * count) / whole)
  let done = 0
  return {
    add(count: number) {
      const line = `${done + count}/${whole} mutants`
      if (stderr.isTTY) stderr.write(`\r\u001b[2K${line}`)
      else if (tenth(done + count) > tenth(done)) stderr.write(`${line}\n`)
      done += count
    },
    end: () => void (stderr.isTTY && stderr.write('\r\u001b[2K')),
  }
}

function tell({ kills, alarms }: Tried, seeds: readonly string[]): void {
  const isDeath = ({ kind }: Kill['verdicts'][number]) => kind === 'broken' || kind === 'warned'
  for (const { clause, provider, bug, verdicts, killed, undeclared } of kills) {
    const deaths = verdicts.filter(isDeath).length
    print(`${killed ? 'killed  ' : 'SURVIVED'} ${deaths}/${seeds.length}  ${clause}  at ${provider}: ${bug}`)
    const alive = verdicts.find((verdict) => !isDeath(verdict))
    if (alive) print(`                ${alive.kind}: ${alive.why}`)
    if (undeclared.length > 0) print(`                breaks as well, undeclared: ${undeclared.join(', ')}`)
  }
  for (const { client, seed, verdict } of alarms) {
    print(
      `FALSE ALARM  ${client}, seed ${seed}: ${verdict.clause} at ${verdict.provider}: ${verdict.kind}: ${verdict.why}`,
    )
  }
  const killed = kills.filter((kill) => kill.killed).length
  const dragged = kills.filter(({ undeclared }) => undeclared.length > 0).length
  print(
    '',
    `${killed} of ${kills.length} clauses killed by their mutant (${Math.floor((100 * killed) / kills.length)} %), over ${seeds.length} seeds each`,
    `${dragged > 0 ? `${dragged} mutants break what they do not declare, ` : ''}${alarms.length} false alarms`,
  )
}
