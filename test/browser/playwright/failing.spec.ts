import { expect } from '@playwright/test'
import { test } from 'mock-oauth/playwright'

test('fails after a refresh token was used twice', async ({ oauth }) => {
  const { tokenUrl, clientId: client_id, clientSecret: client_secret } = oauth.provider('mekari')
  const { refreshToken: refresh_token } = await oauth.mint({ provider: 'mekari' })
  const refresh = () =>
    fetch(tokenUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        client_id,
        client_secret,
        scope: 'esign sso:profile',
        grant_type: 'refresh_token',
        refresh_token,
      }),
    })
  // What the report must not show.
  test.info().annotations.push({ type: 'secret', description: JSON.stringify([client_secret, refresh_token]) })
  await refresh()
  expect((await refresh()).status).toBe(200)
})

test('passes', async ({ oauth }) => {
  await oauth.mint()
})
