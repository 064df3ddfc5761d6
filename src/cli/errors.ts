import { write } from '../engine/refusal.ts'
import type { AuthorizeErrorRow, ErrorRow, Sentence } from '../vocabulary/errors.ts'

/** One refusal on the wire. */
export interface ErrorFact {
  readonly kind: string
  /** A status, or for the authorization endpoint where the browser goes: to a page or to the client. */
  readonly answer: string
  readonly error: string
  /** The sentence, or the body that stands in for the dialect's. */
  readonly description: string
}

/** What stands in a sentence that is written from the request. */
const blanks = { parameter: '<parameter>', expected: '<expected>', came: '<came>' }

const say = (kind: string, sentence: Sentence = ''): string => write(sentence, { kind, ...blanks })

/** A row of a token endpoint's or an API's error table. */
export const errorFact = ([kind, { status, error, description, body }]: [string, ErrorRow]): ErrorFact => ({
  kind,
  answer: String(status),
  error: say(kind, error),
  description: body === undefined ? say(kind, description) : JSON.stringify(body),
})

/** A row of an authorization endpoint's error table. */
export const authorizeErrorFact = ([kind, { to, error, description }]: [string, AuthorizeErrorRow]): ErrorFact => ({
  kind,
  answer: to,
  error: say(kind, error),
  description: say(kind, description),
})
