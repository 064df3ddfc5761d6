// What tokens and worlds take of memory, in kB of the heap: run by bench.js in a process of its own, with --expose-gc.
import { createMockOAuth } from '../dist/index.js'

const pairs = 10_000
const worlds = 1_000

function heap() {
  global.gc()
  global.gc()
  return process.memoryUsage().heapUsed / 1_000
}

const mock = await createMockOAuth({ providers: ['mekari'], seed: 'bench' })
const mint = async () => {
  for (let i = 0; i < pairs; i++) await mock.mint({ provider: 'mekari' })
}
await mock.mint({ provider: 'mekari' })
const empty = heap()
await mint()
const perPair = (heap() - empty) / pairs

// What has expired is remembered for a while, so that it is refused as what it was: as many as there are at most.
const after = []
for (let round = 0; round < 6; round++) {
  await mock.clock.advance('31d')
  await mint()
  after.push(heap())
}
await mock.reset()

const before = heap()
for (let i = 0; i < worlds; i++) await mock.world(`w${i}`)
const perWorld = (heap() - before) / worlds
await mock.close()

console.log(JSON.stringify({ kB: { pair: perPair, world: perWorld, expired: after.map((one) => one - empty) } }))
