import { createMockOAuth, type MockOAuth, type MockWorld } from 'mock-oauth'
import { type OAuthMatchers, oauthMatchers } from 'mock-oauth/vitest'
import { describe, expect, it } from 'vitest'

const open = (provider = 'mekari') => createMockOAuth({ providers: [provider], seed: 'matchers' })

const post = (mock: MockWorld, url: string, parameters: Record<string, string>) => {
  const { clientId, clientSecret = '' } = mock.provider()
  const body = JSON.stringify({ client_id: clientId, client_secret: clientSecret, ...parameters })
  return mock.handle({ method: 'POST', url, headers: { 'content-type': 'application/json' }, body })
}
const refresh = (mock: MockWorld, refresh_token = '') =>
  post(mock, mock.provider().tokenUrl, { grant_type: 'refresh_token', refresh_token, scope: 'esign' })
const call = (mock: MockWorld, token: string) =>
  mock.handle({ method: 'GET', url: mock.provider().apiUrl, headers: { authorization: `Bearer ${token}` }, body: '' })

const challenge = {
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
}
const authorize = (mock: MockOAuth, parameters: Record<string, string>) => {
  const { authorizeUrl, clientId, redirectUris } = mock.provider()
  const [redirect_uri = ''] = redirectUris
  const asked = { client_id: clientId, response_type: 'code', scope: 'esign', redirect_uri, ...parameters }
  return mock.authorize(`${authorizeUrl}?${new URLSearchParams(asked)}`)
}
async function exchange(mock: MockOAuth, code: string) {
  return post(mock, mock.provider().tokenUrl, { grant_type: 'authorization_code', code, scope: 'esign' })
}
const codeOf = ({ redirectTo = '' }: { redirectTo?: string }) => new URL(redirectTo).searchParams.get('code') ?? ''

/** What a matcher says when it is not content. */
function failure(judge: () => void): string {
  try {
    judge()
  } catch (error) {
    return String((error as Error).message)
  }
  throw new Error('The matcher was content.')
}

describe('toHaveRefreshedOnce', () => {
  it('is content with one refresh, and counts one whose answer was lost', async () => {
    const mock = await open()
    mock.faults.arm('token:refresh_token drop after')
    await refresh(mock, (await mock.mint({ scope: 'esign' })).refreshToken)
    expect(mock).toHaveRefreshedOnce()
    expect(mock).toHaveRefreshedTimes(1)
    expect(failure(() => expect(mock).not.toHaveRefreshedOnce())).toMatch(
      /^Expected the client not to refresh once, but it refreshed once\.\n\n\S+Z POST \/mekari\/auth\/oauth2\/token 200 → dropped {2}fault f1: all was done, .*\(explain r1\)\n {4}\S/,
    )
  })

  it('does not count what a fault turned away, before anything was done', async () => {
    const mock = await open()
    mock.faults.arm('token:refresh_token status status=503')
    mock.faults.arm('token:refresh_token error refusal=refresh_token_expired')
    const { refreshToken } = await mock.mint({ scope: 'esign' })
    await refresh(mock, refreshToken)
    await refresh(mock, refreshToken)
    expect(mock).not.toHaveRefreshedOnce()
    await refresh(mock, refreshToken)
    expect(mock.requests().map(({ response }) => response.status)).toEqual([503, 400, 200])
    expect(mock).toHaveRefreshedOnce()
  })

  it('shows a second refresh that was refused, with the rule and without a secret', async () => {
    const mock = await open()
    const { refreshToken = '' } = await mock.mint({ scope: 'esign' })
    await refresh(mock, refreshToken)
    await refresh(mock, refreshToken)
    const message = failure(() => expect(mock).toHaveRefreshedOnce())
    const [first, empty, ...lines] = message.split('\n')
    expect(first).toBe('Expected the client to refresh once, but it refreshed once, and was refused once.')
    expect(empty).toBe('')
    expect(lines).toEqual([
      expect.stringMatching(/^\S+Z POST \/mekari\/auth\/oauth2\/token 200 \(r1\)$/),
      expect.stringMatching(
        /^\S+Z POST \/mekari\/auth\/oauth2\/token 400 {2}refresh_token_reused: refresh_token "\w{4}…\w{6}", .* \(explain r2\)$/,
      ),
      '    A refresh token works as often as its rotation policy lets it: mostly once. Store the new refresh token before ' +
        'anything else, and let one caller at a time refresh. (RFC 6749 §6, RFC 9700 §4.14.2)',
    ])
    expect(message).not.toContain(refreshToken)
  })

  it('says so when nothing has come at all, and shows what came instead', async () => {
    const mock = await open()
    expect(failure(() => expect(mock).toHaveRefreshedOnce())).toBe(
      'Expected the client to refresh once, but it never refreshed.\n\nNo request has been answered.',
    )
    await call(mock, (await mock.mint()).accessToken)
    expect(failure(() => expect(mock).toHaveRefreshedTimes(2))).toMatch(
      /^Expected the client to refresh twice, but it never refreshed\.\n\n\S+Z GET {2}\/mekari\/v1\/me 200 \(r1\)$/,
    )
    expect(mock).toHaveRefreshedTimes(0)
  })

  it('leaves out all but the last requests of very many', async () => {
    const mock = await open()
    const { accessToken } = await mock.mint()
    for (let i = 0; i < 33; i++) await call(mock, accessToken)
    const lines = failure(() => expect(mock).toHaveRefreshedOnce()).split('\n')
    expect(lines.slice(2, 4)).toEqual(['(3 earlier requests left out)', expect.stringContaining('(r4)')])
    expect(lines).toHaveLength(33)
  })
})

describe('whose requests count', () => {
  it('is said by a client, a provider, and the world that is given', async () => {
    const mock = await createMockOAuth({ providers: ['mekari'], seed: 'whose' })
    const other = await mock.clients.register({ name: 'Other' })
    const world = await mock.world('beside')
    await refresh(mock, (await mock.mint({ scope: 'esign' })).refreshToken)
    expect(mock).toHaveRefreshedOnce({ client: mock.provider().clientId, provider: 'mekari' })
    expect(mock).toHaveRefreshedTimes(0, { client: other.id })
    expect(mock).toHaveRefreshedTimes(0, { provider: 'mekari:sandbox' })
    expect(world).toHaveRefreshedTimes(0)
  })

  it('is refused where nobody has that name', async () => {
    const mock = await open()
    expect(() => expect(mock).not.toHaveCalledApi({ provider: 'mercury' })).toThrow(
      expect.objectContaining({ name: 'MockOAuthError', code: 'unknown_provider' }),
    )
  })
})

describe('toHaveExchangedCodeOnce', () => {
  it('is content with one exchange, and not when the code came again', async () => {
    const mock = await open()
    const code = codeOf(await authorize(mock, {}))
    expect(mock).not.toHaveExchangedCodeOnce()
    await exchange(mock, code)
    expect(mock).toHaveExchangedCodeOnce()
    await exchange(mock, code)
    const message = failure(() => expect(mock).toHaveExchangedCodeOnce())
    expect(message).toContain('to exchange a code once, but it exchanged a code once, and was refused once.')
    expect(message).toContain('code_used: code "')
    expect(message).not.toContain(code)
  })
})

describe('toHaveAuthorizedWithPkce', () => {
  it('wants a challenge by S256 of every authorization request', async () => {
    const mock = await open()
    expect(failure(() => expect(mock).toHaveAuthorizedWithPkce())).toContain('but it sent no authorization request.')
    await authorize(mock, challenge)
    expect(mock).toHaveAuthorizedWithPkce()
    await authorize(mock, { ...challenge, code_challenge_method: 'plain' })
    await authorize(mock, {})
    const message = failure(() => expect(mock).toHaveAuthorizedWithPkce())
    expect(message).toContain(
      'Expected the client to authorize with PKCE by S256, but 2 of its 3 authorization requests had no code_challenge by S256.',
    )
    expect(message.match(/ r\d\)|\(r\d\)/g)).toEqual([' r2)', '(r3)'])
  })

  it('reads a request that was pushed', async () => {
    const mock = await open('standard')
    const { pushedRequestUrl = '', authorizeUrl, clientId, clientSecret = '', redirectUris } = mock.provider()
    const [redirect_uri = ''] = redirectUris
    const asked = {
      client_id: clientId,
      client_secret: clientSecret,
      response_type: 'code',
      scope: 'openid',
      redirect_uri,
    }
    const pushed = await mock.handle({
      method: 'POST',
      url: pushedRequestUrl,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: String(new URLSearchParams({ ...asked, state: 'of its own', ...challenge })),
    })
    const { request_uri } = JSON.parse(pushed.body)
    await mock.authorize(`${authorizeUrl}?${new URLSearchParams({ client_id: clientId, request_uri })}`)
    expect(mock.requests().map(({ endpoint }) => endpoint)).toEqual(['pushed-request', 'authorize'])
    expect(mock).toHaveAuthorizedWithPkce()
    expect(mock).toHaveSentState()
  })
})

describe('toHaveSentState', () => {
  it('wants a state of every authorization request', async () => {
    const mock = await open()
    expect(mock).not.toHaveSentState()
    await authorize(mock, { state: 'one' })
    expect(mock).toHaveSentState()
    await authorize(mock, {})
    expect(failure(() => expect(mock).toHaveSentState())).toContain(
      'but 1 of its 2 authorization requests had no state.',
    )
  })

  it('wants another one each time', async () => {
    const mock = await open()
    await authorize(mock, { state: 'always' })
    await authorize(mock, { state: 'other' })
    await authorize(mock, { state: 'always' })
    const message = failure(() => expect(mock).toHaveSentState())
    expect(message).toContain('but one state came back with 2 codes.')
    expect(message.match(/\(r\d\)/g)).toEqual(['(r1)', '(r3)'])
  })
})

describe('toHaveRevoked', () => {
  it('wants a revocation that the provider took', async () => {
    const mock = await open('standard')
    const { revokeUrl = '', clientId, clientSecret = '' } = mock.provider()
    const revoke = (secret: string, token: string) =>
      mock.handle({
        method: 'POST',
        url: revokeUrl,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: String(new URLSearchParams({ client_id: clientId, client_secret: secret, token })),
      })
    const { accessToken } = await mock.mint()
    expect(failure(() => expect(mock).toHaveRevoked())).toContain('but it never asked for one.')
    await revoke('wrong', accessToken)
    expect(failure(() => expect(mock).toHaveRevoked())).toContain('but no revocation was done.')
    await revoke(clientSecret, accessToken)
    expect(mock).toHaveRevoked()
  })
})

describe('toHaveCalledApi', () => {
  it('wants a call, answered by a status where one is named', async () => {
    const mock = await open()
    expect(failure(() => expect(mock).toHaveCalledApi())).toContain('but it never called it.')
    const { accessToken } = await mock.mint()
    await call(mock, 'made-up-made-up-made-up')
    expect(mock).toHaveCalledApi({ status: 401 })
    expect(failure(() => expect(mock).toHaveCalledApi({ status: 200 }))).toContain(
      'to call the API and be answered 200, but its call was answered otherwise.',
    )
    mock.faults.arm('api drop after')
    await call(mock, accessToken)
    expect(mock).not.toHaveCalledApi({ status: 200 })
    await call(mock, accessToken)
    expect(mock).toHaveCalledApi({ status: 200 })
  })
})

describe('toHaveBeenRefused', () => {
  it('wants a refusal by a rule, of a kind where one is named', async () => {
    const mock = await open()
    const { accessToken } = await mock.mint()
    mock.faults.arm('api error refusal=access_token_expired')
    await call(mock, accessToken)
    expect(mock).not.toHaveBeenRefused()
    await mock.clock.advance('61m')
    await call(mock, accessToken)
    expect(mock).toHaveBeenRefused()
    expect(mock).toHaveBeenRefused('access_token_expired')
    const message = failure(() => expect(mock).not.toHaveBeenRefused())
    expect(message).toContain('Expected the client not to be refused, but it was once.')
    expect(message.match(/\(explain r\d\)/g)).toEqual(['(explain r2)'])
    expect(failure(() => expect(mock).toHaveBeenRefused('refresh_token_reused'))).toContain(
      'but it was refused otherwise.',
    )
  })

  it('knows every kind, and names the one that was perhaps meant', async () => {
    const mock = await open()
    expect(() => expect(mock).not.toHaveBeenRefused('refresh_token_reusd' as never)).toThrow(
      'There is no refusal of the kind "refresh_token_reusd". Did you mean "refresh_token_reused"?',
    )
  })
})

describe('every matcher', () => {
  const names = Object.keys(oauthMatchers) as (keyof OAuthMatchers)[]

  it.each(names)('%s refuses what is no mock, also where the opposite is expected', async (name) => {
    const refused = (received: unknown, not: boolean) =>
      failure(() => {
        const matchers = not ? expect(received).not : expect(received)
        ;(matchers as unknown as Record<string, () => void>)[name]?.()
      })
    for (const not of [false, true]) {
      expect(refused({ requests: [] }, not)).toContain(
        `${name}() judges a mock: give expect() what createMockOAuth() made, or one of its worlds. It was given another object.`,
      )
      expect(refused(open(), not)).toContain('It was given a promise: await it.')
      expect(refused('eyJhbGciOi', not)).toContain('It was given a string.')
      expect(refused(undefined, not)).toContain('It was given undefined.')
    }
  })
})
