import { createMockOAuth } from 'mock-oauth'
import { oauthHandlers } from 'mock-oauth/msw'
import { setupServer } from 'msw/node'
import * as openid from 'openid-client'
import { describe, expect, it, onTestFinished } from 'vitest'
import { libraries } from '../clients/libraries.ts'
import { liveThrough } from '../clients/life.ts'

/** A provider at its real hosts, within this process: nothing of a library is changed. */
async function played(provider: string, scopes?: string[]) {
  const mock = await createMockOAuth({
    providers: [provider],
    seed: 'libraries',
    ...(scopes && { client: { scopes } }),
  })
  const server = setupServer(...oauthHandlers(mock))
  server.listen({ onUnhandledRequest: 'error' })
  onTestFinished(async () => {
    server.close()
    await mock.close()
  })
  const approve = async (url: string) => (await mock.authorize(url)).redirectTo ?? expect.fail('no redirect')
  return { mock, approve }
}

describe.each(libraries)('$name at the real hosts', ({ login }) => {
  it('connects, calls, refreshes and disconnects', async () => {
    const { mock, approve } = await played('mekari')
    const mekari = mock.provider()
    expect(mekari.tokenUrl).toMatch(/^https:\/\/account\.mekari\.com\//)
    const started = await login(mekari)
    await liveThrough(started, await approve(started.url), mekari)
    const refused = mock.requests().flatMap(({ refusal }) => (refusal ? [refusal.kind] : []))
    expect(refused).toEqual(['code_used', 'refresh_token_reused', 'access_token_revoked', 'refresh_token_revoked'])
  })
})

describe('openid-client, which is told the real issuer alone', () => {
  it('discovers, connects, verifies the ID token and asks who signed in', async () => {
    const { mock, approve } = await played('mercury', ['openid', 'read', 'offline_access'])
    const { issuer = '', clientId, clientSecret } = mock.provider()
    const config = await openid.discovery(
      new URL(issuer),
      clientId,
      undefined,
      openid.ClientSecretBasic(clientSecret),
      { execute: [openid.enableNonRepudiationChecks] },
    )
    const checks = {
      pkceCodeVerifier: openid.randomPKCECodeVerifier(),
      expectedState: openid.randomState(),
      expectedNonce: openid.randomNonce(),
      idTokenExpected: true,
    }
    const url = openid.buildAuthorizationUrl(config, {
      redirect_uri: 'http://localhost:3000/callback',
      scope: 'openid offline_access',
      state: checks.expectedState,
      nonce: checks.expectedNonce,
      code_challenge: await openid.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
      code_challenge_method: 'S256',
    })
    const tokens = await openid.authorizationCodeGrant(config, new URL(await approve(url.href)), checks)
    const [person = expect.fail('nobody')] = await mock.users.list()
    expect(tokens.claims()).toMatchObject({ iss: issuer, sub: person.id, aud: [clientId] })
    expect(await openid.fetchUserInfo(config, tokens.access_token, person.id)).toMatchObject({ sub: person.id })
  })
})
