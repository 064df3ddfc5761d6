import { answerStrikes } from './answers.ts'
import { close, delay, drop, hang, slow, truncate } from './delivery.ts'
import { expireEarly } from './early-ends.ts'
import { omit, replace, tamper } from './fields.ts'
import { hold } from './hold.ts'
import { error, rateLimit } from './refusals.ts'
import type { Strikes } from './struck.ts'

/** What each kind of fault does. */
export const strikes: Strikes = {
  drop,
  error,
  rateLimit,
  ...answerStrikes,
  omit,
  replace,
  tamper,
  expireEarly,
  delay,
  hang,
  truncate,
  slow,
  close,
  hold,
}
