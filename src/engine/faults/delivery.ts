import type { Misbehaviours } from '../../vocabulary/fault.ts'
import type { Delivery, HttpResponse } from '../../vocabulary/wire.ts'
import type { Strike } from './struck.ts'

/** What is written down of an answer that nobody has given. */
const nothing: HttpResponse = { status: 502, headers: [], body: '' }

/** An answer that goes to the client in another way. */
export const by = (delivery: Delivery, answered = nothing): HttpResponse => ({
  ...answered,
  delivery: { ...answered.delivery, ...delivery },
})

/** The connection is reset. */
export const drop: Strike<Misbehaviours['drop']> = {
  before: () => ({ words: 'the connection was reset; nothing was done', outcome: { response: by({ drop: true }) } }),
  after: (_, __, answered) => ({
    words: `all was done, and the answer ${answered.status} was not sent: the connection was reset`,
    response: by({ drop: true }, answered),
  }),
}

/** Nothing is sent. */
export const hang: Strike<Misbehaviours['hang']> = {
  before: () => ({ words: 'no answer; nothing was done', outcome: { response: by({ hang: true }) } }),
  after: (_, __, answered) => ({
    words: `all was done, and the answer ${answered.status} was not sent: the client is left waiting`,
    response: by({ hang: true }, answered),
  }),
}

/** The answer breaks off within its body. */
export const truncate: Strike<Misbehaviours['truncate']> = {
  after: (_, { bytes }, answered) => {
    const { length } = new TextEncoder().encode(answered.body)
    if (length === 0) {
      return { words: 'the answer has no body: the connection was reset', response: by({ drop: true }, answered) }
    }
    const truncateAt = Math.min(bytes ?? Math.floor(length / 2), length - 1)
    return {
      words: `all was done, and the answer broke off after ${truncateAt} of ${length} bytes`,
      response: by({ truncateAt }, answered),
    }
  },
}

/** Real time passes. */
export const delay: Strike<Misbehaviours['delay']> = {
  before: async ({ world }, { ms }) =>
    (await world.holds.pause(ms)) ? { words: `${ms} ms passed before anything was done` } : { forgotten: true },
  after: (_, { ms }, answered) => ({
    words: `all was done, and the answer was kept back for ${ms} ms`,
    response: by({ delayMs: ms }, answered),
  }),
}

/** The answer comes in small pieces. */
export const slow: Strike<Misbehaviours['slow']> = {
  after: (_, { bytesPerSecond }, answered) => ({
    words: `the answer came by ${bytesPerSecond} bytes a second`,
    response: by({ bytesPerSecond }, answered),
  }),
}

/** The connection is closed behind the answer. */
export const close: Strike<Misbehaviours['close']> = {
  after: (_, __, answered) => ({
    words: 'the connection was closed behind the answer, unannounced',
    response: by({ closeAfter: true }, answered),
  }),
}
