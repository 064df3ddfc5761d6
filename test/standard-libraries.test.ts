import { createMockOAuth, type MockOAuth } from 'mock-oauth'
import * as oauth from 'oauth4webapi'
import * as openid from 'openid-client'
import { describe, expect, it, onTestFinished } from 'vitest'

const redirectUri = 'http://localhost:3000/callback'
const scope = 'openid profile email offline_access'
const insecure = { [oauth.allowInsecureRequests]: true }

/** A server on which the provider stands behind its prefix beside another one, or alone at the root. */
async function served(where: 'prefix' | 'port') {
  const providers = where === 'prefix' ? ['standard', 'mekari'] : ['standard']
  const mock = await createMockOAuth({ providers })
  onTestFinished(() => mock.close())
  const { url } = await mock.listen({ port: 0 })
  const issuer = where === 'prefix' ? `${url}/standard` : url
  const play = async (at: URL | string): Promise<URL> => {
    const { redirectTo } = await mock.authorize(String(at), { decision: 'approve' })
    return new URL(redirectTo ?? expect.fail('no redirect'))
  }
  return { mock, url, issuer, play }
}

/** A fresh key pair of the client's, and its public half as the provider registers it. */
async function keysOf(alg: 'ES256' | 'Ed25519') {
  const { privateKey: key, publicKey } = await oauth.generateKeyPair(alg, { extractable: true })
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', publicKey)
  return { key, jwks: { keys: [{ kty, crv, x, ...(y && { y }), kid: 'k1' }] } }
}

/** Each way to authenticate, with the client that it is for. */
const methods: Readonly<
  Record<string, (mock: MockOAuth) => Promise<{ id: string; authentication: openid.ClientAuth }>>
> = {
  client_secret_basic: async (mock) => {
    const { clientId: id, clientSecret } = mock.provider('standard')
    return { id, authentication: openid.ClientSecretBasic(clientSecret) }
  },
  client_secret_post: async (mock) => {
    const { clientId: id, clientSecret } = mock.provider('standard')
    return { id, authentication: openid.ClientSecretPost(clientSecret) }
  },
  none: async (mock) => {
    const { id } = await mock.clients.register({ provider: 'standard', public: true })
    return { id, authentication: openid.None() }
  },
  private_key_jwt: async (mock) => {
    const { key, jwks } = await keysOf('ES256')
    const { id } = await mock.clients.register({ provider: 'standard', jwks })
    return { id, authentication: openid.PrivateKeyJwt({ key, kid: 'k1' }) }
  },
}

describe.each(['prefix', 'port'] as const)('at a server, by its %s', (where) => {
  it.each(['oidc', 'oauth2'] as const)('openid-client discovers it as %s says', async (algorithm) => {
    const { issuer, mock } = await served(where)
    const { clientId } = mock.provider('standard')
    const options = { execute: [openid.allowInsecureRequests], algorithm }
    const config = await openid.discovery(new URL(issuer), clientId, undefined, openid.None(), options)
    expect(config.serverMetadata().issuer).toBe(issuer)
    expect(config.serverMetadata().token_endpoint).toBe(`${issuer}/token`)
  })

  it('each form of the well-known URL leads to the same document', async () => {
    const { issuer, url } = await served(where)
    const path = issuer.slice(url.length)
    const documents = await Promise.all(
      ['openid-configuration', 'oauth-authorization-server']
        .flatMap((name) => [`${issuer}/.well-known/${name}`, `${url}/.well-known/${name}${path}`])
        .map(async (at) => (await fetch(at)).text()),
    )
    expect(new Set(documents).size).toBe(1)
    expect(JSON.parse(documents[0] ?? '')).toMatchObject({ issuer })
  })

  it.each(Object.entries(methods))('openid-client connects by %s, and all that follows', async (_, method) => {
    const { mock, issuer, play } = await served(where)
    const { id, authentication } = await method(mock)
    const config = await openid.discovery(new URL(issuer), id, undefined, authentication, {
      execute: [openid.allowInsecureRequests, openid.enableNonRepudiationChecks],
    })
    const checks = {
      pkceCodeVerifier: openid.randomPKCECodeVerifier(),
      expectedState: openid.randomState(),
      expectedNonce: openid.randomNonce(),
      maxAge: 60,
      idTokenExpected: true,
    }
    const asked = openid.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope,
      state: checks.expectedState,
      nonce: checks.expectedNonce,
      max_age: '60',
      code_challenge: await openid.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
      code_challenge_method: 'S256',
    })
    const tokens = await openid.authorizationCodeGrant(config, await play(asked), checks)
    const [person = expect.fail('nobody')] = await mock.users.list()
    const { id: sub, name, email } = person
    expect(tokens.claims()).toMatchObject({ iss: issuer, sub, aud: id, nonce: checks.expectedNonce })
    expect(await openid.fetchUserInfo(config, tokens.access_token, sub)).toEqual({
      sub,
      name,
      email,
      email_verified: true,
    })
    const renewed = await openid.refreshTokenGrant(config, tokens.refresh_token ?? '')
    expect(renewed.claims()).toMatchObject({ iss: issuer, sub })
    await openid.tokenRevocation(config, renewed.refresh_token ?? '')
    await expect(openid.refreshTokenGrant(config, renewed.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    })
  })

  it('openid-client gets tokens for the client itself', async () => {
    const { mock, issuer } = await served(where)
    const { id, authentication } = (await methods.private_key_jwt?.(mock)) ?? expect.fail('no method')
    const config = await openid.discovery(new URL(issuer), id, undefined, authentication, {
      execute: [openid.allowInsecureRequests],
    })
    const granted = await openid.clientCredentialsGrant(config, { scope: 'profile' })
    expect(granted).toMatchObject({ token_type: 'bearer', expires_in: 3600, scope: 'profile' })
    expect(granted.refresh_token).toBeUndefined()
  })

  it('oauth4webapi pushes its request, checks who answers, and asks what its token is good for', async () => {
    const { mock, issuer, play } = await served(where)
    const { key, jwks } = await keysOf('Ed25519')
    const { id } = await mock.clients.register({ provider: 'standard', jwks })
    const client: oauth.Client = { client_id: id }
    const authentication = oauth.PrivateKeyJwt({ key, kid: 'k1' })
    const found = await oauth.discoveryRequest(new URL(issuer), { algorithm: 'oauth2', ...insecure })
    const server = await oauth.processDiscoveryResponse(new URL(issuer), found)

    const verifier = oauth.generateRandomCodeVerifier()
    const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()]
    const asked = new URLSearchParams({
      response_type: 'code',
      redirect_uri: redirectUri,
      scope,
      state,
      nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    })
    const pushing = await oauth.pushedAuthorizationRequest(server, client, authentication, asked, insecure)
    const pushed = await oauth.processPushedAuthorizationResponse(server, client, pushing)
    expect(pushed.expires_in).toBe(600)
    const at = new URL(server.authorization_endpoint ?? '')
    at.search = String(new URLSearchParams({ client_id: id, request_uri: pushed.request_uri }))

    const callback = oauth.validateAuthResponse(server, client, await play(at), state)
    const exchanged = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      authentication,
      callback,
      redirectUri,
      verifier,
      insecure,
    )
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, exchanged, {
      expectedNonce: nonce,
      requireIdToken: true,
    })
    await oauth.validateApplicationLevelSignature(server, exchanged, insecure)

    const asking = await oauth.introspectionRequest(server, client, authentication, tokens.access_token, insecure)
    const told = await oauth.processIntrospectionResponse(server, client, asking)
    const claims = oauth.getValidatedIdTokenClaims(tokens)
    expect(told).toMatchObject({
      active: true,
      client_id: id,
      scope,
      iss: issuer,
      sub: claims?.sub,
      token_type: 'Bearer',
    })

    await mock.clock.advance('61m')
    const later = await oauth.introspectionRequest(server, client, authentication, tokens.access_token, insecure)
    expect(await oauth.processIntrospectionResponse(server, client, later)).toEqual({ active: false })
  })

  it('oauth4webapi hears of a wrong issuer in the callback', async () => {
    const { mock, issuer, play } = await served(where)
    const { clientId: client_id } = mock.provider('standard')
    const found = await oauth.discoveryRequest(new URL(issuer), insecure)
    const server = await oauth.processDiscoveryResponse(new URL(issuer), found)
    const asked = new URL(server.authorization_endpoint ?? '')
    asked.search = String(
      new URLSearchParams({
        client_id,
        response_type: 'code',
        redirect_uri: redirectUri,
        state: 'xyz',
        code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
        code_challenge_method: 'S256',
      }),
    )
    const callback = await play(asked)
    expect(callback.searchParams.get('iss')).toBe(issuer)
    callback.searchParams.set('iss', 'https://attacker.example')
    expect(() => oauth.validateAuthResponse(server, { client_id }, callback, 'xyz')).toThrow('unexpected "iss"')
  })
})
