import { fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { catalogue } from '../../contract/catalogue.ts'
import { type Clause, everywhere } from '../../contract/clause.ts'
import { mayBeLeft } from '../../contract/run/left-behind.ts'
import { pooled } from '../../contract/run/pooled.ts'
import { carefulClient } from '../../contract/self-test/careful-client.ts'
import { type FalseAlarm, falseAlarms, type Kill, tryMutant } from '../../contract/self-test/self-test.ts'
import { print, printJson } from '../print.ts'
import { leaveNothingAtTheEnd } from './nothing-left.ts'

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

/** A mutant that hangs costs nothing but time: meanwhile others are tried. */
const abreast = 3

/** Set for a process that does a part of the whole. */
const part = 'MOCK_OAUTH_SELF_TEST_PART'

/** What is counted while it goes on. */
type Unit = 'mutant' | 'verdict'

/** What a part tells the whole: each unit, and in the end all that it has found. */
type Told = Unit | Tried

/** Holds clauses against clients of which it is known what they do: the table of kills. */
export async function selfTest(clauses: readonly Clause[], options: SelfTestOptions): Promise<void> {
  const { seed = 'self-test', json, drags = false } = options
  const seeds = Array.from({ length: seedCount }, (_, i) => `${seed}-${i + 1}`)
  leaveNothingAtTheEnd()
  if (process.env[part] !== undefined) return tryPart(clauses, seeds, drags)
  const tried = await inParts(clauses, seed, drags)
  const isSound = ({ killed, undeclared }: Kill) => killed && undeclared.length === 0
  process.exitCode = tried.kills.every(isSound) && !tried.alarms.some(({ stands }) => stands) ? 0 : 1
  if (json) printJson(tried)
  else tell(tried, seeds)
}

async function tryPart(clauses: readonly Clause[], seeds: readonly string[], drags: boolean): Promise<void> {
  const say = (told: Told) => void process.send?.(told)
  const kills = await pooled(clauses, abreast, async (clause) => {
    const kill = await tryMutant(clause, seeds, drags ? catalogue : [])
    say('mutant')
    return kill
  })
  const careful = await carefulClient()
  say({ kills, alarms: await falseAlarms('careful client', careful, seeds, clauses, () => say('verdict')) })
}

/** Each core gets a part, and a process of its own: a bug may leave one that never ends by itself. */
async function inParts(clauses: readonly Clause[], seed: string, drags: boolean): Promise<Tried> {
  const count = Math.min(availableParallelism(), clauses.length)
  const progress = createProgress(clauses.length, clauses.length * everywhere.length * seedCount)
  const parts = Array.from({ length: count }, (_, place) => {
    const ids = clauses.filter((_, i) => i % count === place).map(({ id }) => id)
    const args = ['contract', '--self-test', '--seed', seed, '--clause', ids.join(','), ...(drags ? ['--drags'] : [])]
    return partOf(args, progress.done)
  })
  const all = await Promise.all(parts)
  progress.end()
  const order = new Map(clauses.map(({ id }, i) => [id, i]))
  const byPlace = (one: Kill, other: Kill) => (order.get(one.clause) ?? 0) - (order.get(other.clause) ?? 0)
  return { kills: all.flatMap(({ kills }) => kills).toSorted(byPlace), alarms: all.flatMap(({ alarms }) => alarms) }
}

function partOf(args: readonly string[], done: (unit: Unit) => void): Promise<Tried> {
  const child = fork(process.argv[1] ?? '', args, {
    env: { ...process.env, [part]: '1' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  mayBeLeft(() => child.kill('SIGKILL'))
  return new Promise((resolve, reject) => {
    child.on('message', (told: Told) => {
      if (typeof told === 'string') return done(told)
      resolve(told)
      child.kill('SIGKILL')
    })
    child.once('error', reject)
    child.once('exit', () => reject(new Error('A part of the self-test has failed.')))
  })
}

/** How far it is: on one line of a terminal, elsewhere a line for each tenth. */
function createProgress(mutants: number, verdicts: number): { done(unit: Unit): void; end(): void } {
  const { stderr } = process
  const wholes = { mutant: mutants, verdict: verdicts }
  const words = { mutant: 'mutants', verdict: 'verdicts on the careful client' }
  const counts = { mutant: 0, verdict: 0 }
  return {
    done(unit) {
      const now = ++counts[unit]
      const whole = wholes[unit]
      const told = `${now}/${whole} ${words[unit]}`
      if (stderr.isTTY) stderr.write(`\r\u001b[2K${told}`)
      else if (Math.floor((10 * now) / whole) > Math.floor((10 * (now - 1)) / whole)) stderr.write(`${told}\n`)
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
  for (const { client, seed, verdict, stands } of alarms) {
    const { clause, provider, kind, why } = verdict
    const words = stands ? 'FALSE ALARM ' : 'once of twice'
    print(`${words}  ${client}, seed ${seed}: ${clause} at ${provider}: ${kind}: ${why}`)
  }
  const killed = kills.filter((kill) => kill.killed).length
  const dragged = kills.filter(({ undeclared }) => undeclared.length > 0).length
  print(
    '',
    `${killed} of ${kills.length} clauses killed by their mutant (${Math.floor((100 * killed) / kills.length)} %), over ${seeds.length} seeds each`,
    `${dragged > 0 ? `${dragged} mutants break what they do not declare, ` : ''}${alarms.filter(({ stands }) => stands).length} false alarms among ${kills.length * everywhere.length * seeds.length} verdicts on the careful client`,
  )
}
