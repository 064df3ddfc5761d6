import type { Dialect, ErrorRow, Sentence } from '../vocabulary/errors.ts'
import type { Refusal } from '../vocabulary/refusal.ts'
import type { HttpResponse } from '../vocabulary/wire.ts'
import { json } from './answers.ts'

/** Writes a sentence of an error table for one refusal. */
export const write = (sentence: Sentence, refusal: Refusal<string>): string =>
  typeof sentence === 'string' ? sentence : sentence(refusal)

/** A refusal in a provider's dialect. */
export function render<Kind extends string>(
  dialect: Dialect<Kind>,
  refusal: Refusal<Kind>,
  headers: HttpResponse['headers'] = [],
  row: ErrorRow = dialect.rows[refusal.kind],
): HttpResponse {
  const { status, description, text } = row
  const own = Object.entries(row.headers ?? {}).map(([name, sentence]) => [name, write(sentence, refusal)] as const)
  if (text !== undefined) return { status, headers: own, body: text }
  const body =
    row.body ??
    dialect.body({
      status,
      error: write(row.error, refusal),
      ...(description ? { description: write(description, refusal) } : {}),
    })
  return json(status, body, [...headers, ...own])
}

/**
 * Puts the checks to an attempt in order.
 * @param wins which refusal counts when several apply: real servers differ
 */
export function judge<Attempt, Kind extends string>(
  attempt: Attempt,
  checks: readonly ((attempt: Attempt) => Refusal<Kind> | undefined)[],
  wins: 'first' | 'last' = 'first',
): Refusal<Kind> | undefined {
  let last: Refusal<Kind> | undefined
  for (const check of checks) {
    const refusal = check(attempt)
    if (refusal && wins === 'first') return refusal
    last = refusal ?? last
  }
  return last
}
