import type { Answered, Asked, CallAnswer, DriverProblem, Op } from '../protocol/messages.ts'
import type { Player } from '../scene.ts'
import { ClientLost, DriverError, type Running } from './running.ts'

/** The story cannot go on: the client is gone, the driver is stuck, or what was waited for does not come. */
export class Halted extends Error {
  override readonly name = 'Halted'
}

/** What a story keeps of each question. */
export interface Ended {
  readonly answer?: Answered[Op]
  readonly problem?: DriverProblem
  readonly lost?: 'died' | 'timed out'
}

/** What a player does with the world around it. */
export interface Around {
  /** Called when a question is asked; what it returns takes what became of it. */
  asking<Name extends Op>(op: Name, asked: Asked[Name]): (ended: Ended) => void
  visit(url: string, person?: Parameters<Player['connect']>[2]): Promise<string>
}

/** The session of whoever is not named. */
const somebody = 'browser'

/** One process of a client, asked in a story. */
export function createPlayer(running: () => Running, { asking, visit }: Around): Player {
  function put<Name extends Op>(op: Name, asked: Asked[Name]): { id: number; answer: Promise<Answered[Name]> } {
    const over = asking(op, asked)
    const { id, answer } = running().ask(op, asked)
    const ended = answer.then(kept(over), thrown(over))
    // A story that has halted elsewhere may not wait for it.
    ended.catch(() => {})
    return { id, answer: ended }
  }
  const ask: Player['ask'] = (op, asked) => put(op, asked).answer
  const begin: Player['begin'] = async (session = somebody, link) =>
    (await ask('begin', { session, ...(link !== undefined && { link }) })).url
  const callback: Player['callback'] = (session, url) => ask('callback', { session, url })
  const call: Player['call'] = (asked = {}) => ask('call', asked)
  const of = (link?: string) => (link === undefined ? {} : { link })
  return {
    ask,
    begin,
    callback,
    connect: async (session = somebody, link, person) =>
      callback(session, await visit(await begin(session, link), person)),
    call,
    calls: (count, asked) => Promise.all(Array.from({ length: count }, () => call(asked))),
    status: (link) => ask('status', of(link)),
    disconnect: (link) => ask('disconnect', of(link)),
    webhook: (letter) => ask('webhook', letter),
    cancellable(asked = {}) {
      const { id, answer } = put('call', asked)
      // Whoever gives it up may not want to hear.
      answer.catch(() => {})
      return { answer: answer as Promise<CallAnswer>, cancel: async () => void (await ask('cancel', { call: id })) }
    },
    kill: () => running().kill(),
  }
}

const kept =
  (over: (ended: Ended) => void) =>
  <Value extends Answered[Op]>(answer: Value): Value => {
    over({ answer })
    return answer
  }

const thrown =
  (over: (ended: Ended) => void) =>
  (error: unknown): never => {
    if (error instanceof DriverError) over({ problem: error.problem })
    else if (error instanceof ClientLost) over({ lost: error.how })
    else throw error
    throw new Halted(error.message, { cause: error })
  }
