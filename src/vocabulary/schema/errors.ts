import * as v from 'valibot'
import type {
  AuthorizeCheck,
  AuthorizeErrorRow,
  AuthorizeErrorRows,
  AuthorizeErrors,
  BearerErrorRows,
  BearerErrors,
  ErrorRow,
  Sentence,
  TokenCheck,
  TokenErrorRows,
  TokenErrors,
  WrittenAuthorizeError,
} from '../errors.ts'
import { rfc6749AuthorizeErrors, rfc6749Errors } from '../rfc6749-errors.ts'
import { rfc6750Errors } from '../rfc6750-errors.ts'
import { authorizeRow, everyRow, row, someRows, written } from './error-rows.ts'
import { isJson } from './json.ts'
import { functionThat, isObject, listOf, oneOf, optional, recordOf, type Schema, section, text } from './section.ts'
import { faultOf, tried } from './trial.ts'

interface Tried<Row> {
  readonly rows: Readonly<Record<string, Row>>
}

/** Writes the body of every row, as the engine would. */
const writesEveryRow = <Row extends { error: Sentence; description?: Sentence }, Errors extends Tried<Row>>(
  key: string & keyof Errors,
  isRight: (value: unknown) => boolean,
  expected: string,
  write: (errors: Errors, row: Row, told: { error: string; description?: string }) => unknown,
) =>
  tried<Errors>((errors) => {
    for (const [kind, one] of Object.entries(errors.rows)) {
      const { error, description } = one
      const told = { error: written(error), ...(description && { description: written(description) }) }
      const fault = faultOf(() => write(errors, one, told), isRight)
      if (fault) return `is a function that ${fault} for ${kind}. Expected ${expected}.`
    }
    return undefined
  }, key)

const hasBody = <Errors extends TokenErrors | BearerErrors>() =>
  writesEveryRow<ErrorRow, Errors>('body', isJson, 'what JSON can hold', (errors, one, told) =>
    one.body === undefined ? errors.body({ status: one.status, ...told }) : null,
  )

const body: Schema<TokenErrors['body']> = functionThat('writes the body from { status, error, description }')

const tokenCheck = oneOf<TokenCheck>({
  body: 1,
  'grant-type': 1,
  client: 1,
  'client-method': 1,
  'client-secret': 1,
  'client-assertion': 1,
  'client-status': 1,
  'client-grant': 1,
  parameters: 1,
  'code-owner': 1,
  code: 1,
  'refresh-token-owner': 1,
  'refresh-token': 1,
  'device-code-owner': 1,
  'device-code': 1,
  'redirect-uri': 1,
  verifier: 1,
  scope: 1,
  'scope-registered': 1,
})

const authorizeCheck = oneOf<AuthorizeCheck>({
  client: 1,
  'pushed-request': 1,
  'redirect-uri': 1,
  'client-status': 1,
  parameters: 1,
  'response-type': 1,
  'response-mode': 1,
  prompt: 1,
  'client-grant': 1,
  scope: 1,
  challenge: 1,
  'redirect-uri-scheme': 1,
})

/** The dialect of a token endpoint. */
export const tokenErrors: Schema<TokenErrors> = v.pipe(
  section<TokenErrors>(
    {
      words: text,
      rows: everyRow('rfc6749Errors', rfc6749Errors.rows, row),
      body,
      order: optional(listOf("a list of checks: ['client', 'code']", tokenCheck)),
      lastWins: optional(listOf("a list of checks: ['client', 'code']", tokenCheck)),
      byHeader: optional(someRows(rfc6749Errors.rows, row)),
    },
    'an error table: rfc6749Errors, or one that begins with ...rfc6749Errors',
  ),
  hasBody<TokenErrors>(),
)

/** The dialect of an API. */
export const bearerErrors: Schema<BearerErrors> = v.pipe(
  section<BearerErrors>(
    {
      words: text,
      rows: everyRow('rfc6750Errors', rfc6750Errors.rows, row),
      body,
    },
    'an error table: rfc6750Errors, or one that begins with ...rfc6750Errors',
  ),
  hasBody<BearerErrors>(),
)

const isCallback = (value: unknown) =>
  isObject(value) && Object.values(value).every((one) => one === undefined || typeof one === 'string')

/** The error table of an authorization endpoint. */
export const authorizeErrors: Schema<AuthorizeErrors> = v.pipe(
  section<AuthorizeErrors>(
    {
      words: text,
      rows: everyRow('rfc6749AuthorizeErrors', rfc6749AuthorizeErrors.rows, authorizeRow),
      callback: functionThat('writes the parameters of the redirect from { error, description, state }'),
      order: optional(listOf("a list of checks: ['client', 'code']", authorizeCheck)),
      afterConsent: optional(
        listOf(
          "a list of checks: ['client', 'code']",
          oneOf<NonNullable<AuthorizeErrors['afterConsent']>[number]>({ challenge: 1, 'redirect-uri-scheme': 1 }),
        ),
      ),
    },
    'an error table: rfc6749AuthorizeErrors, or one that begins with ...rfc6749AuthorizeErrors',
  ),
  writesEveryRow<AuthorizeErrorRow, AuthorizeErrors>(
    'callback',
    isCallback,
    'an object of texts',
    (errors, _, told: WrittenAuthorizeError) => errors.callback({ ...told, state: 'state' }),
  ),
)

/** Rows in doubt at the token endpoint, by the name of their group. */
export const tokenErrorRows = recordOf(
  'an object of groups of rows',
  section<TokenErrorRows>({ words: text, rows: someRows(rfc6749Errors.rows, row) }),
)

/** The same at the authorization endpoint. */
export const authorizeErrorRows = recordOf(
  'an object of groups of rows',
  section<AuthorizeErrorRows>({
    words: text,
    rows: someRows(rfc6749AuthorizeErrors.rows, authorizeRow),
  }),
)

/** The same at the API. */
export const bearerErrorRows = recordOf(
  'an object of groups of rows',
  section<BearerErrorRows>({ words: text, rows: someRows(rfc6750Errors.rows, row) }),
)
