import type { Delivery, HttpResponse } from '../../vocabulary/wire.ts'
import { answerStrikes } from './answers.ts'
import { expireEarly } from './early-ends.ts'
import { omit, replace, tamper } from './fields.ts'
import { error, rateLimit } from './refusals.ts'
import type { Strikes } from './struck.ts'

const nothing: HttpResponse = { status: 502, headers: [], body: '' }

const by = (delivery: Delivery, answered = nothing): HttpResponse => ({
  ...answered,
  delivery: { ...answered.delivery, ...delivery },
})

/** What each kind of fault does. */
export const strikes: Strikes = {
  drop: {
    before: () => ({ words: 'the connection was reset; nothing was done', outcome: { response: by({ drop: true }) } }),
    after: (_, __, answered) => ({
      words: `all was done, and the answer ${answered.status} was not sent: the connection was reset`,
      response: by({ drop: true }, answered),
    }),
  },
  error,
  rateLimit,
  ...answerStrikes,
  omit,
  replace,
  tamper,
  expireEarly,
  delay: {},
  hang: {},
  truncate: {},
  slow: {},
  close: {},
  hold: {},
}
