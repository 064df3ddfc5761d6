import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { MockOAuth } from 'mock-oauth'
import { challenge } from '../pkce.ts'
import { browse, hidden } from '../suites/browse.ts'

/** What a form for access asks for. */
const application = {
  companyName: 'Ledgerly',
  companyWebsite: 'https://ledgerly.example',
  companyAddress: '1 Main Street, Springfield',
  companyDescription: 'Bookkeeping for small companies',
  product: 'A ledger that fills itself',
  intendedUse: 'Reads accounts and transactions once an hour',
}

/** What begins at the provider that has all there is to begin. */
export function createDoor(mock: MockOAuth) {
  const {
    authorizeUrl,
    tokenUrl,
    pushedRequestUrl = '',
    deviceAuthorizationUrl = '',
    client,
  } = mock.provider('standard')
  const { clientId, clientSecret = '', redirectUris } = client
  const asked = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUris[0] ?? '',
    scope: 'openid offline_access',
    ...challenge,
  }
  const url = `${authorizeUrl}?${new URLSearchParams(asked)}`
  const post = (
    to: string,
    fields: Record<string, string>,
    authorization = `Basic ${btoa(`${clientId}:${clientSecret}`)}`,
  ) =>
    mock.handle({
      method: 'POST',
      url: to,
      headers: { ...(authorization && { authorization }), 'content-type': 'application/x-www-form-urlencoded' },
      body: String(new URLSearchParams(fields)),
    })
  return {
    askForCode: () => mock.authorize(url, { decision: 'approve' }),
    push: () => post(pushedRequestUrl, asked),
    askForDevice: () => post(deviceAuthorizationUrl, { scope: 'openid' }),
    /** A person signs in, and has the consent page before them. */
    async signIn() {
      const go = browse({
        async request(to, { method = 'GET', headers = {}, body = '' } = {}) {
          const answer = await mock.handle({ method, url: to, headers, body })
          return { ...answer, headers: answer.headers.map(([name, value]) => [name, value] as [string, string]) }
        },
      })
      const [person] = await mock.users.list()
      const page = await go(new URL(headerOf(await go(url), 'location'), url).href)
      const to = new URL(/action="([^"]*)"/.exec(page.body)?.[1]?.replaceAll('&amp;', '&') ?? '', url).href
      const signedIn = await go(to, {
        ...{ email: person?.email ?? '', password: person?.password ?? '' },
        csrf_token: hidden(page.body, 'csrf_token'),
      })
      return go(new URL(headerOf(signedIn, 'location'), url).href)
    },
    /** A client with keys signs its authentication. */
    async assert() {
      const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
      await mock.clients.register({
        provider: 'standard',
        id: 'keys',
        jwks: { keys: [{ ...(await exportJWK(publicKey)) }] },
      })
      const now = Math.floor(Date.parse(mock.clock.read().now) / 1000)
      const assertion = await new SignJWT({ iss: 'keys', sub: 'keys', aud: mock.provider('standard').issuer ?? '' })
        .setProtectedHeader({ alg: 'ES256' })
        .setJti('once')
        .setIssuedAt(now)
        .setExpirationTime(now + 60)
        .sign(privateKey)
      const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
      return post(
        tokenUrl,
        { grant_type: 'refresh_token', refresh_token: 'x', client_assertion: assertion, client_assertion_type: type },
        '',
      )
    },
    /** Somebody applies for access where that is asked for. */
    apply: () => mock.applications.submit({ provider: 'mercury', answers: application }),
  }
}

const headerOf = ({ headers }: { headers: readonly (readonly [string, string])[] }, name: string) =>
  headers.find(([key]) => key === name)?.[1] ?? ''
