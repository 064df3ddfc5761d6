import { createMockOAuth } from 'mock-oauth'
import { describe, expect, it, onTestFinished } from 'vitest'
import { libraries } from './clients/libraries.ts'
import { liveThrough } from './clients/life.ts'

async function playMekari() {
  const mock = await createMockOAuth({ providers: ['mekari'] })
  onTestFinished(() => mock.close())
  const server = await mock.listen({ port: 0 })
  const decide = async (url: string, decision: 'approve' | 'deny'): Promise<string> => {
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ url, decision })
    const answer = await fetch(`${server.url}/_mock/authorize`, { method: 'POST', headers, body })
    return (await answer.json()).redirectTo
  }
  return { mock, mekari: await server.provider(), decide }
}

describe.each(libraries)('$name', ({ login }) => {
  it('connects, calls, refreshes and disconnects, with nobody at a browser', async () => {
    const { mock, mekari, decide } = await playMekari()
    const started = await login(mekari)
    await liveThrough(started, await decide(started.url, 'approve'), mekari)
    const refused = mock.requests().flatMap(({ refusal }) => (refusal ? [refusal.kind] : []))
    expect(refused).toEqual(['code_used', 'refresh_token_reused', 'access_token_revoked', 'refresh_token_revoked'])
  })

  it('learns that the person said no', async () => {
    const { mekari, decide } = await playMekari()
    const started = await login(mekari)
    const callback = await decide(started.url, 'deny')
    expect(new URL(callback).searchParams.get('error')).toBe('access_denied')
    await expect(started.finish(callback)).rejects.toThrow()
  })

  it('refuses a callback of another login', async () => {
    const { mekari, decide } = await playMekari()
    const [mine, theirs] = [await login(mekari), await login(mekari)]
    await expect(mine.finish(await decide(theirs.url, 'approve'))).rejects.toThrow()
  })

  it('gets no token with a secret that is not its own', async () => {
    const { mock, mekari, decide } = await playMekari()
    const started = await login({ ...mekari, clientSecret: 'x'.repeat(32) })
    await expect(started.finish(await decide(started.url, 'approve'))).rejects.toThrow()
    expect(mock.explain().kind).toBe('client_secret_wrong')
  })
})
