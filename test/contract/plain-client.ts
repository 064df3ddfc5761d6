import { randomUUID } from 'node:crypto'
import type { ClientUnderTest, Env } from 'mock-oauth/contract'

/** The least that a client can be: it connects, calls and refreshes, and takes care of nothing. */
export function plainClient(env: Env): ClientUnderTest {
  const states = new Map<string, string>()
  let tokens: { access_token: string; refresh_token?: string } | undefined

  async function ask(grant: Record<string, string>) {
    const { clientId: client_id, clientSecret: client_secret } = env
    const redirect = ['mekari', 'finexer'].includes(env.provider) ? {} : { redirect_uri: env.redirectUri }
    const scope = env.provider === 'mekari' ? { scope: env.scopes.join(' ') } : {}
    const fields = {
      ...(env.clientAuth === 'basic' ? {} : { client_id, client_secret }),
      ...redirect,
      ...scope,
      ...grant,
    }
    const basic = { authorization: `Basic ${btoa(`${client_id}:${client_secret}`)}` }
    const json = env.bodyFormat === 'json'
    return fetch(env.tokenUrl, {
      method: 'POST',
      headers: {
        ...(env.clientAuth === 'basic' && basic),
        'content-type': json ? 'application/json' : 'application/x-www-form-urlencoded',
      },
      body: json ? JSON.stringify(fields) : new URLSearchParams(fields).toString(),
      signal: AbortSignal.timeout(env.requestTimeoutMs),
    })
  }
  const callApi = () => fetch(env.apiUrl, { headers: { authorization: `Bearer ${tokens?.access_token}` } })

  return {
    features: { concurrent: true },
    async begin({ session }) {
      const url = new URL(env.authorizeUrl)
      const state = randomUUID()
      states.set(session, state)
      const asked = { client_id: env.clientId, response_type: 'code', scope: env.scopes.join(' '), state }
      for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value)
      if (!['mekari', 'finexer'].includes(env.provider)) url.searchParams.set('redirect_uri', env.redirectUri)
      return { url: url.href }
    },
    async callback({ session, url }) {
      const { code, state } = Object.fromEntries(new URL(url).searchParams)
      if (!code) return { outcome: 'denied' }
      if (state !== states.get(session)) return { outcome: 'rejected' }
      const answer = await ask({ grant_type: 'authorization_code', code })
      if (!answer.ok) return { outcome: 'failed' }
      tokens = (await answer.json()) as typeof tokens
      return { outcome: 'connected' }
    },
    async call() {
      const answer = await callApi()
      if (answer.status !== 401) return { result: answer.ok ? 'ok' : 'error' }
      const refreshed = await ask({ grant_type: 'refresh_token', refresh_token: tokens?.refresh_token ?? '' })
      if (!refreshed.ok) return { result: 'needs_reauth' }
      tokens = { ...tokens, ...((await refreshed.json()) as NonNullable<typeof tokens>) }
      return { result: (await callApi()).ok ? 'ok' : 'error' }
    },
    async close() {},
  }
}
