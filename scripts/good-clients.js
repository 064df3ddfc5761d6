// Whether any clause accuses a client that is known to be good: the careful clients in Python and Go by their drivers, at Mekari over
// five seeds, and at the other providers with the first of them. That in TypeScript is judged by the self-test. Prints a line for each
// and every false alarm, and exits 1 where there is one.
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const others = ['mercado-pago', 'finexer', 'mercury', 'standard']
const rounds = [['mekari', ...others], ['mekari'], ['mekari'], ['mekari'], ['mekari']]
const folder = mkdtempSync(join(tmpdir(), 'mock-oauth-clients-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

const compiled = join(folder, 'careful')
const sources = readdirSync('contracts/clients/go').filter((name) => name.endsWith('.go'))
await run('go', ['build', '-o', compiled, ...sources.map((name) => `contracts/clients/go/${name}`)], {
  env: { ...process.env, GO111MODULE: 'off' },
})
const commands = {
  Python: '/usr/bin/python3 contracts/clients/python/driver.py',
  Go: compiled,
}

/** What is said of a client: each verdict of a run. */
async function judged(command, seed, providers) {
  const args = ['contract', '--json', '--slow', '--seed', seed, '--provider', providers.join(), '--client', command]
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
  for (const [round, providers] of rounds.entries()) {
    const seed = `good-${round + 1}`
    for (const { clause, provider, kind, why } of await judged(command, seed, providers)) {
      if (kind === 'kept') kept++
      else if (kind !== 'not-applicable') alarms.push(`  ${seed}: ${clause} at ${provider}: ${kind}: ${why}`)
    }
  }
  const seconds = ((performance.now() - began) / 1_000).toFixed(0)
  console.log(
    `${language.padEnd(6)}  ${rounds.length} seeds  ${kept} kept  ${alarms.length} false alarms  ${seconds} s`,
  )
  for (const alarm of alarms) console.log(alarm)
  if (alarms.length > 0 || kept === 0) process.exitCode = 1
}
