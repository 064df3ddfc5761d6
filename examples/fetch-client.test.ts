import { createMockOAuth } from 'mock-oauth'
import { oauthFetch } from 'mock-oauth/fetch'
import * as openid from 'openid-client'
import { afterAll, expect, it } from 'vitest'

// #client
const mock = await createMockOAuth({ providers: ['standard'] })
const { issuer = '', clientId, clientSecret } = mock.provider()

const config = await openid.discovery(new URL(issuer), clientId, clientSecret, undefined, {
  [openid.customFetch]: oauthFetch(mock),
})
// #end

afterAll(() => mock.close())

it('refreshes, and stores what it gets', async () => {
  const { refreshToken = '' } = await mock.mint()
  const tokens = await openid.refreshTokenGrant(config, refreshToken)
  expect(tokens.refresh_token).not.toBe(refreshToken)
})
