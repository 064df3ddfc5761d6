import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MockOAuth } from 'mock-oauth'
import type { SetupWorker } from 'msw/browser'
import type { Browser, Page } from 'playwright-core'
import { build, type PreviewServer, preview } from 'vite'
import { afterAll, beforeAll, onTestFinished } from 'vitest'

/** What the example shows the console of the browser, and so what runs in its page. */
interface Shown {
  readonly mock: MockOAuth
  readonly worker: SetupWorker
}
declare global {
  var mock: Shown['mock']
  var worker: Shown['worker']
}

/** The example in a browser that has not seen it. */
export interface Spa {
  readonly page: Page
  readonly url: string
  /** The requests that left for a network, as those to a provider never may; and what the console complained of. */
  readonly left: readonly string[]
  readonly complaints: readonly string[]
  button(name: string): Promise<void>
  /** Waits until the application says so. */
  says(status: string): Promise<void>
}

const config = { configFile: new URL('../../examples/spa/vite.config.js', import.meta.url).pathname }
/** No code from text, no inline script or style. */
const strict =
  "default-src 'self'; connect-src 'self' https://account.mekari.com https://api.mekari.com; img-src 'self' data:"

/** Builds the example with its mock, as a demo, and serves it under a strict policy. */
export function useSpa(chromium: () => Browser): () => Promise<Spa> {
  let served: PreviewServer | undefined
  let outDir = ''
  beforeAll(async () => {
    outDir = await mkdtemp(join(tmpdir(), 'mock-oauth-spa-'))
    await build({ ...config, mode: 'demo', logLevel: 'error', build: { outDir, emptyOutDir: true } })
    const headers = { 'content-security-policy': strict }
    served = await preview({ ...config, logLevel: 'error', build: { outDir }, preview: { port: 0, headers } })
  })
  afterAll(async () => {
    await served?.close()
    await rm(outDir, { recursive: true, force: true })
  })
  return async () => {
    const url = served?.resolvedUrls?.local[0] ?? ''
    const context = await chromium().newContext()
    onTestFinished(() => context.close())
    const page = await context.newPage()
    const [left, complaints]: [string[], string[]] = [[], []]
    context.on('request', (request) => {
      if (!request.url().startsWith(url)) left.push(request.url())
    })
    context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
    context.on('weberror', (error) => complaints.push(error.error().message))
    const spa = {
      ...{ page, url, left, complaints },
      button: (name: string) => page.getByRole('button', { name, exact: true }).click(),
      says: (status: string) => page.getByRole('status').filter({ hasText: status }).waitFor(),
    }
    await page.goto(url)
    await spa.says('Not connected')
    return spa
  }
}
