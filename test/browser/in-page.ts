import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename } from 'node:path'
import type { MockOAuth, MockOAuthOptions } from 'mock-oauth'
import type * as consent from 'mock-oauth/consent'
import type { oauthHandlers } from 'mock-oauth/msw'
import type * as msw from 'msw'
import type { setupWorker } from 'msw/browser'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { bundled } from '../bundle/esbuild.ts'

/** The doors, as a page of nothing else has them. */
interface Doors extends Pick<typeof consent, 'askConsent' | 'catchNavigations' | 'goTo'> {
  createMockOAuth(options: MockOAuthOptions): Promise<MockOAuth>
  oauthHandlers: typeof oauthHandlers
  setupWorker: typeof setupWorker
  http: typeof msw.http
  HttpResponse: typeof msw.HttpResponse
}
declare global {
  var doors: Doors
  /** What the last call of a test in the page comes to. */
  var outcome: Promise<unknown>
  var axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
}

const entry = `
import { createMockOAuth } from 'mock-oauth'
import { askConsent, catchNavigations, goTo } from 'mock-oauth/consent'
import { oauthHandlers } from 'mock-oauth/msw'
import { http, HttpResponse } from 'msw'
import { setupWorker } from 'msw/browser'
globalThis.doors = { createMockOAuth, askConsent, catchNavigations, goTo, oauthHandlers, http, HttpResponse, setupWorker }`
const shell = `<!doctype html><html lang="en"><title>Client</title><link rel="icon" href="data:,">
<main><h1>Client</h1><button>Before</button></main><script type="module" src="/entry.js"></script></html>`
const worker = readFileSync(new URL('../../node_modules/msw/lib/mockServiceWorker.js', import.meta.url))

/** A page that has the doors and nothing else. */
export interface InPage {
  readonly page: Page
  readonly url: string
  /** The paths that were asked for, in order. */
  readonly asked: readonly string[]
  /** Whether a file was asked for in which a package is. */
  loaded(name: string): boolean
}

/** Serves a page with the doors, under a policy that lets no code be made and no style stand inline. */
export function useInPage(chromium: () => Browser): (context?: BrowserContextOptions) => Promise<InPage> {
  const files = new Map<string, Uint8Array>([['/mockServiceWorker.js', worker]])
  const inputs = new Map<string, readonly string[]>()
  const server = createServer(({ url = '' }, response) => {
    const file = files.get(url)
    response.setHeader('content-security-policy', "default-src 'self'; connect-src 'self' https:; img-src data:")
    response.setHeader('content-type', file ? 'text/javascript' : 'text/html').end(file ?? shell)
  })
  beforeAll(async () => {
    const { metafile, outputFiles } = await bundled(entry)
    for (const { path, contents } of outputFiles) files.set(path, contents)
    for (const [path, one] of Object.entries(metafile.outputs)) inputs.set(basename(path), Object.keys(one.inputs))
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return async (options) => {
    const context = await chromium().newContext(options)
    onTestFinished(() => context.close())
    const page = await context.newPage()
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    await page.goto(url)
    await page.waitForFunction(() => 'doors' in globalThis)
    const loaded = (name: string) =>
      asked.some((path) => inputs.get(basename(path))?.some((input) => input.includes(`node_modules/${name}`)))
    return { page, url, asked, loaded }
  }
}
