import type { PlayedProvider } from 'mock-oauth'
import * as openid from 'openid-client'
import { AuthorizationCode } from 'simple-oauth2'

/** What a library keeps after it has connected. */
export interface Connection {
  readonly accessToken: string
  readonly refreshToken: string
  readonly tokenType: string
}

/** One login by a library that people use, driven as its own documentation shows. */
export interface Login {
  /** Where the person is sent. */
  readonly url: string
  /** Exchanges the code of the callback. */
  finish(callback: string): Promise<Connection>
  refresh(connection: Connection): Promise<Connection>
}

/** An OAuth client library. */
export interface Library {
  readonly name: string
  login(provider: PlayedProvider): Promise<Login>
}

const openidClient: Library = {
  name: 'openid-client',
  async login({ baseUrl, authorizeUrl, tokenUrl, clientId, clientSecret, redirectUris, scopes }) {
    const server = { issuer: baseUrl, authorization_endpoint: authorizeUrl, token_endpoint: tokenUrl }
    const config = new openid.Configuration(server, clientId, undefined, openid.ClientSecretPost(clientSecret))
    openid.allowInsecureRequests(config)
    const [state, verifier, scope] = [openid.randomState(), openid.randomPKCECodeVerifier(), scopes.join(' ')]
    const url = openid.buildAuthorizationUrl(config, {
      redirect_uri: redirectUris[0] ?? '',
      scope,
      state,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    })
    const checks = { expectedState: state, pkceCodeVerifier: verifier }
    return {
      url: url.href,
      finish: async (callback) =>
        connectionOf(await openid.authorizationCodeGrant(config, new URL(callback), checks, { scope })),
      refresh: async ({ refreshToken }) =>
        connectionOf(await openid.refreshTokenGrant(config, refreshToken, { scope })),
    }
  },
}

const simpleOAuth2 = (bodyFormat: 'json' | 'form', authorizationMethod: 'body' | 'header'): Library => ({
  name: `simple-oauth2 (${bodyFormat}, credentials in the ${authorizationMethod})`,
  async login({ authorizeUrl, tokenUrl, clientId, clientSecret, redirectUris, scopes }) {
    const client = new AuthorizationCode({
      client: { id: clientId, secret: clientSecret ?? '' },
      auth: {
        tokenHost: new URL(tokenUrl).origin,
        tokenPath: new URL(tokenUrl).pathname,
        authorizePath: new URL(authorizeUrl).pathname,
      },
      options: { bodyFormat, authorizationMethod },
    })
    const [redirect_uri = '', scope, state] = [redirectUris[0], scopes.join(' '), crypto.randomUUID()]
    return {
      url: client.authorizeURL({ redirect_uri, scope, state }),
      async finish(callback) {
        const returned = new URL(callback).searchParams
        if (returned.get('state') !== state) throw new Error('the state is not ours')
        const { token } = await client.getToken({ code: returned.get('code') ?? '', redirect_uri, scope })
        return connectionOf(token)
      },
      async refresh({ refreshToken }) {
        const before = client.createToken({ refresh_token: refreshToken })
        return connectionOf((await before.refresh({ scope: [...scopes] })).token)
      },
    }
  },
})

/** The libraries that must get along with the mock. */
export const libraries: readonly Library[] = [
  openidClient,
  simpleOAuth2('json', 'body'),
  simpleOAuth2('form', 'header'),
]

function connectionOf(tokens: { readonly [key: string]: unknown }): Connection {
  return {
    accessToken: String(tokens.access_token),
    refreshToken: String(tokens.refresh_token),
    tokenType: String(tokens.token_type),
  }
}
