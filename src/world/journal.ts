import type { FaultMoment } from '../vocabulary/fault.ts'
import type { Refusal } from '../vocabulary/refusal.ts'
import type { EndpointName } from '../vocabulary/routes.ts'
import type { HttpRequest, HttpResponse, PostedAnswer } from '../vocabulary/wire.ts'
import type { Subject } from './subject.ts'

/** One request and what became of it, raw. */
export interface Exchange {
  /** `r1`, `r2`, … in the order of arrival. */
  readonly id: string
  /** World time of arrival, in milliseconds. */
  readonly at: number
  /** The key of the environment, or nothing where no provider was meant. */
  readonly environment: string | undefined
  readonly endpoint: EndpointName | undefined
  readonly grantType: string | undefined
  readonly clientId: string | undefined
  readonly request: HttpRequest
  readonly response: HttpResponse
  /** What the answer's form posts to the client, where it goes there by one. */
  readonly posted?: PostedAnswer | undefined
  readonly refusal: Refusal | undefined
  /** What a refused request presented, where that is or was known. */
  readonly subject?: Subject | undefined
  /** What was done to it on purpose, in order. */
  readonly faults?: readonly FaultAct[] | undefined
  /** What the engine had answered, where the client was sent something else or nothing. */
  readonly done?: HttpResponse | undefined
  /** It came from a snapshot that was taken without secrets. */
  readonly redacted?: true | undefined
}

/** One deliberate misbehaviour in an exchange. */
export interface FaultAct {
  /** Of the fault that was armed. */
  readonly id: string
  readonly kind: string
  readonly at: FaultMoment
  /** What it did, in words and without secrets. */
  readonly words: string
  /** Who permits it, where it is permitted. */
  readonly cites?: string | undefined
}

/** Which exchanges to list. */
export interface ExchangeFilter {
  provider?: string
  endpoint?: string
  /** Only those after this exchange id. */
  since?: string
}

/** The exchanges of a world, in order; the oldest are dropped past a limit, and bodies are kept up to 64 KiB. */
export interface Journal {
  /** Takes the id of the next exchange. */
  next(): string
  /** How many ids were taken. */
  readonly taken: number
  record(exchange: Exchange): void
  list(filter?: ExchangeFilter): readonly Exchange[]
  find(id: string): Exchange | undefined
  /** Calls back for each exchange from now on; returns the way to stop. */
  subscribe(listener: (exchange: Exchange) => void): () => void
  clear(): void
  dump(): JournalState
  /** Goes on from what another has dumped; tells nobody. */
  load(state: JournalState): void
}

/** A journal as plain data. */
export interface JournalState {
  /** How many ids were taken. */
  readonly taken: number
  /** Oldest first. */
  readonly exchanges: readonly Exchange[]
}

/** Longer texts are cut in the journal, so that its memory is bounded by bytes as well. */
const longestBody = 65_536
const longestValue = 1_024

/** A text of its own within a length: a mere slice would keep the whole that it was taken from in memory. */
const cut = (text: string, length: number): string =>
  text.length > length ? new TextDecoder().decode(new TextEncoder().encode(text.slice(0, length))) : text

/** An exchange with its long texts cut; most have none and stay as they are. */
function bounded(exchange: Exchange): Exchange {
  const { request, response, refusal, done, grantType = '' } = exchange
  const { came = '' } = refusal ?? {}
  const bodies = Math.max(request.body.length, response.body.length, done?.body.length ?? 0)
  if (bodies <= longestBody && Math.max(came.length, grantType.length) <= longestValue) return exchange
  return {
    ...exchange,
    request: { ...request, body: cut(request.body, longestBody) },
    response: { ...response, body: cut(response.body, longestBody) },
    done: done && { ...done, body: cut(done.body, longestBody) },
    grantType: exchange.grantType && cut(grantType, longestValue),
    refusal: refusal && { ...refusal, ...(refusal.came && { came: cut(came, longestValue) }) },
  }
}

/** @param limit how many exchanges are kept */
export function createJournal(limit = 1_000): Journal {
  let taken = 0
  // A ring: `recorded % limit` is where the next exchange goes, over the oldest.
  let recorded = 0
  const ring: Exchange[] = []
  const listeners = new Set<(exchange: Exchange) => void>()
  const inOrder = () => [...ring.slice(recorded % limit), ...ring.slice(0, recorded % limit)]
  const numberOf = (id: string) => Number(id.slice(1))
  function clear(): void {
    ring.length = 0
    recorded = 0
    taken = 0
  }
  return {
    next: () => `r${++taken}`,
    get taken() {
      return taken
    },
    record(seen) {
      const exchange = bounded(seen)
      ring[recorded++ % limit] = exchange
      for (const listener of listeners) listener(exchange)
    },
    list({ provider, endpoint, since } = {}) {
      const kept = recorded > limit ? inOrder() : ring
      return kept.filter(
        (exchange) =>
          (provider === undefined || exchange.environment === provider) &&
          (endpoint === undefined || exchange.endpoint === endpoint) &&
          (since === undefined || numberOf(exchange.id) > numberOf(since)),
      )
    },
    find: (id) => ring.find((exchange) => exchange.id === id),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    clear,
    dump: () => ({ taken, exchanges: recorded > limit ? inOrder() : [...ring] }),
    load(state) {
      clear()
      taken = state.taken
      for (const exchange of state.exchanges.slice(-limit)) ring[recorded++] = exchange
    },
  }
}
