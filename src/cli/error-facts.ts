import { render, write } from '../engine/refusal.ts'
import type { AuthorizeErrorRow, AuthorizeErrors, Dialect, ErrorRow, TokenErrors } from '../vocabulary/errors.ts'

/** One refusal on the wire. */
export interface ErrorFact {
  /** The refusal's kind, with the case in brackets where one kind has several answers. */
  readonly kind: string
  /** A status, or for the authorization endpoint where the browser goes: `page`, `here` or `client`. */
  readonly answer: string
  /** Headers besides those of every answer. */
  readonly headers: readonly string[]
  /** The body as it is sent, or the parameters that the browser takes along. */
  readonly body: string
}

/** An error table of any endpoint. */
export type ErrorRules =
  | (Dialect<string> & Partial<Pick<TokenErrors, 'order' | 'lastWins' | 'byHeader'>>)
  | AuthorizeErrors

/** What stands in a sentence that is written from the request. */
const blanks = { parameter: '<parameter>', expected: '<expected>', came: '<came>' }

interface Case {
  readonly label: string
  readonly refusal: { kind: string; parameter?: string; expected?: string; came?: string }
}

/**
 * The cases in which a row has sentences of its own: for one of the parameters, or where nothing was sent.
 * @param written the row's sentences for one refusal, as one text
 */
function casesOf(kind: string, parameters: readonly string[], written: (refusal: Case['refusal']) => string): Case[] {
  const usual = { kind, ...blanks }
  const text = written(usual)
  const { came, ...nothing } = usual
  const silent = written(nothing)
  return [
    { label: kind, refusal: usual },
    ...parameters.flatMap((parameter) => {
      const refusal = { ...usual, parameter }
      const differs = written(refusal) !== text.replaceAll(blanks.parameter, parameter)
      return differs ? [{ label: `${kind} (${parameter})`, refusal }] : []
    }),
    ...(silent !== text && !silent.includes('undefined') ? [{ label: `${kind} (not sent)`, refusal: nothing }] : []),
  ]
}

/** Every refusal of an error table as it is answered, in the order of the table. */
export function errorFacts(rules: ErrorRules, parameters: readonly string[]): ErrorFact[] {
  if ('callback' in rules) return Object.entries(rules.rows).flatMap((row) => authorizeFacts(rules, row, parameters))
  const facts =
    (note: string) =>
    ([kind, row]: [string, ErrorRow]) =>
      tokenFacts(rules, kind, row, parameters, note)
  return [
    ...Object.entries(rules.rows).flatMap(facts('')),
    ...Object.entries(rules.byHeader ?? {}).flatMap(facts(' (by the Authorization header)')),
  ]
}

function tokenFacts(
  dialect: Dialect<string>,
  kind: string,
  row: ErrorRow,
  parameters: readonly string[],
  note: string,
): ErrorFact[] {
  const answer = (refusal: Case['refusal']) => render(dialect, refusal, [], row)
  return casesOf(kind, parameters, (refusal) => JSON.stringify(answer(refusal))).map(({ label, refusal }) => {
    const { status, headers, body } = answer(refusal)
    const own = headers.filter(([name]) => name !== 'content-type').map(([name, value]) => `${name}: ${value}`)
    return { kind: label + note, answer: String(status), headers: own, body }
  })
}

function authorizeFacts(
  { callback }: AuthorizeErrors,
  [kind, { to, error, description }]: [string, AuthorizeErrorRow],
  parameters: readonly string[],
): ErrorFact[] {
  const body = (refusal: Case['refusal']) => {
    const code = write(error, refusal)
    const sentence = description && write(description, refusal)
    const onPage = { error: code, error_description: sentence }
    const sent =
      to === 'client' ? callback({ error: code, state: '<state>', ...(sentence && { description: sentence }) }) : onPage
    return Object.entries(sent)
      .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]))
      .join('&')
  }
  return casesOf(kind, parameters, body).map(({ label, refusal }) => {
    return { kind: label, answer: to, headers: [], body: body(refusal) }
  })
}
