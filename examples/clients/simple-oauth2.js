// An app by simple-oauth2, as its README and its API reference show it.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { AuthorizationCode } from 'simple-oauth2'
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

serve('simple-oauth2', (env) => {
  const tokenUrl = new URL(env.tokenUrl)
  const authorizeUrl = new URL(env.authorizeUrl)
  const oauth = new AuthorizationCode({
    client: { id: env.clientId, secret: env.clientSecret },
    auth: {
      tokenHost: tokenUrl.origin,
      tokenPath: tokenUrl.pathname,
      authorizeHost: authorizeUrl.origin,
      authorizePath: authorizeUrl.pathname + authorizeUrl.search,
      ...(env.revokeUrl && { revokePath: new URL(env.revokeUrl).pathname }),
    },
    options: { authorizationMethod: env.clientAuth === 'basic' ? 'header' : 'body', bodyFormat: env.bodyFormat },
    http: { timeout: env.requestTimeoutMs },
  })
  const store = openStore(env.storeDir)
  const scope = env.scopes.join(' ')

  return {
    features: { multiLink: true, pkce: true, revoke: env.revokeUrl !== undefined },
    client: {
      begin({ session, link = 'default' }) {
        const verifier = randomBytes(32).toString('base64url')
        store.set(`session ${session}`, { link, verifier })
        const code_challenge = createHash('sha256').update(verifier).digest('base64url')
        const pkce = env.pkce ? { code_challenge, code_challenge_method: 'S256' } : {}
        return { url: oauth.authorizeURL({ redirect_uri: env.redirectUri, scope, state: randomUUID(), ...pkce }) }
      },
      async callback({ session, url }) {
        const { link = 'default', verifier } = store.get(`session ${session}`) ?? {}
        const code = new URL(url).searchParams.get('code') ?? ''
        try {
          const pkce = env.pkce ? { code_verifier: verifier } : {}
          store.set(link, await oauth.getToken({ code, redirect_uri: env.redirectUri, scope, ...pkce }))
          return { outcome: 'connected' }
        } catch (error) {
          logged(error)
          return failedCallback(told(error))
        }
      },
      async call({ link = 'default', ...asked }) {
        const stored = store.get(link)
        if (!stored) return notConnected
        try {
          let token = oauth.createToken(stored)
          if (token.expired()) {
            token = await token.refresh({ scope })
            store.set(link, token)
          }
          const headers = { authorization: `Bearer ${token.token.access_token}` }
          return answered(await fetch(env.apiUrl, { ...apiRequest(env, asked), headers }))
        } catch (error) {
          logged(error)
          return failedCall(told(error))
        }
      },
      async disconnect({ link = 'default' }) {
        try {
          if (env.revokeUrl) await oauth.createToken(store.get(link) ?? {}).revokeAll()
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
        const expiresAt = expires_at ? Date.parse(expires_at) / 1000 : null
        return { state: 'connected', account, expiresAt, ...(granted && { scopes: granted.split(' ') }) }
      },
    },
  }
})

/** The errors are those of Boom, whose own status stands for what went wrong on the way. @param {any} error */
const told = (error) => ({
  code: codeOf(error.data?.payload?.error),
  status: error.data?.res?.statusCode ?? error.output?.statusCode,
  unreached: isUnreached(error),
})
