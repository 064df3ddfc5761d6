import { type Clause, catalogue } from 'mock-oauth/contract'
import { describe, expect, it, vi } from 'vitest'
import { NotCalibrated } from '../../src/contract/run/bench.ts'
import { run } from '../../src/contract/run/run.ts'
import { stdio } from '../../src/contract/run/stdio.ts'
import { root } from '../cli/command.ts'

// A process is started for each story.
vi.setConfig({ testTimeout: 240_000 })

/** Of those that keep one waiting, each tenth clause: a story takes as long as the runner's patience. */
const some = catalogue.filter((_, place) => place % 10 === 0)

const judged = (how: string, clauses: readonly Clause[] = some, patienceMs = 1_500) =>
  run({
    launcher: stdio({ command: `node ${root}test/contract/drivers/odd.js '${how}'`, patienceMs }),
    providers: ['standard'],
    clauses,
    seed: 'odd',
  })

describe('a client that cannot be started', () => {
  it.each([
    ['exits at once', /exit code 0/],
    ['ends by a signal', /signal SIGABRT/],
    ['closes its output', /could not be started/],
    ['is silent', /No answer to start within 1.5 s/],
    ['writes without end', /No answer to start/],
    ['answers a wrong shape', /answers start with \{"url":7\}/],
    ['claims the unknown', /answers start with/],
  ])('that %s is told from one that is judged', async (how, words) => {
    const failure = await judged(how).catch((error) => error)
    expect(failure).toBeInstanceOf(NotCalibrated)
    expect(failure.message).toMatch(words)
  })

  it('because there is no such command is told, too', async () => {
    const launcher = stdio({ command: 'no-such-command-here', patienceMs: 1_500 })
    const failure = await run({ launcher, providers: ['standard'], clauses: catalogue, seed: 'odd' }).catch(
      (error) => error,
    )
    expect(failure.message).toMatch(/could not be started: .*ENOENT/)
  })
})

// None of these has done a thing that a clause asks for.
describe('a client that', () => {
  it.each([
    ['answers yes to all', catalogue],
    ['dies at the callback', catalogue],
    ['exits with 0 at the callback', some],
    ['hangs at the callback', some],
    ['errs at the callback', some],
    ['answers twice', some],
    ['writes garbage', some],
    ['stays', some],
  ])('%s passes nothing that it should not', async (how, clauses) => {
    const { judged: all } = await judged(how, clauses)
    const passed = all.filter(({ verdict }) => verdict.kind === 'kept').map(({ verdict }) => verdict.clause)
    expect(passed).toEqual([])
  })
})
