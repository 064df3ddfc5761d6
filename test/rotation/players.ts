import { createMockOAuth, type MockOAuth, type RotationPolicy } from 'mock-oauth'
import * as openid from 'openid-client'
import { expect } from 'vitest'

/** What a token answer brought; a refusal brings neither. */
export interface Brought {
  readonly access: string | undefined
  readonly refresh: string | undefined
  readonly expiresIn?: number | undefined
}

/** A client of one provider, over HTTP. */
export interface Player extends AsyncDisposable {
  readonly mock: MockOAuth
  /** The first pair of a new authorization. */
  connect(): Promise<Brought>
  /** A refusal has been looked at: it is in the provider's dialect. */
  refresh(token: string): Promise<Brought>
  /** Whether an access token opens the API. */
  opens(access: string): Promise<boolean>
  /** Revokes, as the provider has it, by its tokens. */
  revoke(tokens: Brought): Promise<void>
}

/** Which provider is played, and how. */
interface Playing {
  readonly name: string
  open(policy: RotationPolicy, oldAccessToken: 'lives' | 'dies'): Promise<Player>
}

const refused: Brought = { access: undefined, refresh: undefined }
const callback = 'http://localhost:3000/callback'

/** Tokens outlive every window of the table; time stands still until it is moved. */
async function listen(provider: string, policy: RotationPolicy, oldAccessToken: 'lives' | 'dies') {
  const mock = await createMockOAuth({
    providers: [provider],
    rotation: { [provider]: policy },
    lifetimes: { [provider]: { accessToken: '30d', refreshToken: '60d' } },
    assume: oldAccessToken === 'dies' ? { [`${provider}.old-access-token`]: 'dies' } : {},
  })
  await mock.clock.move({ freeze: true })
  const listening = await mock.listen({ port: 0 })
  const opens = async (access: string) => {
    const headers = { authorization: `Bearer ${access}` }
    const { status } = await fetch(listening.provider(provider).apiUrl, { headers })
    expect([200, 401]).toContain(status)
    return status === 200
  }
  return { mock, listening, opens, [Symbol.asyncDispose]: () => mock.close() }
}

/** `standard`, by openid-client, which knows its issuer and nothing else. */
const standard: Playing = {
  name: 'standard by openid-client',
  async open(policy, oldAccessToken) {
    const { mock, listening, ...rest } = await listen('standard', policy, oldAccessToken)
    const { issuer = '', clientId, clientSecret } = listening.provider('standard')
    const config = await openid.discovery(new URL(issuer), clientId, clientSecret, undefined, {
      execute: [openid.allowInsecureRequests],
    })
    const brought = (tokens: openid.TokenEndpointResponse): Brought => ({
      access: tokens.access_token,
      refresh: tokens.refresh_token,
      expiresIn: tokens.expires_in,
    })
    return {
      ...rest,
      mock,
      async connect() {
        const pkceCodeVerifier = openid.randomPKCECodeVerifier()
        const url = openid.buildAuthorizationUrl(config, {
          redirect_uri: callback,
          scope: 'offline_access',
          code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
          code_challenge_method: 'S256',
        })
        const { redirectTo = '' } = await mock.authorize(url.href, { decision: 'approve' })
        return brought(await openid.authorizationCodeGrant(config, new URL(redirectTo), { pkceCodeVerifier }))
      },
      async refresh(token) {
        try {
          return brought(await openid.refreshTokenGrant(config, token))
        } catch (error) {
          expect(error).toMatchObject({ error: 'invalid_grant', status: 400 })
          return refused
        }
      },
      revoke: ({ refresh = '' }) => openid.tokenRevocation(config, refresh),
    }
  },
}

/** `mekari`, by its own JSON and its own refusals. */
const mekari: Playing = {
  name: 'mekari by plain HTTP',
  async open(policy, oldAccessToken) {
    const { mock, listening, ...rest } = await listen('mekari', policy, oldAccessToken)
    const { authorizeUrl, tokenUrl, revokeUrl = '', clientId, clientSecret } = listening.provider('mekari')
    const scope = 'esign sso:profile'
    const post = async (fields: object): Promise<Brought> => {
      const body = JSON.stringify({ client_id: clientId, client_secret: clientSecret, scope, ...fields })
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(tokenUrl, { method: 'POST', headers, body })
      const told = (await answer.json()) as Record<string, unknown>
      if (answer.status !== 200) {
        expect([answer.status, told]).toEqual([400, { error: 'invalid_grant', error_description: expect.any(String) }])
        return refused
      }
      const { access_token, refresh_token, expires_in, ...others } = told
      expect(others).toEqual({ token_type: 'bearer' })
      return { access: access_token as string, refresh: refresh_token as string, expiresIn: expires_in as number }
    }
    return {
      ...rest,
      mock,
      async connect() {
        const asked = new URLSearchParams({ client_id: clientId, response_type: 'code', scope })
        const { redirectTo = '' } = await mock.authorize(`${authorizeUrl}?${asked}`, { decision: 'approve' })
        return post({ grant_type: 'authorization_code', code: new URL(redirectTo).searchParams.get('code') })
      },
      refresh: (token) => post({ grant_type: 'refresh_token', refresh_token: token }),
      async revoke({ access }) {
        const headers = { authorization: `Bearer ${access}` }
        expect((await fetch(revokeUrl, { method: 'DELETE', headers })).status).toBe(204)
      },
    }
  },
}

/** Who plays the table. */
export const playings: readonly Playing[] = [standard, mekari]
