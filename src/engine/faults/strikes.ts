import type { TokenRefusalKind } from '../../vocabulary/refusal.ts'
import type { Delivery, HttpResponse } from '../../vocabulary/wire.ts'
import { refuseToken } from '../token-answer.ts'
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
  error: {
    before: (visit, { refusal }) => ({
      words: `refused as ${refusal}; nothing was done`,
      outcome: refuseToken(visit, { kind: refusal as TokenRefusalKind }),
    }),
  },
  status: {},
  delay: {},
  hang: {},
  truncate: {},
  slow: {},
  close: {},
  malformed: {},
  html: {},
  empty: {},
  contentType: {},
  rateLimit: {},
  redirect: {},
  omit: {},
  replace: {},
  tamper: {},
  expireEarly: {},
  hold: {},
}
