// Asks of each line that decides something whether anyone would notice if it were gone: each statement, property and
// list element of the files below is deleted in turn, in a copy of the project. The compiler may speak first, then the
// tests. What neither notices is printed as a Markdown table; a survivor without a reason in deletions.reasons.json
// makes the exit code 1.
//
//   npm run deletions                                    everything
//   npm run deletions -- src/engine/rotation.ts          some files
import { execFile, execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseSync } from 'oxc-parser'

const files = [
  ...sourcesIn('src/providers').filter((file) => file.endsWith('.ts')),
  ...sourcesIn('src/engine/checks'),
  ...sourcesIn('src/engine/grants'),
  'src/engine/rotation.ts',
  'src/engine/bearer.ts',
  'src/engine/resource.ts',
  'src/engine/revoke.ts',
  'src/engine/registered-uri.ts',
  'src/engine/scope-asked.ts',
]
/** Tests that run in seconds and need no build, the most telling first. The laws hold for every definition, so they say nothing of one. */
const laws = "the laws by 'handle'.*(documented|otherwise)|no definition can break a law: mekari"
const suites = [
  {
    tests: ['test/refusals.test.ts', 'test/transports/mekari.test.ts', 'test/transports/wire.test.ts'],
    of: /engine|mekari/,
  },
  { tests: ['test/transports/finexer.test.ts'], of: /engine|finexer/ },
  { tests: ['test/transports/mercado-pago.test.ts'], of: /engine|mercado-pago/ },
  { tests: ['test/transports/mercury.test.ts'], of: /engine|mercury/ },
  { tests: ['test/laws.test.ts', '--testNamePattern', laws], of: /engine/ },
  { tests: ['test/http.test.ts', 'test/clients.test.ts', 'test/pages'], of: /engine|mekari/ },
]
const vitest = ['run', '--bail=1', '--maxWorkers=1', '--no-isolate', '--testTimeout=60000']
const workers = 2

function sourcesIn(folder) {
  return readdirSync(folder).map((name) => `${folder}/${name}`)
}

/** What may be deleted: a statement, a property or an element, with the comma after it; imports and types stay. */
function* deletionsIn(node, holder) {
  if (node === null || typeof node !== 'object') return
  if (Array.isArray(node)) {
    for (const one of node) yield* deletionsIn(one, holder)
    return
  }
  if (typeof node.type !== 'string' || /^(Import|TS)/.test(node.type)) return
  const isStatement = /(Statement|^VariableDeclaration)$/.test(node.type) && node.type !== 'BlockStatement'
  const isPart = holder === 'ObjectExpression' || holder === 'ArrayExpression'
  if (isStatement || isPart) yield { start: node.start, end: node.end, isPart }
  for (const value of Object.values(node)) yield* deletionsIn(value, node.type)
}

function candidatesIn(file) {
  const text = readFileSync(file, 'utf8')
  const seen = new Set()
  return [...deletionsIn(parseSync(file, text).program)].flatMap(({ start, end, isPart }) => {
    const comma = isPart ? (/^\s*,/.exec(text.slice(end))?.[0].length ?? 0) : 0
    const without = text.slice(0, start) + text.slice(end + comma)
    // The last line of a check says what the end of a function says anyway.
    if (text.slice(start, end) === 'return undefined' && text.slice(end).startsWith('\n}')) return []
    if (seen.has(without) || parseSync(file, without).errors.length > 0) return []
    seen.add(without)
    const line = text.slice(0, start).split('\n').length
    return [{ file, line, what: text.slice(start, end).split('\n')[0].trim(), text, without }]
  })
}

const run = (cwd, command, args) =>
  new Promise((resolve) => {
    execFile(command, args, { cwd, timeout: 180_000, maxBuffer: 1e8 }, (error) => resolve(error === null))
  })

/** A copy of what git knows of the checkout, and what is new in it; packages are shared. */
function copyProject() {
  const home = mkdtempSync(join(tmpdir(), 'mock-oauth-deletions-'))
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' })
  for (const path of listed.split('\n').filter((one) => /^(src|test|bin|fixtures)\/|^[^/]+\.(json|ts)$/.test(one))) {
    cpSync(path, join(home, path))
  }
  // None of the tests tried looks at the built command line.
  writeFileSync(join(home, 'test/setup/build.ts'), 'export default () => {}')
  symlinkSync(join(process.cwd(), 'node_modules'), join(home, 'node_modules'))
  writeFileSync(join(home, 'tsconfig.src.json'), '{ "extends": "./tsconfig.json", "include": ["src"] }')
  return home
}

/** Who notices: `compiler`, `tests`, or nobody. */
async function whoNotices(home, file) {
  if (!(await run(home, 'node_modules/.bin/tsc', ['--noEmit', '-p', 'tsconfig.src.json']))) return 'compiler'
  for (const { tests, of } of suites) {
    const passed = !of.test(file) || (await run(home, 'node_modules/.bin/vitest', [...vitest, ...tests]))
    if (!passed) return 'tests'
  }
  return undefined
}

const asked = process.argv.slice(2)
const unknown = asked.filter((file) => !files.includes(file))
if (unknown.length > 0) {
  console.error(`Not among the files tried: ${unknown.join(', ')}. They are:\n${files.join('\n')}`)
  process.exit(2)
}
const queue = (asked.length > 0 ? asked : files).flatMap(candidatesIn)
const total = queue.length
const counts = { compiler: 0, tests: 0 }
const survivors = []
const started = Date.now()

async function work(home) {
  try {
    for (let next = queue.shift(); next; next = queue.shift()) {
      writeFileSync(join(home, next.file), next.without)
      const by = await whoNotices(home, next.file)
      writeFileSync(join(home, next.file), next.text)
      if (by) counts[by]++
      else survivors.push(next)
      const done = total - queue.length
      const left = Math.round((((Date.now() - started) / done) * queue.length) / 60_000)
      console.error(`${done}/${total}, ${left} min left: ${next.file}:${next.line} ${by ?? 'SURVIVES'}: ${next.what}`)
    }
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

const homes = Array.from({ length: workers }, copyProject)
const already = await whoNotices(homes[0], 'src/engine')
if (already) {
  for (const home of homes) rmSync(home, { recursive: true })
  console.error(
    `Nothing can be learned: with nothing deleted the ${already} already fail${already === 'compiler' ? 's' : ''}.`,
  )
  process.exit(1)
}
await Promise.all(homes.map(work))

const reasons = JSON.parse(readFileSync(new URL('deletions.reasons.json', import.meta.url), 'utf8'))
const reasonOf = ({ file, what }) => reasons[file]?.[what] ?? ''
const cell = (text) => text.replaceAll('|', '\\|')
const byPlace = (a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line

console.log(
  `${total} deletions: ${counts.compiler} noticed by the compiler, ${counts.tests} by a test, ${survivors.length} by nobody.\n`,
)
console.log('| Where | What | Why nobody notices |\n|---|---|---|')
for (const one of survivors.sort(byPlace)) {
  console.log(`| ${one.file}:${one.line} | \`${cell(one.what)}\` | ${cell(reasonOf(one))} |`)
}
process.exitCode = survivors.every(reasonOf) ? 0 : 1
