import { createMockOAuth, type Fault } from 'mock-oauth'
import * as openid from 'openid-client'
import { describe, expect, it, onTestFinished } from 'vitest'
import { environmentOf } from '../../src/control/environments.ts'
import { playable } from '../../src/control/playable.ts'
import { scopesWithoutSigning } from '../laws/party.ts'

const redirectUri = 'http://localhost:3000/callback'
const scope = scopesWithoutSigning(environmentOf({ environments: playable(['standard']) }, 'standard')).join(' ')

/** A server by the book, and openid-client, which has discovered it. */
async function discovered() {
  const mock = await createMockOAuth({
    providers: ['standard'],
    consent: 'approve',
    client: { scopes: scope.split(' ') },
  })
  onTestFinished(() => mock.close())
  const { url, provider } = await mock.listen({ port: 0 })
  const { issuer = '', clientId, clientSecret, apiUrl } = provider()
  const config = await openid.discovery(new URL(issuer), clientId, undefined, openid.ClientSecretBasic(clientSecret), {
    execute: [openid.allowInsecureRequests],
  })
  const ask = async () => {
    const checks = { pkceCodeVerifier: openid.randomPKCECodeVerifier(), expectedState: openid.randomState() }
    const asked = openid.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope,
      state: checks.expectedState,
      code_challenge: await openid.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
      code_challenge_method: 'S256',
    })
    const { headers } = await fetch(asked, { redirect: 'manual' })
    return { checks, callback: new URL(headers.get('location') ?? '') }
  }
  const connect = async () => {
    const { checks, callback } = await ask()
    return openid.authorizationCodeGrant(config, callback, checks)
  }
  const call = (token: string) => openid.fetchProtectedResource(config, token, new URL(apiUrl), 'GET')
  return { mock, url, connect, call, refresh: (token = '') => openid.refreshTokenGrant(config, token) }
}

/** What a library says of what it does not take. */
const complaint = (asked: Promise<unknown>) =>
  asked.then(
    () => 'taken',
    (why: Error & { code?: string; cause?: unknown }) => why.code ?? why.message,
  )

describe('openid-client', () => {
  const refused: readonly (readonly [fault: object, complaint: RegExp])[] = [
    [{ on: 'authorize', kind: 'tamper', fields: { state: 'wrong' } }, /INVALID_RESPONSE/],
    [{ on: 'authorize', kind: 'omit', fields: ['state'] }, /INVALID_RESPONSE/],
    [{ on: 'authorize', kind: 'tamper', fields: { iss: 'https://evil.example' } }, /INVALID_RESPONSE/],
    [
      { on: 'authorize', kind: 'tamper', fields: { error: 'access_denied', error_description: '<b>' } },
      /AUTHORIZATION_RESPONSE_ERROR/,
    ],
    [{ on: 'authorize', kind: 'error', refusal: 'temporarily_unavailable' }, /AUTHORIZATION_RESPONSE_ERROR/],
    [{ on: 'authorize', kind: 'tamper', fields: { code: 'made-up' } }, /RESPONSE_BODY_ERROR/],
    [{ on: 'token', kind: 'replace', fields: { expires_in: null } }, /INVALID_RESPONSE/],
    [{ on: 'token', kind: 'replace', fields: { access_token: null } }, /INVALID_RESPONSE/],
    [{ on: 'token', kind: 'omit', fields: ['token_type'] }, /INVALID_RESPONSE/],
    [{ on: 'token', kind: 'malformed' }, /PARSE_ERROR/],
    [{ on: 'token', kind: 'html' }, /RESPONSE_IS_NOT_CONFORM/],
    [{ on: 'token', kind: 'html', at: 'after' }, /RESPONSE_IS_NOT_JSON/],
    [{ on: 'token', kind: 'empty', at: 'after' }, /PARSE_ERROR/],
    [{ on: 'token', kind: 'status', status: 200, body: { error: 'invalid_grant' } }, /INVALID_RESPONSE/],
    [{ on: 'token', kind: 'error', refusal: 'code_expired' }, /RESPONSE_BODY_ERROR/],
    [{ on: 'token', kind: 'rateLimit', retryAfter: '30s' }, /RESPONSE_IS_NOT_JSON/],
    [{ on: 'token', kind: 'redirect', to: 'https://elsewhere.example/token' }, /RESPONSE_IS_NOT_CONFORM/],
  ]
  it.each(refused)('does not take %j', async (fault, expected) => {
    const { mock, connect } = await discovered()
    const { id } = mock.faults.arm(fault as Fault)
    expect(await complaint(connect())).toMatch(expected)
    mock.faults.remove(id)
    // The control: the same without the fault.
    expect(await complaint(connect())).toBe('taken')
  })

  const taken: readonly object[] = [
    { on: 'token', kind: 'replace', fields: { token_type: 'BEARER' } },
    { on: 'token', kind: 'replace', fields: { expires_in: '3600' } },
    { on: 'token', kind: 'replace', lengths: { access_token: 8192, refresh_token: 8192 } },
    { on: 'token', kind: 'replace', fields: { 'user.id': 7, access_token: 'mine' } },
    { on: 'token', kind: 'omit', fields: ['expires_in', 'scope'] },
    { on: 'token', kind: 'malformed', how: 'bom' },
    { on: 'token', kind: 'contentType', value: 'text/html' },
    { on: 'authorize', kind: 'replace', fields: { code: 'mine' } },
  ]
  it.each(taken)('copes with %j', async (fault) => {
    const { mock, connect, call, refresh } = await discovered()
    mock.faults.arm(fault as Fault)
    const { access_token, refresh_token } = await connect()
    expect((await call(access_token)).status).toBe(200)
    expect((await call((await refresh(refresh_token)).access_token)).status).toBe(200)
    expect(mock.faults.list()).toMatchObject([{ fired: 1 }])
  })

  it('is told once that its token has expired, and gets on with a new one alone', async () => {
    const { mock, connect, call, refresh } = await discovered()
    const { access_token, refresh_token, expires_in } = await connect()
    mock.faults.arm({ on: 'api', kind: 'expireEarly' })
    expect(await complaint(call(access_token))).toMatch(/WWW_AUTHENTICATE/)
    expect(expires_in).toBe(3600)
    const renewed = await refresh(refresh_token)
    expect((await call(renewed.access_token)).status).toBe(200)
    expect(await complaint(call(access_token))).toMatch(/WWW_AUTHENTICATE/)
  })
})
