import * as v from 'valibot'
import { MockOAuthError } from '../misuse.ts'
import { type Choices, resolve } from '../plain.ts'
import { definition as schema } from './definition.ts'
import { evidenceIn, faultsOf } from './evidence.ts'
import { isObject } from './section.ts'

/**
 * Holds a definition against the vocabulary: each key, each value, each alternative, and each function on an example.
 * @throws {MockOAuthError} `invalid_definition` with every mistake, a line each: the path, what was given, what is expected
 */
export function checkDefinition(definition: unknown): void {
  const mistakes = [...new Set([...mistakesIn(definition)])]
  if (mistakes.length === 0) return
  const { id } = isObject(definition) ? definition : {}
  const name = typeof id === 'string' && id !== '' ? id : 'the definition'
  const [first] = mistakes
  const message =
    mistakes.length === 1 ? `${name}: ${first}` : `${name} has ${mistakes.length} mistakes:\n  ${mistakes.join('\n  ')}`
  throw new MockOAuthError('invalid_definition', message)
}

function* mistakesIn(definition: unknown): Generator<string> {
  for (const [path, known] of evidenceIn(definition)) {
    for (const fault of faultsOf(known)) yield `${path} ${fault}`
  }
  const { plain, evidence } = resolve('', definition, {})
  const usual = faultsIn(plain)
  for (const { path, message } of usual) yield line(path, message)
  const known = new Set(usual.map(({ path, message }) => line(path, message)))
  const alternatives = evidence.flatMap(({ as, otherwise = {} }) =>
    as === undefined ? [] : Object.keys(otherwise).map((choice): [string, string] => [as, choice]),
  )
  for (const [as, choice] of new Map(alternatives.map((one) => [one.join(), one])).values()) {
    const choices: Choices = { [as]: choice }
    for (const { path, message } of faultsIn(resolve('', definition, choices).plain)) {
      if (!known.has(line(path, message))) yield line(`${path} (otherwise ${choice})`, message)
    }
  }
}

const line = (path: string, message: string) => (path === '' ? `the definition ${message}` : `${path} ${message}`)

const faultsIn = (plain: unknown) =>
  (v.safeParse(schema, plain).issues ?? []).map(({ path = [], message }) => ({
    path: path.map(({ key }) => key).join('.'),
    message,
  }))
