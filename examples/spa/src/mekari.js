// The integration itself: nothing here knows of a mock.
import * as oauth from 'oauth4webapi'

const server = {
  issuer: 'https://account.mekari.com',
  authorization_endpoint: 'https://account.mekari.com/auth',
  token_endpoint: 'https://account.mekari.com/auth/oauth2/token',
}
const api = 'https://api.mekari.com/v1/me'
const client = { client_id: 'payroll-sync' }
const redirectUri = `${location.origin}/callback`
// Mekari wants the scope of the login again with each token request.
const scope = 'esign sso:profile'
const sameScope = { additionalParameters: { scope } }

const kept = (name) => JSON.parse(sessionStorage.getItem(name) ?? 'null')
const keep = (name, value) => sessionStorage.setItem(name, JSON.stringify(value))

/** The tokens, while connected. */
export const tokens = () => kept('tokens')

/** Where the browser is sent to connect. */
export async function loginUrl() {
  const [state, verifier] = [oauth.generateRandomState(), oauth.generateRandomCodeVerifier()]
  keep('login', { state, verifier })
  const url = new URL(server.authorization_endpoint)
  url.search = new URLSearchParams({
    client_id: client.client_id,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope,
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })
  return url.href
}

/** Takes the callback that the browser came back with. */
export async function finishLogin(callback) {
  const login = kept('login')
  sessionStorage.removeItem('login')
  const parameters = oauth.validateAuthResponse(server, client, new URL(callback), login?.state ?? '')
  const answer = await oauth.authorizationCodeGrantRequest(
    ...[server, client, oauth.None(), parameters, redirectUri, login.verifier, sameScope],
  )
  keep('tokens', await oauth.processAuthorizationCodeResponse(server, client, answer))
}

/** Replaces both tokens; each refresh token works once. */
export async function refresh() {
  const { refresh_token } = tokens()
  const answer = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), refresh_token, sameScope)
  keep('tokens', await oauth.processRefreshTokenResponse(server, client, answer))
}

const call = (method, url) => oauth.protectedResourceRequest(tokens().access_token, method, new URL(url))
const isExpired = (error) => error instanceof oauth.WWWAuthenticateChallengeError && error.status === 401

/** Who has connected. */
export async function whoAmI() {
  const answer = await call('GET', api).catch(async (error) => {
    if (!isExpired(error)) throw error
    await refresh()
    return call('GET', api)
  })
  return answer.json()
}

/** Ends the connection at Mekari, and forgets it here. */
export async function logOut() {
  await call('DELETE', server.token_endpoint)
  sessionStorage.removeItem('tokens')
}
