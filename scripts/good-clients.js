// Whether any clause accuses a client that is known to be good: the careful clients of each language by their drivers, at every
// provider, over five seeds. Prints a line for each and every false alarm, and exits 1 where there is one.
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'

const run = promisify(execFile)
const seeds = [1, 2, 3, 4, 5]
const folder = mkdtempSync(join(tmpdir(), 'mock-oauth-clients-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

const bundled = join(folder, 'careful.mjs')
await build({
  ...{ entryPoints: ['contracts/clients/typescript/driver.ts'], outfile: bundled },
  ...{ bundle: true, platform: 'node', format: 'esm' },
})
const compiled = join(folder, 'careful')
const sources = readdirSync('contracts/clients/go').filter((name) => name.endsWith('.go'))
await run('go', ['build', '-o', compiled, ...sources.map((name) => `contracts/clients/go/${name}`)], {
  env: { ...process.env, GO111MODULE: 'off' },
})
const commands = {
  TypeScript: `${process.execPath} ${bundled}`,
  Python: '/usr/bin/python3 contracts/clients/python/driver.py',
  Go: compiled,
}

/** What is said of a client: each verdict of a run. */
async function judged(command, seed) {
  const args = ['contract', '--json', '--slow', '--seed', `good-${seed}`, '--client', command]
  const { stdout } = await run(process.execPath, ['bin/mock-oauth.js', ...args], { maxBuffer: 1e9 }).catch((error) => {
    if (!error.stdout) throw error
    return error
  })
  return JSON.parse(stdout).results
}

for (const [language, command] of Object.entries(commands)) {
  const began = performance.now()
  let kept = 0
  const alarms = []
  for (const seed of seeds) {
    for (const { clause, provider, kind, why } of await judged(command, seed)) {
      if (kind === 'kept') kept++
      else if (kind !== 'not-applicable') alarms.push(`  seed ${seed}: ${clause} at ${provider}: ${kind}: ${why}`)
    }
  }
  const seconds = ((performance.now() - began) / 1_000).toFixed(0)
  console.log(
    `${language.padEnd(10)}  ${seeds.length} seeds  ${kept} kept  ${alarms.length} false alarms  ${seconds} s`,
  )
  for (const alarm of alarms) console.log(alarm)
  if (alarms.length > 0 || kept === 0) process.exitCode = 1
}
