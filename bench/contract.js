// How long the whole contract of Mekari takes to judge the careful client in TypeScript: by its driver over standard input and
// output, and in process from Vitest. Exits 1 where a target is missed.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'

const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'mock-oauth-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const targets = { stdio: 30, 'in process': 5 }

/** A command's standard output, whatever its exit code. */
const outputOf = (...command) =>
  run(process.execPath, command, { maxBuffer: 1e9 }).catch((error) => {
    if (!error.stdout) throw error
    return error
  })

const driver = join(folder, 'driver.mjs')
await build({
  entryPoints: ['contracts/clients/typescript/driver.ts'],
  outfile: driver,
  bundle: true,
  platform: 'node',
  format: 'esm',
})

const began = performance.now()
const { stdout } = await outputOf(
  ...['bin/mock-oauth.js', 'contract', '--provider', 'mekari', '--seed', 'bench', '--json'],
  ...['--client', `${process.execPath} ${driver}`],
)
const stdio = (performance.now() - began) / 1_000
const { results } = JSON.parse(stdout)
const judged = results.filter(({ kind }) => !['not-applicable', 'not-run'].includes(kind))

const told = await outputOf(
  'node_modules/vitest/vitest.mjs',
  'run',
  'test/contract/careful-mekari.test.ts',
  '--reporter=json',
)
const [{ startTime, endTime, assertionResults }] = JSON.parse(told.stdout).testResults
const inProcess = (endTime - startTime) / 1_000

const line = (name, seconds, clauses) => {
  const verdict = seconds < targets[name] ? 'met' : 'MISSED'
  if (verdict !== 'met') process.exitCode = 1
  return [
    name.padEnd(10),
    `${seconds.toFixed(1)} s`.padStart(8),
    `${(clauses / seconds).toFixed(1)} clauses/s`.padStart(16),
    `target < ${targets[name]} s ${verdict}`,
  ].join('  ')
}
console.log(`Mekari, ${judged.length} clauses, each with its control`)
console.log(line('stdio', stdio, judged.length))
console.log(line('in process', inProcess, assertionResults.length))
console.log('\nthe slowest ten over stdio')
for (const { clause, tookMs } of judged.toSorted((one, other) => other.tookMs - one.tookMs).slice(0, 10)) {
  console.log(`  ${clause.padEnd(36)} ${String(tookMs).padStart(6)} ms`)
}
