// npm run bench [-- --json]: the mock beside the least that any mock must do, in one run, in interleaved rounds. Figures of
// different runs or machines do not compare; the ratios of one run do. Then what tokens and worlds take of memory.
import { get } from 'node:http'
import { compare, linesOf, tableOf } from './figures.js'
import { clientOf } from './load.js'
import { mock, start } from './start.js'

const rounds = 7

const answer = (url) =>
  new Promise((resolve, reject) => {
    get(url, (response) => response.resume().on('end', resolve)).on('error', reject)
  })

/** Milliseconds from the start of a process to its first answered request. */
async function coldStart(command) {
  const started = performance.now()
  const { url, stop } = await start(command)
  await answer(`${url}/_mock/health`)
  const took = performance.now() - started
  await stop()
  return took
}

/** Measures the two one after the other, round after round; the first round warms both up and does not count. */
async function interleaved(count, measure) {
  const seen = []
  for (let round = 0; round <= count; round++) seen.push([await measure(0), await measure(1)])
  return compare(seen.slice(1))
}

const rows = []

const commands = [['bench/floor/bare.js'], mock]
rows.push({
  name: 'cold start, to the first answer',
  unit: 'ms',
  target: '≤ 1.00',
  ...(await interleaved(2 * rounds, (which) => coldStart(commands[which]))),
})

const servers = await Promise.all([
  start(['bench/floor/token.js']),
  start([...mock, '--quiet', '--consent', 'approve']),
])
const clients = servers.map(clientOf)
for (const [kind, words] of [
  ['exchange', 'code exchange'],
  ['refresh', 'refresh with rotation'],
]) {
  for (const [connections, requests] of [
    [1, 2_000],
    [64, 12_800],
  ]) {
    rows.push({
      name: `${words}, ${connections} at a time`,
      unit: '/s',
      target: '≥ 0.80',
      ...(await interleaved(rounds, (which) => clients[which][kind](connections, requests))),
    })
  }
}
await Promise.all(servers.map(({ stop }) => stop()))

const memory = await start(['--expose-gc', 'bench/memory.js'])
await memory.stop()

const isJson = process.argv.includes('--json')
console.log(
  isJson ? JSON.stringify({ rows, memory: memory.kB }, undefined, 2) : `${tableOf(rows)}\n\n${linesOf(memory.kB)}`,
)
