import { createMockOAuth } from 'mock-oauth'
import * as openid from 'openid-client'
import { expect, it } from 'vitest'

it('signs in by openid-client, in a browser and on a device', async () => {
  await using mock = await createMockOAuth({ providers: ['standard'] })
  const { url } = await mock.listen({ port: 0 })
  const { clientId, clientSecret } = mock.provider('standard')
  const config = await openid.discovery(new URL(`${url}/standard`), clientId, clientSecret, undefined, {
    execute: [openid.allowInsecureRequests], // http, as nowhere else
  })

  const pkceCodeVerifier = openid.randomPKCECodeVerifier()
  const asked = openid.buildAuthorizationUrl(config, {
    redirect_uri: 'http://localhost:3000/callback',
    scope: 'openid email offline_access',
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  })
  const { redirectTo = '' } = await mock.authorize(asked.href, { decision: 'approve' })
  const tokens = await openid.authorizationCodeGrant(config, new URL(redirectTo), { pkceCodeVerifier })
  const person = await openid.fetchUserInfo(config, tokens.access_token, tokens.claims()?.sub ?? '')
  expect(person.email).toContain('@')

  const device = await openid.initiateDeviceAuthorization(config, { scope: 'openid' })
  await mock.authorize(device.verification_uri_complete ?? '', { decision: 'approve' })
  expect(await openid.pollDeviceAuthorizationGrant(config, device)).toHaveProperty('access_token')
})
