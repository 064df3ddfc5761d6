import * as v from 'valibot'
import type { AuthorizeErrorRow, ErrorRow, Sentence } from '../errors.ts'
import { type TroubleRefusalKind, type TroubleRows, troubleKinds } from '../trouble.ts'
import { json } from './json.ts'
import {
  addStrangers,
  isObject,
  oneOf,
  optional,
  recordOf,
  type Schema,
  section,
  status,
  text,
  valueThat,
} from './section.ts'
import { faultOf, tried } from './trial.ts'

const refusal = { kind: 'tried', rule: 'tried', parameter: 'scope', expected: 'what is right', came: 'what came' }
/** A sentence as an example refusal has it. */
export const written = (sentence: Sentence) => (typeof sentence === 'string' ? sentence : sentence(refusal))

/** A sentence; one that is a function is tried on an example. */
const sentence: Schema<Sentence> = v.pipe(
  valueThat<Sentence>('a text, or a function from the refusal to one', (value) =>
    ['string', 'function'].includes(typeof value),
  ),
  tried((one) => {
    const fault = faultOf(
      () => written(one),
      (value) => typeof value === 'string',
    )
    return fault && `is a function that ${fault}. Expected a text.`
  }),
)

/** How a refusal looks on the wire. */
export const row = section<ErrorRow>(
  {
    status,
    error: sentence,
    description: optional(sentence),
    headers: optional(recordOf('an object of headers', sentence)),
    body: optional(json),
    text: optional(text),
  },
  "an error's row: { status: 400, error: 'invalid_grant' }",
)

/** The same at an authorization endpoint. */
export const authorizeRow = section<AuthorizeErrorRow>(
  {
    to: oneOf<AuthorizeErrorRow['to']>({ page: 1, here: 1, client: 1 }),
    error: sentence,
    description: optional(sentence),
  },
  "an error's row: { to: 'client', error: 'access_denied' }",
)

type Ordinary<Kind> = Exclude<Kind, TroubleRefusalKind>

/** Rows for some of the kinds of refusals that a whole table has, or may have. */
export const someRows = <Kind extends string, Row>(
  whole: Readonly<Partial<Record<Kind, unknown>>>,
  one: Schema<Row>,
) => {
  const known = [...Object.keys(whole), ...troubleKinds]
  return v.pipe(
    valueThat<object>('an object with a row for each kind of refusal', isObject),
    v.looseObject(Object.fromEntries(known.map((kind) => [kind, v.optional(one)]))),
    v.rawCheck(({ dataset: { value }, addIssue }) => {
      if (isObject(value)) addStrangers(value, known, addIssue)
    }),
  ) as unknown as Schema<Readonly<Partial<Record<Ordinary<Kind>, Row>>> & TroubleRows<Row>>
}

/**
 * A row for every kind.
 * @param name the table that has them all
 */
export const everyRow = <Kind extends string, Row>(
  name: string,
  whole: Readonly<Partial<Record<Kind, unknown>>>,
  one: Schema<Row>,
) =>
  v.pipe(
    someRows(whole, one),
    v.rawCheck(({ dataset: { value }, addIssue }) => {
      const lacking = isObject(value) ? Object.keys(whole).filter((kind) => value[kind] === undefined) : []
      const [first, second, ...more] = lacking
      if (first === undefined) return
      const kinds = [first, second].filter(Boolean).join(', ') + (more.length > 0 ? ` and ${more.length} more` : '')
      addIssue({ message: `lacks ${kinds}. Expected a row for each kind of refusal: begin with ...${name}.rows.` })
    }),
  ) as Schema<Readonly<Record<Ordinary<Kind>, Row>> & TroubleRows<Row>>
