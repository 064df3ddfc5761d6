import { request as httpsRequest } from 'node:https'
import { oauthHandlers } from 'mock-oauth/msw'
import { setupServer } from 'msw/node'
import { onTestFinished } from 'vitest'
import { type Door, doorOf } from './door.ts'
import { partsOf, sent } from './send.ts'

const server = setupServer()
let listening = 0

/** MSW in Node, to which a program's own `https` comes. Each mock has a boundary: a test may open several. */
export const intercepted: Door = doorOf('MSW', (mock) => {
  if (listening++ === 0) server.listen({ onUnhandledRequest: 'error' })
  onTestFinished(() => {
    if (--listening === 0) server.close()
  })
  const handlers = oauthHandlers(mock)
  return (url, { method = 'GET', headers = {}, body } = {}) => {
    const { host, target } = partsOf(url)
    return server.boundary(() => {
      server.use(...handlers)
      return sent(httpsRequest({ host, path: target, method, headers, agent: false }), body)
    })()
  }
})
