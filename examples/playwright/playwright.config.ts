import { defineConfig } from '@playwright/test'
import type { OAuthTestArgs, OAuthWorkerArgs } from 'mock-oauth/playwright'

const { MOCK_PORT = '4420', APP_PORT = '3000', CHROMIUM = '/usr/bin/chromium' } = process.env
const mock = `http://127.0.0.1:${MOCK_PORT}`
const app = `http://127.0.0.1:${APP_PORT}`
const client = { id: 'payroll', secret: 'made up for these tests' }

export default defineConfig<OAuthTestArgs, OAuthWorkerArgs>({
  workers: 2,
  fullyParallel: true,
  // One mock and one application for all workers.
  webServer: [
    {
      command: `npx mock-oauth serve --provider mekari --port ${MOCK_PORT} --redirect-uri ${app}/callback --client-id ${client.id} --client-secret "${client.secret}"`,
      url: `${mock}/_mock/health`,
    },
    {
      command: 'node app.js',
      url: app,
      env: {
        PORT: APP_PORT,
        MEKARI_AUTHORIZE_URL: `${mock}/mekari/auth`,
        MEKARI_TOKEN_URL: `${mock}/mekari/auth/oauth2/token`,
        MEKARI_API_URL: `${mock}/mekari/v1/me`,
        MEKARI_CLIENT_ID: client.id,
        MEKARI_CLIENT_SECRET: client.secret,
      },
    },
  ],
  use: {
    mockOAuth: { url: mock },
    baseURL: app,
    launchOptions: { executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] },
  },
})
