import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MockOAuth } from 'mock-oauth'
import type { Browser, Page } from 'playwright-core'
import { build, createServer, type PreviewServer, preview } from 'vite'
import { afterAll, beforeAll, onTestFinished } from 'vitest'

declare global {
  /** The example shows it to the console of the browser. */
  var mock: MockOAuth
}

/** The example in a browser that has not seen it. */
export interface Spa {
  readonly page: Page
  readonly url: string
  /** Each page that was loaded. */
  readonly loaded: readonly string[]
  /** Each answer from elsewhere, and whether it came by the worker. */
  readonly answered: readonly (readonly [url: string, byWorker: boolean])[]
  /** What the console complained of. */
  readonly complaints: readonly string[]
  button(name: string): Promise<void>
  /** Waits until what the application says begins so. */
  says(status: string): Promise<void>
}

const config = { configFile: new URL('../../examples/spa/vite.config.js', import.meta.url).pathname }
/** No code from text, no inline script or style. */
const strict =
  "default-src 'self'; connect-src 'self' https://account.mekari.com https://api.mekari.com; img-src 'self' data:"

/** Builds the example: with its mock, in any mode but `production`. */
export async function buildSpa(mode: string): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'mock-oauth-spa-'))
  await build({ ...config, mode, logLevel: 'error', build: { outDir, emptyOutDir: true } })
  return outDir
}

/** Serves the sources of the example as a developer has them, until the test ends. */
export async function developSpa(): Promise<string> {
  const cacheDir = await mkdtemp(join(tmpdir(), 'mock-oauth-vite-'))
  const server = await createServer({ ...config, cacheDir, logLevel: 'error', server: { port: 0 } })
  onTestFinished(async () => {
    await server.close()
    await rm(cacheDir, { recursive: true, force: true })
  })
  await server.listen()
  return server.resolvedUrls?.local[0] ?? ''
}

/** Builds the example as a demo, and serves it under a strict policy; the one that is served elsewhere is opened by its URL. */
export function useSpa(chromium: () => Browser): (elsewhere?: string) => Promise<Spa> {
  let served: PreviewServer | undefined
  let outDir = ''
  beforeAll(async () => {
    outDir = await buildSpa('demo')
    const headers = { 'content-security-policy': strict }
    served = await preview({ ...config, logLevel: 'error', build: { outDir }, preview: { port: 0, headers } })
  })
  afterAll(async () => {
    await served?.close()
    await rm(outDir, { recursive: true, force: true })
  })
  return async (elsewhere) => {
    const url = elsewhere ?? served?.resolvedUrls?.local[0] ?? ''
    const context = await chromium().newContext()
    onTestFinished(() => context.close())
    const page = await context.newPage()
    const [loaded, complaints]: [string[], string[]] = [[], []]
    const answered: [string, boolean][] = []
    page.on('framenavigated', (frame) => loaded.push(frame.url()))
    page.on('response', (response) => {
      if (!response.url().startsWith(url)) answered.push([response.url(), response.fromServiceWorker()])
    })
    context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
    context.on('weberror', (error) => complaints.push(error.error().message))
    const spa = {
      ...{ page, url, loaded, answered, complaints },
      button: (name: string) => page.getByRole('button', { name, exact: true }).click(),
      says: (status: string) =>
        page
          .getByRole('status')
          .filter({ hasText: new RegExp(`^${status}`) })
          .waitFor(),
    }
    await page.goto(url)
    await spa.says('Not connected')
    return spa
  }
}
