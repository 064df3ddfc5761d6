import { Ajv, type ErrorObject } from 'ajv'
import { DriverError } from '../run/running.ts'
import type { Answered, Op, Started } from './messages.ts'
import { answerLineSchema, answerSchemas } from './schema.ts'

/** An answer of a driver, still to be held against what was asked. */
export interface ReadAnswer {
  readonly id: number
  /** @throws {DriverError} where it is an error, or no answer to that */
  as(op: Op | 'start'): Answered[Op] | Started
}

const ajv = new Ajv({
  allErrors: true,
  strict: true,
  strictRequired: false,
  allowUnionTypes: true,
  code: { optimize: false },
})
const checkLine = ajv.compile<{ id: number; ok?: object; error?: DriverError['problem'] }>(answerLineSchema)
const checks = Object.fromEntries(Object.entries(answerSchemas).map(([op, schema]) => [op, ajv.compile(schema)]))

/** Reads a line of a driver. Returns why it is none, where it is none. */
export function readAnswer(line: string): ReadAnswer | string {
  let read: unknown
  try {
    read = JSON.parse(line)
  } catch {
    return 'no JSON'
  }
  if (!checkLine(read)) return ajv.errorsText(checkLine.errors, { dataVar: 'line' })
  const { id, ok, error } = read
  return {
    id,
    as(op) {
      if (error) throw new DriverError(error)
      const check = checks[op]
      if (check?.(ok)) return ok as Answered[Op] | Started
      const why = (check?.errors ?? []).map(sentenceOf).join(', ')
      throw new DriverError({ kind: 'failed', message: `It answers ${op} with ${short(ok)}: ${why}.` })
    },
  }
}

/** What is misspelled is named, and what there is. */
function sentenceOf(error: ErrorObject): string {
  const { keyword, params, instancePath } = error
  if (keyword === 'additionalProperties') return `${params.additionalProperty} is not known in ok${instancePath}`
  if (keyword === 'enum') return `ok${instancePath} is none of ${params.allowedValues.join(', ')}`
  return ajv.errorsText([error], { dataVar: 'ok' })
}

const short = (value: unknown): string => {
  const text = JSON.stringify(value)
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
