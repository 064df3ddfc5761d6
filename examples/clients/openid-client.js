// An app by openid-client, as its README and its reference show it.
import * as openid from 'openid-client'
import {
  answered,
  codeOf,
  failedCall,
  failedCallback,
  isHere,
  isUnreached,
  logged,
  notConnected,
  openStore,
  serve,
} from './shell.js'

serve('openid-client', (env) => {
  const config = new openid.Configuration(
    {
      issuer: env.issuer ?? new URL(env.authorizeUrl).origin,
      authorization_endpoint: env.authorizeUrl,
      token_endpoint: env.tokenUrl,
      ...(env.revokeUrl && { revocation_endpoint: env.revokeUrl }),
      ...(env.issuer && { authorization_response_iss_parameter_supported: true }),
    },
    env.clientId,
    undefined,
    env.clientAuth === 'none'
      ? openid.None()
      : env.clientAuth === 'basic'
        ? openid.ClientSecretBasic(env.clientSecret)
        : openid.ClientSecretPost(env.clientSecret),
  )
  config.timeout = env.requestTimeoutMs / 1000
  if (isHere(env.tokenUrl)) openid.allowInsecureRequests(config)
  const store = openStore(env.storeDir)
  const scope = env.scopes.join(' ')
  const ifAsked = (/** @type {string[]} */ ...providers) => (providers.includes(env.provider) ? { scope } : {})
  const keep = (/** @type {string} */ link, /** @type {openid.TokenEndpointResponse} */ tokens) => {
    const expiresIn = tokens.expires_in
    store.set(link, { ...tokens, expires_at: expiresIn === undefined ? null : Date.now() / 1000 + expiresIn })
  }

  return {
    features: { multiLink: true, pkce: true, revoke: env.revokeUrl !== undefined },
    client: {
      async begin({ session, link = 'default' }) {
        const verifier = openid.randomPKCECodeVerifier()
        const code_challenge = await openid.calculatePKCECodeChallenge(verifier)
        const asked = { redirect_uri: env.redirectUri, scope, code_challenge, code_challenge_method: 'S256' }
        const state = config.serverMetadata().supportsPKCE() ? undefined : openid.randomState()
        store.set(`session ${session}`, { link, verifier, state })
        return { url: openid.buildAuthorizationUrl(config, { ...asked, ...(state && { state }) }).href }
      },
      async callback({ session, url }) {
        const { link = 'default', verifier, state } = store.get(`session ${session}`) ?? {}
        try {
          const checks = { pkceCodeVerifier: verifier, expectedState: state }
          keep(link, await openid.authorizationCodeGrant(config, new URL(url), checks, ifAsked('mekari')))
          return { outcome: 'connected' }
        } catch (error) {
          logged(error)
          return failedCallback(told(error))
        }
      },
      async call({ link = 'default', method = 'GET', body = null }) {
        let tokens = store.get(link)
        if (!tokens) return notConnected
        try {
          if (tokens.expires_at && tokens.expires_at <= Date.now() / 1000) {
            keep(link, await openid.refreshTokenGrant(config, tokens.refresh_token, ifAsked('mekari', 'mercury')))
            tokens = store.get(link)
          }
          const url = new URL(env.apiUrl)
          return answered(await openid.fetchProtectedResource(config, tokens.access_token, url, method, body))
        } catch (error) {
          logged(error)
          return failedCall(told(error))
        }
      },
      async disconnect({ link = 'default' }) {
        try {
          const { refresh_token = '' } = store.get(link) ?? {}
          // Finexer's page: the refresh token by its own name
          const named = env.provider === 'finexer' ? { refresh_token } : {}
          if (env.revokeUrl) await openid.tokenRevocation(config, refresh_token, named)
          store.set(link, undefined)
          return { result: env.revokeUrl ? 'revoked' : 'removed' }
        } catch (error) {
          logged(error)
          return { result: 'pending', code: told(error).code ?? 'failed' }
        }
      },
      status({ link = 'default' }) {
        const stored = store.get(link)
        if (!stored) return { state: 'disconnected' }
        const {
          access_token,
          token_type,
          refresh_token,
          id_token,
          expires_in,
          expires_at,
          scope: granted,
          ...account
        } = stored
        return { state: 'connected', account, expiresAt: expires_at, ...(granted && { scopes: granted.split(' ') }) }
      },
    },
  }
})

/** @param {any} error */
const told = (error) => ({
  code: codeOf(error.error ?? error.code),
  status: error.status ?? error.cause?.status,
  unreached: isUnreached(error),
})
