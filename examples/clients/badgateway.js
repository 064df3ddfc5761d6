// An app by @badgateway/oauth2-client, as its README shows it: its fetch wrapper refreshes.
import { randomUUID } from 'node:crypto'
import { generateCodeVerifier, OAuth2Client, OAuth2Fetch } from '@badgateway/oauth2-client'
import {
  answered,
  apiRequest,
  codeOf,
  failedCall,
  failedCallback,
  isUnreached,
  logged,
  notConnected,
  openStore,
  serve,
} from './shell.js'

serve('@badgateway/oauth2-client', (env) => {
  const oauth = new OAuth2Client({
    server: new URL(env.tokenUrl).origin,
    clientId: env.clientId,
    ...(env.clientAuth !== 'none' && { clientSecret: env.clientSecret }),
    authorizationEndpoint: env.authorizeUrl,
    tokenEndpoint: env.tokenUrl,
    ...(env.revokeUrl && { revocationEndpoint: env.revokeUrl }),
    authenticationMethod: env.clientAuth === 'basic' ? 'client_secret_basic' : 'client_secret_post',
  })
  const store = openStore(env.storeDir)
  /** @type {Map<string, OAuth2Fetch>} */
  const wrappers = new Map()
  const wrapperOf = (/** @type {string} */ link) => {
    const wrapper =
      wrappers.get(link) ??
      new OAuth2Fetch({
        client: oauth,
        getNewToken: () => null, // a person has to connect
        getStoredToken: () => store.get(link) ?? null,
        storeToken: (token) => store.set(link, token),
      })
    wrappers.set(link, wrapper)
    return wrapper
  }

  return {
    features: { multiLink: true, pkce: true, revoke: env.revokeUrl !== undefined },
    client: {
      async begin({ session, link = 'default' }) {
        const state = randomUUID()
        const codeVerifier = await generateCodeVerifier()
        store.set(`session ${session}`, { link, state, codeVerifier })
        const asked = { redirectUri: env.redirectUri, state, codeVerifier, scope: [...env.scopes] }
        return { url: await oauth.authorizationCode.getAuthorizeUri(asked) }
      },
      async callback({ session, url }) {
        const begun = store.get(`session ${session}`)
        if (!begun) return { outcome: 'rejected', code: 'no_session' }
        const { link, state, codeVerifier } = begun
        try {
          const sent = { redirectUri: env.redirectUri, state, codeVerifier }
          store.set(link, await oauth.authorizationCode.getTokenFromCodeRedirect(url, sent))
          wrappers.delete(link)
          return { outcome: 'connected' }
        } catch (error) {
          logged(error)
          return failedCallback(told(error))
        }
      },
      async call({ link = 'default', ...asked }) {
        if (!store.get(link)) return notConnected
        try {
          return answered(await wrapperOf(link).fetch(env.apiUrl, apiRequest(env, asked)))
        } catch (error) {
          logged(error)
          return failedCall(told(error))
        }
      },
      async disconnect({ link = 'default' }) {
        try {
          if (env.revokeUrl) await oauth.revoke(store.get(link), 'refresh_token')
          store.set(link, undefined)
          wrappers.delete(link)
          return { result: env.revokeUrl ? 'revoked' : 'removed' }
        } catch (error) {
          logged(error)
          return { result: 'pending', code: told(error).code ?? 'failed' }
        }
      },
      status({ link = 'default' }) {
        const stored = store.get(link)
        if (!stored) return { state: 'disconnected' }
        const { expiresAt, scope, extraParams = {} } = stored
        const ends = expiresAt === null ? null : expiresAt / 1000
        return { state: 'connected', account: extraParams, expiresAt: ends, ...(scope && { scopes: scope }) }
      },
    },
  }
})

/** @param {any} error */
const told = (error) => ({
  code: codeOf(error.oauth2Code),
  status: error.httpCode,
  unreached: isUnreached(error),
})
