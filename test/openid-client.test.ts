import { createMockOAuth, type MockOAuthOptions } from 'mock-oauth'
import * as openid from 'openid-client'
import { describe, expect, it, onTestFinished } from 'vitest'

const redirectUri = 'http://localhost:3000/callback'

/** Mercury on a port, and openid-client, which has discovered it, knows nothing else of it and verifies signatures. */
async function discovered(options: Partial<MockOAuthOptions> = {}, algorithm: 'oidc' | 'oauth2' = 'oidc') {
  const scopes = ['openid', 'read', 'offline_access']
  const mock = await createMockOAuth({ providers: ['mercury', 'mekari'], client: { scopes }, ...options })
  onTestFinished(() => mock.close())
  const server = await mock.listen({ port: 0 })
  const { issuer = '', clientId, clientSecret, apiUrl } = server.provider('mercury')
  const config = await openid.discovery(
    new URL(algorithm === 'oidc' ? issuer : `${server.url}/.well-known/openid-configuration/mercury`),
    clientId,
    undefined,
    openid.ClientSecretBasic(clientSecret),
    { execute: [openid.allowInsecureRequests, openid.enableNonRepudiationChecks], algorithm },
  )
  const play = async (url: URL): Promise<URL> => {
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ url })
    const answer = await fetch(`${server.url}/_mock/authorize`, { method: 'POST', headers, body })
    return new URL(((await answer.json()) as { redirectTo: string }).redirectTo)
  }
  return { mock, issuer, config, apiUrl, play }
}

async function login({ config, play }: Awaited<ReturnType<typeof discovered>>, scope: string) {
  const checks = {
    pkceCodeVerifier: openid.randomPKCECodeVerifier(),
    expectedState: openid.randomState(),
    expectedNonce: openid.randomNonce(),
  }
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope,
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    code_challenge: await openid.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
    code_challenge_method: 'S256',
  })
  return { checks, callback: await play(url) }
}

describe('openid-client, which is told the issuer alone', () => {
  it('connects, verifies the ID token, asks who signed in, calls, refreshes and revokes', async () => {
    const played = await discovered()
    const { mock, issuer, config, apiUrl } = played
    const { checks, callback } = await login(played, 'openid read offline_access')
    const tokens = await openid.authorizationCodeGrant(config, callback, { ...checks, idTokenExpected: true })
    const [person] = await mock.users.list()
    expect(tokens.claims()).toMatchObject({ iss: issuer, sub: person?.id, nonce: checks.expectedNonce })
    expect(await openid.fetchUserInfo(config, tokens.access_token, person?.id ?? '')).toEqual({ sub: person?.id })
    const api = await openid.fetchProtectedResource(config, tokens.access_token, new URL(apiUrl), 'GET')
    expect(api.status).toBe(200)

    const scope = 'openid read offline_access'
    const renewed = await openid.refreshTokenGrant(config, tokens.refresh_token ?? '', { scope })
    expect(renewed.claims()).toMatchObject({ iss: issuer, sub: person?.id })
    await openid.tokenRevocation(config, renewed.refresh_token ?? '')
    await expect(openid.refreshTokenGrant(config, renewed.refresh_token ?? '', { scope })).rejects.toMatchObject({
      error: 'invalid_grant',
    })
  })

  it('does not connect with the nonce of another login', async () => {
    const played = await discovered()
    const { checks, callback } = await login(played, 'openid read')
    const other = { ...checks, expectedNonce: openid.randomNonce() }
    await expect(openid.authorizationCodeGrant(played.config, callback, other)).rejects.toThrow(
      'unexpected JWT claim value encountered',
    )
  })

  it('finds the same by the address that stands at the root', async () => {
    const { config, issuer } = await discovered({}, 'oauth2')
    expect(config.serverMetadata().issuer).toBe(issuer)
  })

  it('learns why its login was not taken', async () => {
    const played = await discovered({ consent: 'approve' })
    const url = openid.buildAuthorizationUrl(played.config, {
      redirect_uri: redirectUri,
      scope: 'read',
      state: 'short',
    })
    const callback = await played.play(url)
    await expect(
      openid.authorizationCodeGrant(played.config, callback, { expectedState: 'short' }),
    ).rejects.toMatchObject({ error: 'invalid_state' })
  })
})
