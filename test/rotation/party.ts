import { createMockOAuth, type HttpResponse, type MockOAuth, type MockOAuthOptions } from 'mock-oauth'
import { onTestFinished } from 'vitest'

/** A pair of tokens. */
export interface Pair {
  readonly access: string
  readonly refresh: string
  readonly answer: Record<string, unknown>
}

/** A client of one provider, by direct calls; time stands still until it is moved. */
export interface Party {
  readonly mock: MockOAuth
  mint(): Promise<Pair>
  /** The kind of the refusal, or what came. */
  refresh(token: string): Promise<Pair | string>
  /** What surely came. */
  renewed(token: string): Promise<Pair>
  opens(access: string): Promise<boolean>
  /** Posts to another endpoint, with the client's own credentials. */
  post(url: string | undefined, fields: Readonly<Record<string, string>>): Promise<HttpResponse>
}

/** Plays a provider; it ends with the test. */
export async function party(provider: string, options: Partial<MockOAuthOptions> = {}): Promise<Party> {
  const mock = await createMockOAuth({ providers: [provider], ...options })
  onTestFinished(() => mock.close())
  await mock.clock.move({ freeze: true })
  return partyOf(mock)
}

/** A client at work in a mock. */
export function partyOf(mock: MockOAuth, environment?: string): Party {
  const { tokenUrl, apiUrl, client, scopes } = mock.provider(environment)
  const isMekari = environment?.startsWith('mekari') || tokenUrl.includes('mekari')
  const post = (url = '', fields: Readonly<Record<string, string>>) => {
    const sent = { client_id: client.clientId, client_secret: client.clientSecret ?? '', ...fields }
    const type = isMekari ? 'application/json' : 'application/x-www-form-urlencoded'
    const body = isMekari ? JSON.stringify(sent) : String(new URLSearchParams(sent))
    return mock.handle({ method: 'POST', url, headers: { 'content-type': type }, body })
  }
  const pairOf = (answer: Record<string, unknown>): Pair => ({
    access: String(answer.access_token),
    refresh: String(answer.refresh_token),
    answer,
  })
  const refresh = async (token: string) => {
    const scope = isMekari ? { scope: scopes.join(' ') } : undefined
    const { status, body } = await post(tokenUrl, { grant_type: 'refresh_token', refresh_token: token, ...scope })
    return status === 200 ? pairOf(JSON.parse(body)) : (mock.explain().kind ?? '')
  }
  return {
    mock,
    refresh,
    async mint() {
      const { answer } = await mock.mint(environment === undefined ? {} : { provider: environment })
      return pairOf(answer as Record<string, unknown>)
    },
    async renewed(token) {
      const came = await refresh(token)
      if (typeof came === 'string') throw new Error(`refused: ${came}`)
      return came
    },
    async opens(access) {
      const headers = { authorization: `Bearer ${access}` }
      return (await mock.handle({ method: 'GET', url: apiUrl, headers, body: '' })).status === 200
    },
    post,
  }
}
