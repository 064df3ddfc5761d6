import { stdio } from '../../contract/run/stdio.ts'
import { smoke as smokeOf } from '../../contract/smoke.ts'
import { coloursFor } from '../colours.ts'
import { print, printJson } from '../print.ts'
import { Stop } from '../stop.ts'
import { leaveNothingAtTheEnd } from './nothing-left.ts'
import { chosenProviders } from './selection.ts'

interface SmokeOptions {
  client?: string
  provider: string
  timeout: number
  json?: boolean
}

const words = { fine: 'ok', driver: 'the driver', client: 'the client', 'not reached': 'not reached' } as const

/** Tells a bad driver from a bad client. */
export async function smoke({ client, provider: named, timeout, json }: SmokeOptions): Promise<void> {
  if (client === undefined) throw new Stop(2, 'A client is named by --client "<command>", which starts its driver.')
  const [provider = 'standard'] = chosenProviders([named])
  leaveNothingAtTheEnd()
  const checks = await smokeOf(stdio({ command: client, patienceMs: timeout * 1_000 }), provider, 'smoke')
  const bad = checks.filter(({ verdict }) => verdict !== 'fine')
  process.exitCode = bad.length > 0 ? 1 : 0
  if (json) return printJson(checks)
  const { green, red, dim } = coloursFor(process.stdout)
  for (const { what, verdict, saw, fix } of checks) {
    const paint = verdict === 'fine' ? green : verdict === 'not reached' ? dim : red
    print(`${paint(words[verdict].padEnd(11))} ${what}`)
    if (saw) print(`            saw  ${saw}`)
    if (fix && verdict !== 'fine') print(`            fix  ${fix}`)
  }
  const [first] = bad
  if (!first) return print('', `The driver speaks the protocol, and the client can be judged at ${provider}.`)
  print('', first.verdict === 'client' ? 'The driver is fine; the client is not.' : 'Mend the driver first.')
}
