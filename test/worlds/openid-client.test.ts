import * as openid from 'openid-client'
import { describe, expect, it } from 'vitest'
import { serve } from './served.ts'

const redirectUri = 'http://localhost:3000/callback'
const scope = 'openid email offline_access'

describe('openid-client, told the issuer of a world', () => {
  it.each([
    [['standard', 'mekari'], '/~checkout-7/standard', 'oidc'],
    [['standard', 'mekari'], '/~checkout-7/standard', 'oauth2'],
    [['standard'], '/~checkout-7', 'oauth2'],
  ] as const)('goes the whole way, playing %s at %s, found as %s says', async (providers, path, algorithm) => {
    const { mock, url } = await serve(providers)
    const world = await mock.world('checkout-7')
    const { clientId, clientSecret } = world.provider('standard')
    const issuer = `${url}${path}`
    const config = await openid.discovery(new URL(issuer), clientId, clientSecret, undefined, {
      execute: [openid.allowInsecureRequests, openid.enableNonRepudiationChecks],
      algorithm,
    })
    expect(config.serverMetadata().issuer).toBe(issuer)

    const checks = { pkceCodeVerifier: openid.randomPKCECodeVerifier(), expectedState: openid.randomState() }
    const asked = openid.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope,
      state: checks.expectedState,
      code_challenge: await openid.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
      code_challenge_method: 'S256',
    })
    const { redirectTo = '' } = await world.authorize(asked.href)
    const tokens = await openid.authorizationCodeGrant(config, new URL(redirectTo), checks)
    const [person] = await world.users.list()
    expect(tokens.claims()).toMatchObject({ iss: issuer, sub: person?.id })
    await openid.fetchUserInfo(config, tokens.access_token, person?.id ?? '')
    const renewed = await openid.refreshTokenGrant(config, tokens.refresh_token ?? '')
    expect(await openid.tokenIntrospection(config, renewed.access_token)).toMatchObject({ active: true })
    await openid.tokenRevocation(config, renewed.refresh_token ?? '')
    expect(await openid.tokenIntrospection(config, renewed.access_token)).toEqual({ active: false })
    expect(mock.requests()).toEqual([])
    expect(world.requests().length).toBeGreaterThan(8)
  })
})
