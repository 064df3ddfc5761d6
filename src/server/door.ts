import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { TLSSocket } from 'node:tls'
import { largestBody } from '../engine/body-limit.ts'
import type { Entrance } from '../entrance/entrance.ts'
import { hostOf } from '../entrance/host.ts'
import type { HttpRequest } from '../vocabulary/wire.ts'
import { showBug } from './bug.ts'
import { createDeliver } from './deliver.ts'

/** Node's request in, Node's answer out; all else is the engine's. */
export type Door = (raw: IncomingMessage, reply: ServerResponse) => Promise<void>

/** The door to what answers. */
export function createDoor(answer: Entrance<ServerResponse>, addresseeOf: AddresseeOf = addressee): Door {
  const deliver = createDeliver()
  // Reading a host is slow, and a client says the same one each time.
  const hosts = new Set<string>()
  const isHost = (host: string) => {
    if (hosts.has(host)) return true
    if (hostOf(host) === undefined) return false
    if (hosts.size >= 1_000) hosts.clear()
    hosts.add(host)
    return true
  }
  return async (raw, reply) => {
    const { method = 'GET', headers } = raw
    const { scheme, host, target } = addresseeOf(raw)
    if (!isHost(host)) return refuseHost(reply)
    try {
      const body = await readText(raw)
      const arrival = { method, origin: `${scheme}://${host}`, target, headers: plain(headers), body }
      const { response, cleared } = await answer(arrival, reply)
      const delivering = deliver(response, method, reply, cleared)
      if (delivering) await delivering
    } catch (bug) {
      fail(bug, raw, reply)
    }
  }
}

/** Node keeps a client's `set-cookie` as a list, and joins every other header. */
const plain = (headers: IncomingHttpHeaders): HttpRequest['headers'] => {
  const { 'set-cookie': cookies } = headers
  return (cookies ? { ...headers, 'set-cookie': cookies.join(', ') } : headers) as HttpRequest['headers']
}

/** Whom a request is for: a target in absolute form outranks connection and Host header (RFC 9112 §3.2.2). */
export function addressee({ url: target = '/', headers, socket }: IncomingMessage): Addressee {
  const [, named, host, rest = ''] = /^(https?):\/\/([^/?#]+)(.*)$/is.exec(target) ?? []
  if (named !== undefined && host !== undefined) {
    return { scheme: named.toLowerCase() as Scheme, host, target: rest.startsWith('/') ? rest : `/${rest}` }
  }
  const scheme = (socket as Partial<TLSSocket>).encrypted ? 'https' : 'http'
  return { scheme, host: headers.host ?? 'localhost', target }
}

type Scheme = 'http' | 'https'

/** Finds whom a request is for. */
export type AddresseeOf = (raw: IncomingMessage) => Addressee

/** Whom a request is for. */
export interface Addressee {
  readonly scheme: Scheme
  /** As in a Host header. */
  readonly host: string
  /** Path and query. */
  readonly target: string
}

/** An invalid Host is a 400 (RFC 9112 §3.2). */
function refuseHost(raw: ServerResponse): void {
  raw.writeHead(400, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
  raw.end('The Host header is not a host.\n')
}

/** Reads a body as text, whatever its type. One that is too large is cut just after the limit: the engine refuses it. */
function readText(raw: IncomingMessage): Promise<string> | string {
  const { 'content-length': length, 'transfer-encoding': transfer } = raw.headers
  if ((length === undefined || length === '0') && transfer === undefined) return ''
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    raw.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= largestBody) chunks.push(chunk)
      else if (size - chunk.length <= largestBody) resolve(' '.repeat(largestBody + 1))
    })
    raw.on('end', () =>
      resolve((chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)).toString('utf8')),
    )
    raw.on('error', reject)
  })
}

/** A connection that broke off needs no answer; anything else is a bug, and is shown as one: its trace says whose. */
function fail(bug: unknown, { socket }: IncomingMessage, raw: ServerResponse): void {
  if (socket.destroyed) return
  showBug(bug)
  raw.writeHead(500, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
  raw.end('mock-oauth has a bug: see its terminal.\n')
}
