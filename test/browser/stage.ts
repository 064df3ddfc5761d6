import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createMockOAuth, type DefaultClient, type MockOAuth, type PlayedProvider } from 'mock-oauth'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { onTestFinished } from 'vitest'

/** A client that listens for its callback, a mock that knows it, and a browser that has seen neither. */
export interface Stage {
  readonly mock: MockOAuth
  /** The provider that is played: Mekari, unless another one is named. */
  readonly played: PlayedProvider
  readonly page: Page
  /** Where the client listens; `?frame=<url>` puts that page into a frame. */
  readonly appUrl: string
  /** Every URL that the browser has asked for. */
  readonly asked: readonly string[]
  authorizationUrl(more?: Readonly<Record<string, string>>): string
  /** The client's callback with its parameters, once the browser has arrived there. */
  callback(): Promise<URLSearchParams>
}

/** Sets the stage; everything on it is closed when the test ends. */
export async function setStage(
  browser: Browser,
  options: { provider?: string; context?: BrowserContextOptions; client?: DefaultClient } = {},
): Promise<Stage> {
  const app = createServer(({ url = '' }, response) => {
    const { searchParams } = new URL(url, 'http://client')
    const frames = searchParams.getAll('frame').map((framed) => `<iframe src="${framed}"></iframe>`)
    response.setHeader('content-type', 'text/html').end(`connected ${frames.join('')}`)
  }).listen(0, '127.0.0.1')
  await new Promise((listening) => app.once('listening', listening))
  const appUrl = `http://127.0.0.1:${(app.address() as AddressInfo).port}/`
  const redirectUri = `${appUrl}callback`

  const client = { name: 'Payroll Sync', redirectUris: [redirectUri], ...options.client }
  const mock = await createMockOAuth({ providers: [options.provider ?? 'mekari'], seed: 'browser', client })
  const played = await (await mock.listen({ port: 0 })).provider()
  const context = await browser.newContext(options.context)
  const page = await context.newPage()
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  onTestFinished(async () => {
    await context.close()
    await mock.close()
    app.closeAllConnections()
    app.close()
  })
  return {
    mock,
    played,
    page,
    appUrl,
    asked,
    authorizationUrl: (more = {}) => {
      const wanted = { client_id: played.clientId, response_type: 'code', scope: played.scopes.join(' '), ...more }
      return `${played.authorizeUrl}?${new URLSearchParams(wanted)}`
    },
    async callback() {
      await page.waitForURL((url) => url.href.startsWith(redirectUri))
      return new URL(page.url()).searchParams
    },
  }
}
