// Judges the libraries of examples/clients and the careful clients, and writes docs/clients.md.
//
//   npm run clients                                  all of them
//   npm run clients -- authlib simple-oauth2         these; the verdicts of the others stay
//   npm run clients -- --check passport-oauth2       judges it again and says what differs; writes nothing
//   node scripts/clients.js --page [--check]         judges nothing: the page from the verdicts that are there
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parse } from 'yaml'
import { clients } from './clients/clients.js'
import { complaintsOf, pageOf } from './clients/page.js'
import { judged } from './clients/run.js'

process.chdir(new URL('..', import.meta.url).pathname)

const verdictsFile = 'examples/clients/verdicts.json'
const page = 'docs/clients.md'
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { check: { type: 'boolean' }, page: { type: 'boolean' } },
})
const names = positionals.length > 0 ? positionals : Object.keys(clients)
const unknown = names.filter((name) => !clients[name])
if (unknown.length > 0)
  throw new Error(`There is no ${unknown.join(', ')}. There is ${Object.keys(clients).join(', ')}.`)

const verdicts = JSON.parse(readFileSync(verdictsFile, 'utf8'))
const complaints = []
if (!values.page) {
  for (const name of names) {
    const fresh = await judged(clients[name])
    if (values.check) complaints.push(...differences(name, verdicts[name], fresh))
    else {
      verdicts[name] = fresh
      writeFileSync(verdictsFile, `${JSON.stringify(verdicts, undefined, 1)}\n`)
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

/** What came to something else. */
function differences(name, before, now) {
  const kindsOf = ({ providers }) =>
    Object.entries(providers).flatMap(([provider, { kept, others }]) => [
      ...kept.map((clause) => `${clause} at ${provider}: kept`),
      ...Object.entries(others).map(([clause, { kind }]) => `${clause} at ${provider}: ${kind}`),
    ])
  const [old, fresh] = [kindsOf(before), kindsOf(now)]
  return [
    ...fresh.filter((one) => !old.includes(one)).map((one) => `${name} now: ${one}`),
    ...old.filter((one) => !fresh.includes(one)).map((one) => `${name} no more: ${one}`),
  ]
}
