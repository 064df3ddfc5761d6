import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'

const quiet = ['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

/** Debian's Chromium, started once for a test file. Another one is named by CHROMIUM. */
export function useChromium(): () => Browser {
  let browser: Browser | undefined
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', ...quiet],
    })
  })
  afterAll(async () => browser?.close())
  return () => {
    if (!browser) throw new Error('Chromium has not started')
    return browser
  }
}
