import * as v from 'valibot'
import { isKnown } from '../evidence.ts'
import { MockOAuthError } from '../misuse.ts'
import { resolve } from '../plain.ts'
import { circleIn } from './circle.ts'
import { definition as schema } from './definition.ts'
import { evidenceIn, faultsOf } from './evidence.ts'
import { isObject, wrong } from './section.ts'

/**
 * Holds a definition against the vocabulary: each key, each value, each alternative, and each function on an example.
 * @throws {MockOAuthError} `invalid_definition` with every mistake, a line each: the path, what was given, what is expected
 */
export function checkDefinition(definition: unknown): void {
  if (!isObject(definition)) {
    throw new MockOAuthError(
      'invalid_definition',
      `What is to be played ${wrong(definition, "a provider's name or a definition")}`,
    )
  }
  const mistakes = [...new Set(mistakesIn(definition))]
  if (mistakes.length === 0) return
  const { id } = definition
  const name = typeof id === 'string' && id !== '' ? id : 'A definition'
  const [first] = mistakes
  const message =
    mistakes.length === 1 ? `${name}: ${first}` : `${name} has ${mistakes.length} mistakes:\n  ${mistakes.join('\n  ')}`
  throw new MockOAuthError('invalid_definition', message)
}

function* mistakesIn(definition: Readonly<Record<string, unknown>>): Generator<string> {
  const circle = circleIn(definition)
  if (circle !== undefined) {
    yield `${circle} is an object that holds itself. Expected plain data.`
    return
  }
  for (const key of ['id', 'name', 'docs']) {
    if (isKnown(definition[key])) yield `${key} carries evidence. Expected the text alone.`
  }
  for (const [path, known] of evidenceIn(definition)) {
    for (const fault of faultsOf(known)) yield `${path} ${fault}`
  }
  const { plain, evidence } = resolve('', definition, {})
  const usual = new Set(faultsIn(plain).map(({ path, message }) => line(path, message)))
  yield* usual
  for (const { as = '', otherwise = {} } of evidence) {
    for (const choice of Object.keys(otherwise)) {
      for (const { path, message } of faultsIn(resolve('', definition, { [as]: choice }).plain)) {
        if (!usual.has(line(path, message))) yield line(`${path} (otherwise ${choice})`, message)
      }
    }
  }
}

const line = (path: string, message: string) => `${path} ${message}`

const faultsIn = (plain: unknown) =>
  (v.safeParse(schema, plain).issues ?? []).map(({ path = [], message }) => ({
    path: path.map(({ key }) => key).join('.'),
    message,
  }))
