import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ProviderId } from './clause.ts'
import { foundations } from './foundations.ts'
import { type Env, type Feature, type Op, opOf, type Started } from './protocol/messages.ts'
import { apiCalls, codeExchanges, outcomes, results, succeeded } from './reading.ts'
import { envOf } from './run/env.ts'
import { mayBeLeft } from './run/left-behind.ts'
import { play } from './run/play.ts'
import { ClientLost, DriverError, type Launcher, type Running } from './run/running.ts'
import { createStage, type Stage } from './run/stage.ts'

/** One thing that was tried, whose fault it is if it did not work, and what to do. */
export interface Check {
  readonly what: string
  readonly verdict: 'fine' | 'driver' | 'client' | 'not reached'
  /** What was seen, where it is not fine. */
  readonly saw?: string
  readonly fix?: string
}

/** How long a driver may take to leave: a run is not as patient, but does not mind. */
const graceMs = 2_000

const fine = (what: string): Check => ({ what, verdict: 'fine' })

/** Whether a driver speaks the protocol, and whether its client can do the least: tells a bad driver from a bad client. */
export async function smoke(launcher: Launcher, provider: ProviderId, seed: string): Promise<readonly Check[]> {
  const stage = await createStage([provider], seed)
  const storeDir = mkdtempSync(join(tmpdir(), 'mock-oauth-smoke-'))
  const isRemoved = mayBeLeft(() => rmSync(storeDir, { recursive: true, force: true }))
  try {
    const env = envOf(provider, stage.listening.world('smoke').provider(provider), storeDir)
    const checks = await protocolChecks(launcher, env)
    const stuck = checks.some(({ verdict }) => verdict !== 'fine')
    return [...checks, ...(await clientChecks(stage, launcher, provider, stuck))]
  } finally {
    await launcher.close()
    rmSync(storeDir, { recursive: true })
    isRemoved()
    await stage.close()
  }
}

async function protocolChecks(launcher: Launcher, env: Env): Promise<readonly Check[]> {
  const starts = 'answers start with who it is and what it can do'
  let running: Running
  try {
    running = await launcher.launch(env)
  } catch (error) {
    if (!(error instanceof DriverError || error instanceof ClientLost)) throw error
    const fix =
      'Read a line of JSON from standard input, and write {"id": …, "ok": {…}} to standard output, unbuffered.'
    return [{ what: starts, verdict: 'driver', saw: error.message, fix }]
  }
  const checks = [fine(starts), claims(running.started), await refusesUnknown(running), await endsAtTheEnd(running)]
  return [...checks, quietBesides(running)]
}

function claims({ ops, features }: Started): Check {
  const what = 'claims what it can do'
  const missing = (['begin', 'callback', 'call'] as const).find((op) => !ops.includes(op))
  if (missing) return { what, verdict: 'driver', saw: `no ${missing} in ops`, fix: `Every driver has ${missing}.` }
  const claimed = Object.entries(opOf).find(([name, op]) => features[name as Feature] && !ops.includes(op))
  if (!claimed) return fine(what)
  const [feature, op] = claimed
  return { what, verdict: 'driver', saw: `${feature} without ${op}`, fix: `Add ${op} to ops, or claim no ${feature}.` }
}

async function refusesUnknown(running: Running): Promise<Check> {
  const what = 'answers a word that it does not know with an error of kind unsupported'
  const fix = 'Answer {"id": …, "error": {"kind": "unsupported", "message": …}}: later versions have more words.'
  try {
    await running.ask('no-such-word' as Op, {} as never).answer
    return { what, verdict: 'driver', saw: 'an answer', fix }
  } catch (error) {
    const kind = error instanceof DriverError ? error.problem.kind : (error as Error).message
    return kind === 'unsupported' ? fine(what) : { what, verdict: 'driver', saw: kind, fix }
  }
}

async function endsAtTheEnd(running: Running): Promise<Check> {
  const what = 'ends when its standard input ends'
  const began = performance.now()
  await running.end(graceMs)
  if (performance.now() - began < graceMs) return fine(what)
  return { what, verdict: 'driver', saw: 'had to be killed', fix: 'Leave the loop when standard input ends, and exit.' }
}

function quietBesides(running: Running): Check {
  const what = 'writes nothing but answers to standard output'
  const [stray] = running.strays()
  if (stray === undefined) return fine(what)
  return { what, verdict: 'driver', saw: stray, fix: 'Write logs to standard error.' }
}

async function clientChecks(
  stage: Stage,
  launcher: Launcher,
  provider: ProviderId,
  stuck: boolean,
): Promise<readonly Check[]> {
  const names = ['begins a login', 'connects', 'calls the API', 'tells a denial from a connection'] as const
  if (stuck) return names.map((what) => ({ what, verdict: 'not reached' }))
  const playing = (name: string, story: (typeof foundations)['connects']) =>
    play({ stage, launcher, provider, written: { story }, name: `smoke.${name}`, control: false })
  const good = await playing('connects', foundations.connects)
  const denied = await playing('denial', async (scene) => {
    await scene.callback('browser', await scene.visit(await scene.begin(), { decision: 'deny' }))
  })
  const { evidence, problem, halted } = good
  const [begins, connects, calls, denial] = names
  const check = (what: string, isFine: boolean, saw: string, fix: string): Check => {
    if (isFine) return fine(what)
    return problem ? { what, verdict: 'driver', saw: problem.message, fix } : { what, verdict: 'client', saw, fix }
  }
  const connected = outcomes(evidence)[0] ?? 'nothing'
  const called = results(evidence)[0] ?? 'nothing'
  const exchanged = codeExchanges(evidence.exchanges).some(succeeded)
  const refused = evidence.exchanges.findLast(({ response }) => response.status >= 400)
  const why = refused
    ? `; the last refusal: ${refused.endpoint} ${refused.response.status} ${refused.refusal?.kind ?? ''}`
    : ''
  const [denialOutcome = denied.halted ?? 'nothing'] = outcomes(denied.evidence)
  return [
    check(
      begins,
      evidence.steps.some(({ op, answer }) => op === 'begin' && answer),
      halted ?? '',
      'Answer begin with the authorization URL.',
    ),
    check(
      connects,
      connected === 'connected' && exchanged,
      `${connected}, ${exchanged ? 'and a code was exchanged' : 'and no code was exchanged'}${why}`,
      'Exchange the code at env.tokenUrl, as env.clientAuth and env.bodyFormat say.',
    ),
    check(
      calls,
      called === 'ok' && apiCalls(evidence.exchanges).some(succeeded),
      `${called}${why}`,
      'Call env.apiUrl with Authorization: Bearer, and answer ok where it answers 2xx.',
    ),
    check(
      denial,
      denialOutcome === 'denied' && denied.problem === undefined,
      denied.problem?.message ?? denialOutcome,
      'Answer denied to a callback with error=access_denied.',
    ),
  ]
}
