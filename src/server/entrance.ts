import type { ServerResponse } from 'node:http'
import { type Knowing, worldThatKnows } from '../control/knowing.ts'
import { prefixOf } from '../control/world-name.ts'
import type { Worlds } from '../control/worlds.ts'
import { exchange } from '../engine/serve.ts'
import { itself } from '../engine/visit.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import type { HttpRequest, HttpResponse } from '../vocabulary/wire.ts'
import type { World } from '../world/world.ts'
import type { Doorways } from './doorways.ts'
import { splitTarget } from './target.ts'

/** A request as it came to this server. */
export interface Arrival extends Omit<HttpRequest, 'url'> {
  readonly host: string
  readonly target: string
}

/** An answer on its way. */
export interface Departure {
  readonly response: HttpResponse
  /** Aborted when the world forgets what goes wrong on purpose: nobody waits for this answer any longer. */
  readonly cleared?: AbortSignal
}

/** Names the world of a call, where no prefix does. */
export const worldHeader = 'x-mock-oauth-world'

/** What a mistake about a world is answered with. */
export const statusOf = ({ code }: MockOAuthError): number => (code === 'too_many_worlds' ? 503 : 400)

/**
 * Lets requests in, each to the world that it is for: the one that its path names, or its header, or that alone knows what it
 * presents. A named world stays while the answer is on its way.
 */
export function createEntrance(worlds: Worlds, doorways: Doorways) {
  const into = async (
    world: World,
    { host, target, method, headers, body }: Arrival,
    prefix: string,
  ): Promise<Departure> => {
    const { cleared } = world.faults
    const doorway = doorways.enter(world, host, target, prefix) ?? { url: `http://${host}${target}`, address: itself }
    const { response } = await exchange({ method, url: doorway.url, headers, body }, world, doorway.address)
    return { response, cleared }
  }

  async function known(arrival: Arrival): Promise<World | HttpResponse> {
    const { host, target, method, headers, body } = arrival
    const doorway = doorways.enter(worlds.main, host, target, '')
    if (!doorway) return worlds.main
    const knowing = await worldThatKnows(worlds, { method, url: doorway.url, headers, body }, doorway.address)
    return 'world' in knowing ? knowing.world : plain(400, ambiguous(knowing, arrival))
  }

  async function intoFound(
    finding: Promise<World | HttpResponse>,
    arrival: Arrival,
    prefix: string,
    answer: ServerResponse,
  ): Promise<Departure> {
    const found = await finding
    if ('status' in found) return { response: found }
    holdFor(answer, worlds.hold(found))
    return into(found, arrival, prefix)
  }

  const named = (name: string) => worlds.named(name).catch(inASentence)

  return (arrival: Arrival, answer: ServerResponse): Promise<Departure> => {
    const { name, rest } = splitTarget(arrival.target)
    if (name !== undefined) return intoFound(named(name), { ...arrival, target: rest }, `/~${name}`, answer)
    const said = arrival.headers[worldHeader]
    if (said !== undefined) return intoFound(named(said), arrival, '', answer)
    return worlds.alone ? into(worlds.main, arrival, '') : intoFound(known(arrival), arrival, '', answer)
  }
}

function inASentence(error: unknown): HttpResponse {
  if (error instanceof MockOAuthError) return plain(statusOf(error), error.message)
  throw error
}

/** Lets go once an answer is over, whichever way. */
export function holdFor(answer: ServerResponse, letGo: () => void): void {
  if (answer.closed) letGo()
  else answer.once('close', letGo)
}

const ambiguous = ({ what, worlds }: Exclude<Knowing, { world: World }>, { host, target }: Arrival): string => {
  const [first, ...rest] = worlds.map(({ name }) => name)
  const names = [first, ...rest.slice(0, 8), ...(rest.length > 8 ? ['…'] : [])].join(', ')
  const path = target.replace(/\?.*$/s, '')
  return `${worlds.length} worlds know the ${what} of this request: ${names}. Name the one that is meant, by the prefix (http://${host}${prefixOf(first ?? '')}${path}) or by the header ${worldHeader}: ${first}.`
}

const plain = (status: number, sentence: string): HttpResponse => ({
  status,
  headers: [
    ['content-type', 'text/plain; charset=utf-8'],
    ['cache-control', 'no-store'],
  ],
  body: `${sentence}\n`,
})
