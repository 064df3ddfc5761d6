import { createMockOAuth } from 'mock-oauth'
import type { Evidence, Step } from '../../src/contract/evidence.ts'
import type { Env } from '../../src/contract/protocol/messages.ts'
import type { Exchange } from '../../src/world/journal.ts'
import { challenge, verifier } from '../pkce.ts'

/** A story as it was really played, and every secret that was in it by its place. */
export interface Played {
  readonly evidence: Evidence
  readonly secrets: ReadonlyMap<string, string>
}

/**
 * A client connects at the standard server, loses the answer to a refresh, sends the old token once more, and logs whatever
 * it holds, in every way that a text can be written.
 */
export async function playedEvidence(): Promise<Played> {
  const mock = await createMockOAuth({ providers: ['standard'], seed: 'reports' })
  const { authorizeUrl, tokenUrl, apiUrl, clientId, clientSecret = '', redirectUris } = mock.provider()
  const [redirectUri = ''] = redirectUris
  const env: Env = {
    provider: 'standard',
    ...{ authorizeUrl, tokenUrl, apiUrl, clientId, clientSecret, redirectUri },
    scopes: ['email'],
    clientAuth: 'basic',
    bodyFormat: 'form',
    pkce: true,
    requestTimeoutMs: 2_000,
    storeDir: '/store',
    webhookSecret: 'whsec_9fK2mQ7xLr4TzV8b',
    logLevel: 'debug',
  }
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64')
  const ask = async (body: Record<string, string>) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', authorization: `Basic ${basic}` }
    const answer = await mock.handle({ method: 'POST', url: tokenUrl, headers, body: `${new URLSearchParams(body)}` })
    return JSON.parse(answer.body || '{}') as Record<string, string>
  }
  const query = {
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid email offline_access',
    prompt: 'consent',
  }
  const url = `${authorizeUrl}?${new URLSearchParams({ ...query, state: 'st4te', ...challenge })}`
  const { redirectTo: redirect = '' } = await mock.authorize(url)
  const code = new URL(redirect).searchParams.get('code') ?? ''
  const afterLogin = mock.requests().length
  const exchange = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier }
  const first = await ask(exchange)
  const linked = mock.requests().length
  mock.faults.arm('token:refresh_token drop after')
  await mock.clock.advance('61m')
  const refresh = { grant_type: 'refresh_token', refresh_token: first.refresh_token ?? '' }
  await ask(refresh)
  const second = await ask(refresh)
  await mock.handle({
    method: 'GET',
    url: apiUrl,
    headers: { authorization: `Bearer ${first.access_token}` },
    body: '',
  })
  const exchanges = mock.requests().map((one, i) => ({ ...one, mark: i < linked ? '' : 'the answer is lost' }))
  const secrets = new Map([
    ...Object.entries({ code, verifier, clientSecret, basic, webhookSecret: env.webhookSecret ?? '' }),
    ...Object.entries(first).filter(([name]) => /_token$/.test(name)),
    ...Object.entries(second)
      .filter(([name]) => /_token$/.test(name))
      .map(([name, value]) => [`second ${name}`, value] as const),
    ...lost(exchanges),
  ])
  const took = { process: 'a', tookMs: 3 }
  const steps: readonly Step[] = [
    { ...took, op: 'begin', asked: { session: 's1' }, answer: { url }, mark: '', from: 0, to: 0 },
    {
      ...took,
      op: 'callback',
      asked: { session: 's1', url: redirect },
      answer: { outcome: 'connected' },
      mark: '',
      from: afterLogin,
      to: linked,
    },
    {
      ...took,
      op: 'call',
      asked: {},
      answer: { result: 'needs_reauth' },
      mark: 'the answer is lost',
      from: linked,
      to: exchanges.length,
    },
  ]
  return {
    secrets,
    evidence: {
      provider: 'standard',
      env,
      exchanges,
      steps,
      notes: { token: second.access_token ?? '' },
      output: outputOf(secrets),
      store: [{ path: 'tokens.json', mode: 0o600, text: JSON.stringify(first) }],
      deaths: [],
    },
  }
}

/** What was issued and never arrived. */
function lost(exchanges: readonly Exchange[]): readonly (readonly [string, string])[] {
  return exchanges.flatMap(({ id, done, response }) =>
    [done, response].flatMap((answer) =>
      [...(answer?.body ?? '').matchAll(/"(\w+_token)":"([^"]+)"/g)].map(
        ([, name, value = '']) => [`${name} of ${id}`, value] as const,
      ),
    ),
  )
}

/** A log that shows all: raw, for URLs, in base64, and in pieces. */
const outputOf = (secrets: ReadonlyMap<string, string>): string =>
  [...secrets]
    .flatMap(([name, secret]) => [
      `${name} ${secret} ${encodeURIComponent(secret)} ${Buffer.from(`x:${secret}`).toString('base64')}`,
      `${name} begins with ${secret.slice(0, 14)} and ends with ${secret.slice(-14)}`,
    ])
    .join('\n')
