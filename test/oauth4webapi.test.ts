import { createMockOAuth } from 'mock-oauth'
import * as oauth from 'oauth4webapi'
import { describe, expect, it, onTestFinished } from 'vitest'

const insecure = { [oauth.allowInsecureRequests]: true }

/** The standard provider on a port of its own, or behind its prefix beside another; oauth4webapi discovers it there and knows nothing else of it. */
async function discovered(path: string) {
  const mock = await createMockOAuth({ providers: path === '' ? ['standard'] : ['standard', 'mekari'] })
  onTestFinished(() => mock.close())
  const listening = await mock.listen({ port: 0 })
  const { clientId, clientSecret = '' } = listening.provider('standard')
  const issuer = new URL(listening.url + path)
  const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure))
  const client: oauth.Client = { client_id: clientId }
  return { mock, base: listening.url + path, server, client, authentication: oauth.ClientSecretBasic(clientSecret) }
}

describe.each([
  { at: 'the root', path: '' },
  { at: 'the prefix', path: '/standard' },
])('oauth4webapi at $at', ({ path }) => {
  it('connects a device, and takes its ID token', async () => {
    const { mock, base, server, client, authentication } = await discovered(path)
    const parameters = { scope: 'openid offline_access' }
    const asked = await oauth.deviceAuthorizationRequest(server, client, authentication, parameters, insecure)
    const device = await oauth.processDeviceAuthorizationResponse(server, client, asked)
    expect(device).toMatchObject({
      verification_uri: `${base}/device`,
      verification_uri_complete: `${base}/device?user_code=${device.user_code}`,
      expires_in: 1800,
      interval: 5,
    })
    const poll = async () => {
      const answer = await oauth.deviceCodeGrantRequest(server, client, authentication, device.device_code, insecure)
      return oauth.processDeviceCodeResponse(server, client, answer)
    }
    await expect(poll()).rejects.toMatchObject({ error: 'authorization_pending' })
    await expect(poll()).rejects.toMatchObject({ error: 'slow_down' })
    expect(await mock.authorize(device.verification_uri_complete ?? '')).toEqual({ device: 'approved' })
    const tokens = await poll()
    const [person] = await mock.users.list()
    expect(oauth.getValidatedIdTokenClaims(tokens)).toMatchObject({ iss: base, sub: person?.id })
    expect(tokens.refresh_token).toBeDefined()
    await expect(poll()).rejects.toMatchObject({ error: 'invalid_grant' })
  })

  it('learns that the person denied', async () => {
    const { mock, server, client, authentication } = await discovered(path)
    const asked = await oauth.deviceAuthorizationRequest(server, client, authentication, {}, insecure)
    const device = await oauth.processDeviceAuthorizationResponse(server, client, asked)
    await mock.authorize(device.verification_uri_complete ?? '', { decision: 'deny' })
    const answer = await oauth.deviceCodeGrantRequest(server, client, authentication, device.device_code, insecure)
    await expect(oauth.processDeviceCodeResponse(server, client, answer)).rejects.toMatchObject({
      error: 'access_denied',
    })
  })
})
