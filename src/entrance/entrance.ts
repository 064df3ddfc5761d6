import type { Reached } from '../control/inside.ts'
import { type Knowing, worldThatKnows } from '../control/knowing.ts'
import { prefixOf } from '../control/world-name.ts'
import { exchange } from '../engine/serve.ts'
import { itself } from '../engine/visit.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import type { HttpRequest, HttpResponse } from '../vocabulary/wire.ts'
import type { World } from '../world/world.ts'
import type { Doorways } from './doorways.ts'
import { splitTarget, withoutBase } from './target.ts'

/** A request as it came to a door. */
export interface Arrival extends Omit<HttpRequest, 'url'> {
  /** Scheme and host under which it came: `http://127.0.0.1:4420` */
  readonly origin: string
  /** Path and query. */
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

/** The cookie that names the world of a browser, whoever sends it here. */
export const worldCookie = 'mock_oauth_world'
const inCookies = new RegExp(`(?:^|; *)${worldCookie}=([^;]*)`)

/** What names the world of a request beside its path. */
const saidBy = ({ [worldHeader]: header, cookie }: Arrival['headers']): string | undefined =>
  header ?? (cookie === undefined ? undefined : inCookies.exec(cookie)?.[1])

/** What a mistake about a world is answered with. */
export const statusOf = ({ code }: MockOAuthError): number => (code === 'too_many_worlds' ? 503 : 400)

/** Lets a request in; the answer is what the door knows it by. */
export type Entrance<Answer> = (arrival: Arrival, answer: Answer) => Promise<Departure>

/**
 * Lets requests in, each to the world that it is for: the one that its path names, or its header, or its cookie, or that alone knows
 * what it presents. A named world stays while the answer is on its way.
 * @param holdFor calls back once an answer is over, whichever way
 */
export function createEntrance<Answer>(
  worlds: Reached,
  doorways: Doorways,
  holdFor: (answer: Answer, letGo: () => void) => void,
): Entrance<Answer> {
  const { basePath } = doorways

  const into = async (
    world: World,
    { origin, target, method, headers, body }: Arrival,
    prefix: string,
  ): Promise<Departure> => {
    const { cleared } = world.faults
    const doorway = doorways.enter(world, origin, target, prefix) ?? { url: origin + target, address: itself }
    const { response } = await exchange({ method, url: doorway.url, headers, body }, world, doorway.address)
    return { response, cleared }
  }

  async function known(arrival: Arrival): Promise<World | HttpResponse> {
    const { origin, target, method, headers, body } = arrival
    const doorway = doorways.enter(worlds.main, origin, target, '')
    if (!doorway) return worlds.main
    const knowing = await worldThatKnows(worlds, { method, url: doorway.url, headers, body }, doorway.address)
    return 'world' in knowing ? knowing.world : plain(400, ambiguous(knowing, arrival, basePath))
  }

  async function intoFound(
    finding: Promise<World | HttpResponse>,
    arrival: Arrival,
    prefix: string,
    answer: Answer,
  ): Promise<Departure> {
    const found = await finding
    if ('status' in found) return { response: found }
    holdFor(answer, worlds.hold(found))
    return into(found, arrival, prefix)
  }

  const named = (name: string) => worlds.named(name).catch(inASentence)
  const within = (arrival: Arrival): Arrival =>
    basePath === '' ? arrival : { ...arrival, target: withoutBase(arrival.target, basePath) }

  return (came, answer) => {
    const arrival = within(came)
    const { name, rest } = splitTarget(arrival.target)
    if (name !== undefined) return intoFound(named(name), { ...arrival, target: rest }, `/~${name}`, answer)
    const said = saidBy(arrival.headers)
    if (said !== undefined) return intoFound(named(said), arrival, '', answer)
    return worlds.alone ? into(worlds.main, arrival, '') : intoFound(known(arrival), arrival, '', answer)
  }
}

function inASentence(error: unknown): HttpResponse {
  if (error instanceof MockOAuthError) return plain(statusOf(error), error.message)
  throw error
}

const ambiguous = (
  { what, worlds }: Exclude<Knowing, { world: World }>,
  { origin, target }: Arrival,
  basePath: string,
): string => {
  const [first, ...rest] = worlds.map(({ name }) => name)
  const names = [first, ...rest.slice(0, 8), ...(rest.length > 8 ? ['…'] : [])].join(', ')
  const path = target.replace(/\?.*$/s, '')
  return `${worlds.length} worlds know the ${what} of this request: ${names}. Name the one that is meant, by the prefix (${origin}${basePath}${prefixOf(first ?? '')}${path}) or by the header ${worldHeader}: ${first}.`
}

const plain = (status: number, sentence: string): HttpResponse => ({
  status,
  headers: [
    ['content-type', 'text/plain; charset=utf-8'],
    ['cache-control', 'no-store'],
  ],
  body: `${sentence}\n`,
})
