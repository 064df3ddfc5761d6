import { type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { request as secureRequest } from 'node:https'
import { pipeline } from 'node:stream'
import { say } from './say.ts'
import { credentialsFor, type Upstream } from './upstream.ts'

/** What is between two neighbours on the way, and goes no further (RFC 9110 §7.6.1). */
const hopByHop = [
  ...['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
  ...['proxy-authorization', 'proxy-authenticate', 'proxy-authentication-info'],
]

/** Passes a request for another host on, and its answer back, as they come. */
export function forward(raw: IncomingMessage, reply: ServerResponse, upstream: Upstream) {
  const target = raw.url ?? ''
  if (!URL.canParse(target)) return say(reply, 400, 'The request names no URL.')
  const url = new URL(target)
  const proxy = upstream(url)
  // A proxy takes plain HTTP by its whole URL; to a secure one, and through it, Node's own agent knows no way.
  const through = proxy && url.protocol === 'http:' && proxy.protocol === 'http:' ? proxy : undefined
  const { hostname, port } = through ?? url
  const send = url.protocol === 'https:' ? secureRequest : request
  const asking = send({
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port,
    method: raw.method,
    path: through ? url.href : `${url.pathname}${url.search}`,
    headers: { ...onward(raw.headers), host: url.host, ...(through && credentialsFor(through)) },
    setHost: false,
  })
  asking.once('response', (answer) => {
    reply.writeHead(answer.statusCode ?? 502, answer.statusMessage, onward(answer.headers))
    pipeline(answer, reply, () => {})
  })
  asking.once('error', ({ message }) => {
    if (reply.headersSent) reply.destroy()
    else say(reply, 502, `${url.host} cannot be reached: ${message}.`)
  })
  reply.once('close', () => asking.destroy())
  pipeline(raw, asking, () => {})
}

function onward(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const named = (headers.connection ?? '').toLowerCase().split(/\s*,\s*/)
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !hopByHop.includes(name) && !named.includes(name)),
  )
}
