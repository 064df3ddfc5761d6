import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect } from '@playwright/test'
import { test as base } from 'mock-oauth/playwright'

// Each worker starts an application of its own, and tells it the URLs of the worker's world.
const test = base.extend<object, { app: string }>({
  app: [
    async ({ oauthWorld }, use) => {
      const mekari = oauthWorld.provider('mekari')
      const env = {
        ...process.env,
        PORT: '0',
        MEKARI_AUTHORIZE_URL: mekari.authorizeUrl,
        MEKARI_TOKEN_URL: mekari.tokenUrl,
        MEKARI_API_URL: mekari.apiUrl,
        MEKARI_CLIENT_ID: mekari.clientId,
        MEKARI_CLIENT_SECRET: mekari.clientSecret,
      }
      const app = spawn(process.execPath, [new URL('app.js', import.meta.url).pathname], { env })
      const [url] = await once(app.stdout, 'data')
      await use(String(url).trim())
      app.kill()
    },
    { scope: 'worker' },
  ],
  baseURL: ({ app }, use) => use(app),
})

test.beforeEach(async ({ oauth, app }) => {
  await oauth.clients.change(oauth.provider().clientId, { redirectUris: [`${app}/callback`] })
})

test('connects by an application that knows its world', async ({ page, oauth }) => {
  await page.goto('/login')
  await oauth.approve(page)
  await expect(page.getByRole('heading')).toContainText('Connected as')
  expect(await oauth.grants.list()).toHaveLength(1)
})
