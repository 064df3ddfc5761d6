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

/** What a reason phrase may be read with, and not be written with. */
const unsayable = /[^\t\x20-\x7e\x80-\xff]/g

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
    headers: { ...onward(raw.headers), ...framingOf(raw), host: url.host, ...(through && credentialsFor(through)) },
    setHost: false,
  })
  const nonsense = ({ statusCode }: IncomingMessage) => {
    asking.destroy()
    say(reply, 502, `${url.host} answered with the status ${statusCode}, which is none here.`)
  }
  asking.once('response', (answer) => {
    const { statusCode = 0, statusMessage = '' } = answer
    if (statusCode < 100) return nonsense(answer)
    reply.writeHead(statusCode, statusMessage.replace(unsayable, '?'), onward(answer.headers))
    pipeline(answer, reply, () => {})
  })
  // Nobody has asked for another protocol: that goes no further than here.
  asking.once('upgrade', nonsense)
  asking.once('error', ({ message }) => {
    if (reply.headersSent) reply.destroy()
    else say(reply, 502, `${url.host} cannot be reached: ${message}.`)
  })
  reply.once('close', () => asking.destroy())
  pipeline(raw, asking, () => {})
}

/** A body goes on within the bounds in which it came: without any, what it holds would be read as a next request. */
function framingOf({ headers }: IncomingMessage): IncomingHttpHeaders {
  if (headers['transfer-encoding'] !== undefined) return { 'transfer-encoding': 'chunked' }
  const length = headers['content-length']
  return length === undefined ? {} : { 'content-length': length }
}

function onward(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const named = (headers.connection ?? '').toLowerCase().split(/\s*,\s*/)
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !hopByHop.includes(name) && !named.includes(name)),
  )
}
