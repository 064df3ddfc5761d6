import { writeFileSync } from 'node:fs'
import { findClause, pageRuleOf } from '../../contract/catalogue.ts'
import type { Clause, LevelWord, ProviderId } from '../../contract/clause.ts'
import { exitCodes } from '../../contract/exit-code.ts'
import { jsonReport } from '../../contract/report/json.ts'
import { type Finished, makeReport } from '../../contract/report/make-report.ts'
import { createProgress } from '../../contract/report/progress.ts'
import { replayLine } from '../../contract/report/replay-line.ts'
import type { Report } from '../../contract/report/report.ts'
import { terminalReport } from '../../contract/report/terminal.ts'
import { NotCalibrated, run } from '../../contract/run/run.ts'
import { stdio } from '../../contract/run/stdio.ts'
import { coloursFor } from '../colours.ts'
import { print } from '../print.ts'
import { Stop } from '../stop.ts'
import { readBaselineFile } from './baseline-file.ts'
import { checkReports, reportText } from './reports.ts'
import { chosenClauses, chosenProviders } from './selection.ts'

/** What the command was given. */
export interface ContractOptions {
  client?: string
  provider?: readonly string[]
  clause?: readonly string[]
  level: LevelWord
  slow?: boolean
  unknowns?: boolean
  assume?: string
  seed?: string
  repeat: number
  baseline?: string
  strict?: boolean
  timeout: number
  report?: readonly string[]
  json?: boolean
  verbose?: boolean
  list?: boolean
  explain?: string
  selfTest?: boolean
  drags?: boolean
}

/** The seed of whoever gives none: a day's runs are alike. */
const ofTheDay = (): string => new Date().toISOString().slice(0, 10)

/** Judges a client, and tells of it; or looks up what it would be judged by. */
export async function contract(options: ContractOptions): Promise<void> {
  const providers = chosenProviders(options.provider)
  const clauses = chosenClauses(options.clause, providers)
  if (options.explain !== undefined) return (await import('./explain.ts')).explainClause(options.explain, options)
  if (options.list) return (await import('./list.ts')).list(clauses, providers, options)
  if (options.selfTest) return (await import('./self-test.ts')).selfTest(clauses, options)
  if (options.client === undefined) {
    throw new Stop(
      2,
      'A client is named by --client "<command>", which starts its driver.\nmock-oauth contract init --language typescript|python|go writes a driver to begin with.',
    )
  }
  await judgeClient({ ...options, client: options.client }, providers, clauses)
}

async function judgeClient(
  options: ContractOptions & { client: string },
  providers: readonly ProviderId[],
  clauses: readonly Clause[],
): Promise<void> {
  const { client, seed = ofTheDay(), level, strict = false, timeout, report: files = [] } = options
  checkReports(files)
  const baseline = await readBaselineFile(options.baseline, providers)
  const progress = createProgress({
    isTerminal: process.stderr.isTTY,
    write: (text) => void process.stderr.write(text),
  })
  const finished = {
    ...{ seed, level, strict, baseline },
    clauseOf: findClause,
    pageOf: ({ clause, provider }) => pageRuleOf(clause, provider as ProviderId),
    replay: (verdict) => replayLine({ command: client, seed }, verdict),
  } satisfies Partial<Finished>
  let report: Report
  try {
    const { started, judged } = await run({
      launcher: stdio({ command: client, patienceMs: timeout * 1_000 }),
      ...{ providers, clauses, seed, repeat: options.repeat },
      ...(options.slow && { slow: true }),
      ...(options.unknowns && { unknowns: true }),
      ...(options.assume !== undefined && { assume: options.assume }),
      onVerdict: ({ verdict }, total) => progress.judged(verdict, total),
    })
    const { client: name, version, language } = started
    report = makeReport({ ...finished, client: { name, version, language, command: client }, judged })
  } catch (error) {
    if (!(error instanceof NotCalibrated)) throw error
    const stopped = { by: 'notStarted', why: error.message } as const
    report = makeReport({ ...finished, client: { command: client }, judged: [], stopped })
  } finally {
    progress.end()
  }
  for (const file of files) writeFileSync(file, reportText(file, report))
  if (options.json) process.stdout.write(jsonReport(report))
  else {
    const colours = coloursFor(process.stdout)
    process.stdout.write(terminalReport(report, { colours, ...(options.verbose && { isVerbose: true }) }))
    if (report.exitCode === exitCodes.notStarted) print('', 'mock-oauth contract smoke tells what a driver lacks.')
  }
  process.exitCode = report.exitCode
  // All is said by then. Left to itself, Node may turn in circles for what it takes to be left of ended processes.
  process.once('beforeExit', () => process.exit())
}
