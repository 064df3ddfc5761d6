import type { TokenRefusalKind } from '../../vocabulary/refusal.ts'
import { refuseToken } from '../token-answer.ts'
import { close, delay, drop, hang, slow, truncate } from './delivery.ts'
import { hold } from './hold.ts'
import type { Strikes } from './struck.ts'

/** What each kind of fault does. */
export const strikes: Strikes = {
  drop,
  error: {
    before: (visit, { refusal }) => ({
      words: `refused as ${refusal}; nothing was done`,
      outcome: refuseToken(visit, { kind: refusal as TokenRefusalKind }),
    }),
  },
  status: {},
  delay,
  hang,
  truncate,
  slow,
  close,
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
  hold,
}
