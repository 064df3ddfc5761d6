import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createMockOAuth, type MockOAuth } from 'mock-oauth'
import { describe, expect, it } from 'vitest'
import { bearer } from './served.ts'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

/** Megabytes in use once everything that nobody holds is gone. */
function heap(): number {
  collect()
  return process.memoryUsage().heapUsed / 1e6
}

const many = 10_000

/** Makes worlds by name, and in each a pair of tokens that it is called with. Returns the milliseconds that one takes. */
async function use(mock: MockOAuth, from: number, to: number): Promise<number> {
  const { apiUrl } = mock.provider('mekari')
  const begun = performance.now()
  for (let n = from; n < to; n++) {
    const world = await mock.world(`test-${n}`)
    const { accessToken } = await world.mint({ provider: 'mekari' })
    const answer = await world.handle({ method: 'GET', url: apiUrl, headers: bearer(accessToken), body: '' })
    if (answer.status !== 200) throw new Error(`test-${n}: ${answer.status}`)
  }
  return (performance.now() - begun) / (to - from)
}

describe('ten thousand worlds', () => {
  it('fit into one process, the last as quickly as the first', { timeout: 120_000 }, async () => {
    const mock = await createMockOAuth({ seed: 'many' })
    await use(mock, 0, 50)
    const before = heap()
    const first = await use(mock, 50, 250)
    await use(mock, 250, many - 200)
    const last = await use(mock, many - 200, many)
    expect(mock.worlds.list()).toHaveLength(many + 1)
    expect(heap() - before).toBeLessThan(1_000)
    expect(last / first).toBeLessThan(5)
    await expect(mock.world('one-more')).rejects.toMatchObject({ code: 'too_many_worlds' })

    const { url } = await mock.listen({ port: 0 })
    const { accessToken } = await (await mock.world('test-7')).mint({ provider: 'mekari' })
    expect((await fetch(`${url}/mekari/v1/me`, { headers: bearer(accessToken) })).status).toBe(200)
    expect((await fetch(`${url}/~test-8/mekari/v1/me`, { headers: bearer(accessToken) })).status).toBe(401)
    await mock.close()
  })
})
