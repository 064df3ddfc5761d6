import https from 'node:https'
import { oauthFetch } from 'mock-oauth/fetch'
import { oauthHandlers } from 'mock-oauth/msw'
import { http } from 'msw'
import { setupServer } from 'msw/node'
import { onTestFinished } from 'vitest'
import { type Door, doorOf } from './door.ts'
import { partsOf, sent } from './send.ts'

const server = setupServer()

/** Some tests ask a server of their own. */
const onUnhandledRequest = ({ url }: Request, print: { error(): void }) => {
  if (new URL(url).hostname !== '127.0.0.1') print.error()
}

let listening = 0

// MSW puts another `request` in place of the module's own, which an import by name would not see.
/** MSW in Node, to which a program's own `https` comes. Each mock has a boundary: a test may open several. */
export const intercepted: Door = doorOf('MSW', (mock) => {
  if (listening++ === 0) server.listen({ onUnhandledRequest })
  onTestFinished(() => {
    if (--listening === 0) server.close()
  })
  const fetch = oauthFetch(mock)
  // What the mock does not know falls through to the handler behind it, which says what the provider's host would.
  const handlers = [...oauthHandlers(mock), http.all('*', ({ request }) => fetch(request))]
  return (url, { method = 'GET', headers = {}, body } = {}) => {
    const { host, target } = partsOf(url)
    // A target that begins with two slashes MSW takes for another host, unless it is the whole URL (RFC 9112 §3.2.2).
    const path = target.startsWith('//') ? url : target
    return server.boundary(() => {
      server.use(...handlers)
      return sent(https.request({ host, path, method, headers, agent: false }), body)
    })()
  }
})
