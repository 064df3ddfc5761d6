import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createMockOAuth } from 'mock-oauth'
import { describe, expect, it } from 'vitest'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

/** Megabytes in use once everything that nobody holds is gone. */
function heap(): number {
  collect()
  return process.memoryUsage().heapUsed / 1e6
}

describe('the memory of a mock', () => {
  it('does not hold the long bodies that came', async () => {
    const mock = await createMockOAuth({ providers: ['mekari'] })
    const { tokenUrl } = mock.provider()
    const headers = { 'content-type': 'application/json' }
    const send = (n: number) => {
      const body = Buffer.from(`{"grant_type":"${String(n).padEnd(900_000, 'x')}"}`).toString()
      return mock.handle({ method: 'POST', url: tokenUrl, headers, body })
    }
    await send(0)
    const before = heap()
    for (let n = 1; n <= 100; n++) await send(n)
    expect(mock.requests()).toHaveLength(101)
    expect(heap() - before).toBeLessThan(30)
  })
})
