// Judges the libraries of examples/clients and the careful clients, and writes docs/clients.md.
//
//   npm run clients                                  all of them
//   npm run clients -- authlib simple-oauth2         these; the verdicts of the others stay
//   npm run clients -- --check authlib               judges it again and says what differs; writes nothing
//   node scripts/clients.js --page [--check]         judges nothing: the page from the verdicts that are there
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parse } from 'yaml'
import { clients } from './clients/clients.js'
import { complaintsOf, pageOf } from './clients/page.js'
import { judged } from './clients/run.js'
import { readVerdicts, writeVerdicts } from './clients/verdicts.js'

process.chdir(new URL('..', import.meta.url).pathname)

const page = 'docs/clients.md'
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { check: { type: 'boolean' }, page: { type: 'boolean' } },
})
const names = positionals.length > 0 ? positionals : Object.keys(clients)
const unknown = names.filter((name) => !clients[name])
if (unknown.length > 0)
  throw new Error(`There is no ${unknown.join(', ')}. There is ${Object.keys(clients).join(', ')}.`)

const verdicts = readVerdicts()
const complaints = []
if (!values.page) {
  for (const name of names) {
    const fresh = await judged(clients[name])
    if (values.check) complaints.push(...(await differences(name, fresh)))
    else {
      verdicts[name] = fresh
      writeVerdicts(verdicts)
    }
    console.log(`${name}: judged at ${Object.keys(fresh.providers).join(', ')}`)
  }
}
const findings = parse(readFileSync('examples/clients/findings.yaml', 'utf8'))
complaints.push(...complaintsOf(verdicts, findings))
const text = pageOf(verdicts, findings)
if (!values.check) writeFileSync(page, text)
else if (readFileSync(page, 'utf8') !== text) complaints.push(`${page} is stale: node scripts/clients.js --page`)
for (const complaint of complaints) console.error(complaint)
process.exitCode = complaints.length > 0 ? 1 : 0

/** What came to something else than the page says; twice, since a machine with much to do may be late once. */
async function differences(name, fresh) {
  const before = kindsOf(verdicts[name])
  const differing = (now, keys) => keys.filter((key) => kindIn(before, key) !== kindIn(now, key))
  const now = kindsOf(fresh)
  const first = differing(now, [...new Set([...before.keys(), ...now.keys()])])
  if (first.length === 0) return []
  const clauses = new Set(first.map((key) => key.split(' ', 1)[0]))
  const again = kindsOf(await judged(clients[name], [...clauses]))
  return differing(again, first).map(
    (key) => `${name}: ${key} is ${kindIn(again, key)}, and the page says ${kindIn(before, key)}`,
  )
}

/** The kind of each verdict that is told, by clause and provider. */
function kindsOf({ providers }) {
  return new Map(
    Object.entries(providers).flatMap(([provider, { others }]) =>
      Object.entries(others).map(([clause, { kind }]) => [`${clause} at ${provider}`, kind]),
    ),
  )
}

/** Those that nobody has to do anything about are not told. */
function kindIn(kinds, key) {
  return kinds.get(key) ?? 'kept or not applicable'
}
