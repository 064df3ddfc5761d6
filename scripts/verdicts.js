// Whether the same seed gives the same verdicts: the careful client, and a library by the clauses in which requests race and time
// goes by, judged at Mekari ten times each, five of them while the cores are busy with something else. Prints what differs, and
// exits 1 where anything does.
import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'

const run = promisify(execFile)
const times = 10
const folder = mkdtempSync(join(tmpdir(), 'mock-oauth-verdicts-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

await build({
  entryPoints: { careful: 'contracts/clients/typescript/driver.ts' },
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
})
const clients = {
  careful: { command: `${process.execPath} ${join(folder, 'careful.mjs')}`, clauses: '*' },
  'simple-oauth2': {
    command: `${process.execPath} examples/clients/simple-oauth2.js`,
    clauses: 'cb-double-*,rf-*,rc-*,ex-*,ap-*,rs-*',
  },
}

/** Each clause with its verdict, a line each. */
async function verdictsOf({ command, clauses }) {
  const chosen = ['--provider', 'mekari', '--clause', clauses, '--seed', 'again']
  const args = ['bin/mock-oauth.js', 'contract', ...chosen, '--json', '--client', command]
  const { stdout } = await run(process.execPath, args, { maxBuffer: 1e9 }).catch((error) => error)
  return JSON.parse(stdout).results.map(({ clause, kind }) => `${clause} ${kind}`)
}

for (const [name, client] of Object.entries(clients)) {
  const seen = []
  for (let time = 0; time < times; time++) {
    const isBusy = time >= times / 2
    const others = isBusy
      ? Array.from({ length: availableParallelism() }, () => spawn(process.execPath, ['-e', 'for(;;);']))
      : []
    try {
      seen.push(await verdictsOf(client))
    } finally {
      for (const other of others) other.kill('SIGKILL')
    }
  }
  const [first = []] = seen
  const different = first.filter((line, place) => seen.some((verdicts) => verdicts[place] !== line))
  console.log(`${name}: ${first.length} verdicts, ${different.length} of them different among ${times} runs`)
  for (const line of different) console.log(`  ${line}`)
  if (different.length > 0 || first.length === 0) process.exitCode = 1
}
