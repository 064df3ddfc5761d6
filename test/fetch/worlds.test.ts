import { oauthFetch } from 'mock-oauth/fetch'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { clientOf, played } from './stage.ts'

/** Real time, which goes on only when a test says so. */
function stopRealTime() {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 0, 31, 12) })
  onTestFinished(() => void vi.useRealTimers())
  return (minutes: number) => vi.setSystemTime(Date.now() + minutes * 60_000)
}

/** A world that has one answer on its way, in a mock that keeps no second one. */
async function answering(fault: string) {
  const pass = stopRealTime()
  const { mock } = await played({ worlds: { idle: '1m', limit: 1 } })
  const world = await mock.world('a')
  world.faults.arm(`token ${fault}`)
  const client = new AbortController()
  const headers = { 'x-mock-oauth-world': 'a', 'content-type': 'application/json' }
  const answer = clientOf(world).refresh(oauthFetch(mock), { headers, signal: client.signal })
  answer.catch(() => undefined)
  await expect.poll(() => world.faults.list()[0]?.fired).toBe(1)
  /** Whether the world is gone once it was unused for long. */
  const isGone = async () => {
    // Whoever is told that an answer is over is told before this.
    await new Promise((resolve) => setImmediate(resolve))
    pass(2)
    return mock.world('b').then(
      () => true,
      () => false,
    )
  }
  return { answer, client, isGone }
}

describe('a world that is named', () => {
  it('stays while its answer is waited for, until the client gives up', async () => {
    const { client, isGone } = await answering('hang')
    expect(await isGone()).toBe(false)
    client.abort()
    expect(await isGone()).toBe(true)
  })

  it.each(['is read', 'is cancelled', 'is given up'])(
    'stays while its answer is on its way, until it %s',
    async (how) => {
      const { answer, client, isGone } = await answering('slow bytesPerSecond=1000')
      const { body } = await answer
      const reader = body?.getReader() ?? expect.fail('no body')
      await reader.read()
      expect(await isGone()).toBe(false)
      if (how === 'is cancelled') await reader.cancel()
      else if (how === 'is given up') client.abort()
      else while (!(await reader.read()).done);
      expect(await isGone()).toBe(true)
    },
  )

  it('goes once its answer has come', async () => {
    const { answer, isGone } = await answering('close')
    await answer
    expect(await isGone()).toBe(true)
  })
})
