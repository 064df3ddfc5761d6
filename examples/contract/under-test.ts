import { join } from 'node:path'
import type { ClientUnderTest, Env } from 'mock-oauth/contract'
import { Failure, Mekari } from './client.ts'

/** The application's client behind the verbs of the harness. */
export function underTest(env: Env): ClientUnderTest {
  const mekari = new Mekari({
    ...env,
    scope: env.scopes.join(' '),
    file: join(env.storeDir, 'tokens.json'),
    timeoutMs: env.requestTimeoutMs,
  })
  /** What an application keeps for each browser. */
  const states = new Map<string, string>()

  return {
    features: { concurrent: true },
    async begin({ session }) {
      const { url, state } = mekari.begin()
      states.set(session, state)
      return { url }
    },
    async callback({ session, url }) {
      const state = states.get(session)
      states.delete(session)
      try {
        await mekari.finish(url, state)
        return { outcome: 'connected' }
      } catch (error) {
        const code = codeOf(error)
        if (code === 'access_denied') return { outcome: 'denied', code }
        return { outcome: code === 'wrong_state' || code === 'no_code' ? 'rejected' : 'failed', code }
      }
    },
    async call() {
      try {
        const status = await mekari.call()
        return { result: status < 300 ? 'ok' : status < 500 ? 'error' : 'transient', status }
      } catch (error) {
        const code = codeOf(error)
        return { result: code === 'unavailable' ? 'transient' : 'needs_reauth', code }
      }
    },
    async close() {},
  }
}

/** What is no failure of the client's is a mistake of this file: the harness hears of it as one. */
function codeOf(error: unknown): string {
  if (error instanceof Failure) return error.message
  throw error
}
