import { request as httpRequest } from 'node:http'
import { fastify } from 'fastify'
import { mockOAuth } from 'mock-oauth/fastify'
import { onTestFinished } from 'vitest'
import { type Door, doorOf, type Send } from './door.ts'
import { partsOf, sent } from './send.ts'

/** Sends requests for a provider's own URLs to a server on this machine, as a changed hosts file would. */
function at(server: string): Send {
  const { hostname, port, pathname } = new URL(server)
  const prefix = pathname.replace(/\/$/, '')
  return (url, { method = 'GET', headers = {}, body } = {}) => {
    const { host, target } = partsOf(url)
    const path = prefix + target
    return sent(httpRequest({ hostname, port, method, path, headers: { ...headers, host }, agent: false }), body)
  }
}

/** A server of ours. */
export const served: Door = doorOf('Fastify over HTTP', async (mock) => at((await mock.listen({ port: 0 })).url))

/** A server of somebody's, with what people have: their own parsers, hooks and handlers. */
export const mountedInFastify: Door = doorOf('a plugin of Fastify', async (mock) => {
  const app = fastify()
  onTestFinished(() => app.close())
  app.addContentTypeParser('*', { parseAs: 'string' }, (_, body, done) => done(null, body))
  app.addHook('preHandler', async () => Promise.reject(new Error('a hook of the app ran')))
  app.addHook('onSend', async (_, reply) => void reply.header('x-app', 'yes'))
  app.setNotFoundHandler((_, reply) => reply.code(404).send('a handler of the app ran'))
  app.register(mockOAuth, { mock, prefix: '/oauth' })
  return at(`${await app.listen({ port: 0, host: '127.0.0.1' })}/oauth`)
})
