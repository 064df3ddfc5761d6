// Loaded by NODE_OPTIONS into each Node program that `mock-oauth run` starts. Node 20 honours no proxy variable; later ones do by
// NODE_USE_ENV_PROXY, but only in fetch and the global agents. Every client opens TLS by `tls.connect`: global fetch, undici of any version,
// https and http2, also with agents of its own. One that brings a socket has found its way, as Node's own proxy support does.
import { syncBuiltinESMExports } from 'node:module'
import tls, { type ConnectionOptions, type TLSSocket } from 'node:tls'
import { getProxyForUrl } from 'proxy-from-env'
import { openTunnel } from './through-proxy.ts'

const direct = tls.connect as (...given: readonly unknown[]) => TLSSocket

function connect(...given: readonly unknown[]): TLSSocket {
  const options = optionsIn(given)
  const target = targetOf(options)
  const proxy = options.socket || options.path ? '' : getProxyForUrl(`https://${target}`)
  if (!proxy.startsWith('http:')) return direct(...given)
  const tunnel = openTunnel(proxy, target)
  const secured = direct({ ...options, socket: tunnel.stream }, ...given.filter((one) => typeof one === 'function'))
  // It has no handle of its own that an idle connection could let go.
  const { ref, unref } = secured
  return Object.assign(secured, {
    ref() {
      tunnel.ref()
      return ref.call(secured)
    },
    unref() {
      tunnel.unref()
      return unref.call(secured)
    },
  })
}

/** `(options)`, `(port, host?, options?)` and `(path)`, each with a listener behind it. */
function optionsIn(given: readonly unknown[]): ConnectionOptions {
  const [first, second] = given
  const places =
    typeof first === 'object' ? {} : Number.isNaN(Number(first)) ? { path: String(first) } : { port: Number(first) }
  return Object.assign(
    places,
    typeof second === 'string' && { host: second },
    ...given.filter((one) => typeof one === 'object'),
  )
}

const targetOf = ({ host = 'localhost', port = 443 }: ConnectionOptions) =>
  `${host.includes(':') ? `[${host}]` : host}:${port}`

Object.assign(tls, { connect })
syncBuiltinESMExports()
