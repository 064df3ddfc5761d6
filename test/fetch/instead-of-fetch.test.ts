import { createMockOAuth } from 'mock-oauth'
import { oauthFetch } from 'mock-oauth/fetch'
import * as oauth from 'oauth4webapi'
import * as openid from 'openid-client'
import { describe, expect, it, onTestFinished } from 'vitest'
import { played } from './stage.ts'

const redirectUri = 'http://localhost:3000/callback'

async function standard() {
  const mock = await createMockOAuth({ providers: ['standard'], seed: 'instead' })
  onTestFinished(() => mock.close())
  const play = async (url: URL) => new URL((await mock.authorize(url.href)).redirectTo ?? expect.fail('no redirect'))
  return { mock, fetch: oauthFetch(mock), play, ...mock.provider() }
}

describe('in place of fetch', () => {
  it('takes a URL as text and as an object, and a Request, with and without init', async () => {
    const { mock, fetch, tokenUrl, refreshOf } = await played()
    const next = async () => refreshOf((await mock.mint()).refreshToken)
    expect((await fetch(tokenUrl, await next())).status).toBe(200)
    expect((await fetch(new URL(tokenUrl), await next())).status).toBe(200)
    expect((await fetch(new Request(tokenUrl, await next()))).status).toBe(200)
    expect((await fetch(new Request(tokenUrl), await next())).status).toBe(200)
    expect((await fetch(new Request(tokenUrl, await next()), { method: 'PUT' })).status).toBe(405)
    await expect(fetch('no URL')).rejects.toThrow(TypeError)
  })

  it('answers a redirect, and does not follow it', async () => {
    const { mock, fetch } = await played({ consent: 'approve' })
    const { authorizeUrl, clientId: client_id, scopes } = mock.provider()
    const asked = new URLSearchParams({ client_id, response_type: 'code', scope: scopes.join(' ') })
    const { status, headers } = await fetch(`${authorizeUrl}?${asked}`)
    expect([status, headers.get('location')]).toEqual([302, expect.stringContaining(`${redirectUri}?code=`)])
  })

  it('serves openid-client, which discovers, connects, refreshes and revokes', async () => {
    const { issuer = '', clientId, clientSecret, fetch, play, mock } = await standard()
    const config = await openid.discovery(
      new URL(issuer),
      clientId,
      undefined,
      openid.ClientSecretBasic(clientSecret),
      {
        [openid.customFetch]: fetch,
      },
    )
    const verifier = openid.randomPKCECodeVerifier()
    const state = openid.randomState()
    const url = openid.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: 'openid offline_access',
      state,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    })
    const checks = { pkceCodeVerifier: verifier, expectedState: state }
    const tokens = await openid.authorizationCodeGrant(config, await play(url), checks)
    const renewed = await openid.refreshTokenGrant(config, tokens.refresh_token ?? '')
    await openid.tokenRevocation(config, renewed.refresh_token ?? '')
    await expect(openid.refreshTokenGrant(config, renewed.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    })
    expect(mock.explain().kind).toBe('refresh_token_revoked')
  })

  it('serves oauth4webapi', async () => {
    const { issuer = '', clientId: client_id, clientSecret = '', fetch, mock } = await standard()
    const by = { [oauth.customFetch]: fetch }
    const found = await oauth.discoveryRequest(new URL(issuer), by)
    const server = await oauth.processDiscoveryResponse(new URL(issuer), found)
    const { refreshToken = '' } = await mock.mint()
    const authentication = oauth.ClientSecretBasic(clientSecret)
    const answer = await oauth.refreshTokenGrantRequest(server, { client_id }, authentication, refreshToken, by)
    const tokens = await oauth.processRefreshTokenResponse(server, { client_id }, answer)
    expect(tokens.refresh_token).not.toBe(refreshToken)
  })
})
