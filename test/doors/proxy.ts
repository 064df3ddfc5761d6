import { request as httpRequest } from 'node:http'
import { Agent, request as httpsRequest, type RequestOptions } from 'node:https'
import { type Duplex, PassThrough } from 'node:stream'
import { connect } from 'node:tls'
import { onTestFinished } from 'vitest'
import { type Authority, createAuthority } from '../../src/intercept/authority.ts'
import { startProxy } from '../../src/intercept/proxy.ts'
import { providers } from '../../src/providers.ts'
import { environmentsOf } from '../../src/vocabulary/environment.ts'
import { type Door, doorOf } from './door.ts'
import { partsOf, sent } from './send.ts'

const origins = Object.values(providers).flatMap((definition) =>
  environmentsOf(definition).flatMap(({ origins }) => origins),
)
let authority: Promise<Authority> | undefined

/** Connections through a proxy, as a client makes them that was told of one. */
class Tunnels extends Agent {
  readonly #proxy: URL

  constructor(proxy: string, ca: string) {
    super({ keepAlive: true, ca })
    this.#proxy = new URL(proxy)
  }

  override createConnection({ host = '', ca }: RequestOptions, done: Connected = () => {}): undefined {
    const { hostname, port } = this.#proxy
    httpRequest({ hostname, port, method: 'CONNECT', path: `${host}:443`, agent: false })
      .on('connect', ({ statusCode }, socket) => {
        if (statusCode !== 200) return done(new Error(`the proxy answered ${statusCode}`), socket)
        done(null, connect({ socket, servername: host ?? '', ca }))
      })
      .on('error', (error) => done(error, new PassThrough()))
      .end()
  }
}

type Connected = (error: Error | null, stream: Duplex) => void

/** The HTTPS proxy, with certificates of this process. */
export const proxied: Door = doorOf('a proxy', async (mock) => {
  authority ??= createAuthority(origins.map((origin) => new URL(origin).hostname))
  const made = await authority
  const proxy = await startProxy(mock, { authority: made, offline: true })
  const agent = new Tunnels(proxy.url, made.certificate)
  onTestFinished(async () => {
    agent.destroy()
    await proxy.close()
  })
  return (url, { method = 'GET', headers = {}, body } = {}) => {
    const { host, target } = partsOf(url)
    return sent(httpsRequest({ host, path: target, method, headers, agent }), body)
  }
})
