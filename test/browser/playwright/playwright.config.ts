import { defineConfig } from '@playwright/test'
import type { OAuthTestArgs, OAuthWorkerArgs } from 'mock-oauth/playwright'

// The tests of ../playwright.test.ts say by the environment what differs. A tsconfig of its own: no path leads to src.
export default defineConfig<OAuthTestArgs, OAuthWorkerArgs>({
  tsconfig: './tsconfig.json',
  use: {
    mockOAuth: JSON.parse(process.env.USE ?? '{}'),
    baseURL: process.env.APP_URL ?? 'http://127.0.0.1:3000',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
    },
  },
})
