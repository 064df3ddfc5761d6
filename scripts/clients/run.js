// Runs the contract against a client and keeps of the report what the page tells.
import { spawn } from 'node:child_process'
import { homesOf, prepare } from './clients.js'

export const seed = 'clients'

/** Judges a client by all clauses, or by these. */
export async function judged(client, clauses = []) {
  await prepare(client)
  const providers = homesOf(client)
  const report = await reportOf([
    'contract',
    ...providers.flatMap((provider) => ['--provider', provider]),
    ...clauses.flatMap((clause) => ['--clause', clause]),
    ...['--seed', seed, '--client', client.command.join(' '), '--json'],
  ])
  return shaped(report)
}

/**
 * What is kept of a report: its version, and of each provider how many clauses are kept and not applicable, and what each
 * other came to.
 */
function shaped(report) {
  const providers = {}
  for (const { provider, clause, kind, why } of report.results) {
    providers[provider] ??= { kept: 0, notApplicable: 0, others: {} }
    const here = providers[provider]
    if (kind === 'kept') here.kept++
    else if (kind === 'not-applicable') here.notApplicable++
    // Where a story's world stands in a URL tells nothing.
    else here.others[clause] = { kind, why: why.replaceAll(/\/~[0-9a-f]{12}(?=\/)/g, '') }
  }
  return { version: report.client.version, providers }
}

/** Exit codes 0 and 1 are a report's. */
function reportOf(args) {
  const child = spawn(process.execPath, ['bin/mock-oauth.js', ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    err += text
  })
  return new Promise((resolve, reject) => {
    child.on('close', (code) => (code === 0 || code === 1 ? resolve(JSON.parse(out)) : reject(new Error(err))))
  })
}
