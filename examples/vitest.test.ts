import { createHash, randomBytes } from 'node:crypto'
import type { EmbeddedProvider } from 'mock-oauth'
// #short
import { test as base } from 'mock-oauth/vitest'
import { describe, expect } from 'vitest'

// #end

/** A client as one writes it: it signs in with PKCE, refreshes when a token has run out, and tries a lost refresh again. */
class Client {
  readonly #at: EmbeddedProvider
  #tokens = { access_token: '', refresh_token: '' }
  #refreshing: Promise<void> | undefined

  constructor(at: EmbeddedProvider) {
    this.#at = at
  }

  async connect(openBrowser: (url: string) => Promise<string>): Promise<void> {
    const { authorizeUrl, clientId, redirectUris } = this.#at
    const [redirect_uri = ''] = redirectUris
    const [state, code_verifier] = [randomBytes(16).toString('base64url'), randomBytes(32).toString('base64url')]
    const asked = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      redirect_uri,
      scope: 'email offline_access',
      state,
      code_challenge: createHash('sha256').update(code_verifier).digest('base64url'),
      code_challenge_method: 'S256',
    })
    const back = new URL(await openBrowser(`${authorizeUrl}?${asked}`)).searchParams
    if (back.get('state') !== state) throw new Error('This answer is to another request.')
    await this.#token({ grant_type: 'authorization_code', code: back.get('code') ?? '', redirect_uri, code_verifier })
  }

  async me(): Promise<number> {
    const used = this.#tokens.access_token
    const status = await this.#call()
    if (status !== 401) return status
    // Who comes while a refresh is under way waits for it; who comes after it already has a new token.
    if (used === this.#tokens.access_token) {
      this.#refreshing ??= this.#refresh().finally(() => {
        this.#refreshing = undefined
      })
    }
    await this.#refreshing
    return this.#call()
  }

  async #call(): Promise<number> {
    const authorization = `Bearer ${this.#tokens.access_token}`
    return (await fetch(this.#at.apiUrl, { headers: { authorization } })).status
  }

  #refresh(): Promise<void> {
    const refresh = () => this.#token({ grant_type: 'refresh_token', refresh_token: this.#tokens.refresh_token })
    // An answer that got lost is asked for again; a refusal is none.
    return refresh().catch((error) => (error instanceof TypeError ? refresh() : Promise.reject(error)))
  }

  async #token(parameters: Record<string, string>): Promise<void> {
    const { tokenUrl, clientId, clientSecret = '' } = this.#at
    const body = new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...parameters })
    const answer = await fetch(tokenUrl, { method: 'POST', body })
    if (!answer.ok) throw new Error(`The token endpoint answered ${answer.status}.`)
    this.#tokens = { ...this.#tokens, ...((await answer.json()) as object) }
  }
}

// #short
/** A client that is connected, for each test that takes one. */
const test = base.extend<{ client: Client }>({
  client: async ({ mock, server }, use) => {
    const client = new Client(server.provider())
    await client.connect(async (url) => (await mock.authorize(url)).redirectTo ?? '')
    await use(client)
  },
})

test.override({ mockOptions: { providers: ['standard'] } })

describe('my client', () => {
  // #end
  test('signs in with PKCE and a state', async ({ mock, client }) => {
    expect(await client.me()).toBe(200)
    expect(mock).toHaveAuthorizedWithPkce()
    expect(mock).toHaveSentState()
    expect(mock).toHaveExchangedCodeOnce()
  })

  // #short
  test('refreshes once, however many ask when the token has run out', async ({ mock, client }) => {
    await mock.clock.advance('61m')
    expect(await Promise.all([client.me(), client.me(), client.me()])).toEqual([200, 200, 200])
    expect(mock).toHaveRefreshedOnce()
  })
  // #end

  describe('where a spent refresh token works for a while', () => {
    test.override({ mockOptions: { providers: ['standard'], rotation: { standard: 'grace:30' } } })

    test('stays connected when the answer to a refresh is lost', async ({ mock, client }) => {
      mock.faults.arm('token:refresh_token drop after')
      await mock.clock.advance('61m')
      expect(await client.me()).toBe(200)
      expect(mock).toHaveRefreshedTimes(2)
    })
  })
})
