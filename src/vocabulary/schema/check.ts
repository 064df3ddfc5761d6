import * as v from 'valibot'
import { isKnown } from '../evidence.ts'
import { type DefinitionMistake, InvalidDefinition, MockOAuthError } from '../misuse.ts'
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
  const mistakes = [...new Map([...mistakesIn(definition)].map((mistake) => [line(mistake), mistake])).values()]
  if (mistakes.length === 0) return
  const { id } = definition
  throw new InvalidDefinition(typeof id === 'string' && id !== '' ? id : 'A definition', mistakes)
}

function* mistakesIn(definition: Readonly<Record<string, unknown>>): Generator<DefinitionMistake> {
  const circle = circleIn(definition)
  if (circle !== undefined) {
    yield { path: circle, message: 'is an object that holds itself. Expected plain data.' }
    return
  }
  for (const key of ['id', 'name', 'docs']) {
    if (isKnown(definition[key])) yield { path: key, message: 'carries evidence. Expected the text alone.' }
  }
  for (const [path, known] of evidenceIn(definition)) {
    for (const message of faultsOf(known)) yield { path, message }
  }
  const { plain, evidence } = resolve('', definition, {})
  const usual = faultsIn(plain)
  const told = new Set(usual.map(line))
  yield* usual
  for (const { as = '', otherwise = {} } of evidence) {
    for (const choice of Object.keys(otherwise)) {
      for (const fault of faultsIn(resolve('', definition, { [as]: choice }).plain)) {
        if (!told.has(line(fault))) yield { ...fault, message: `(otherwise ${choice}) ${fault.message}` }
      }
    }
  }
}

const line = ({ path, message }: DefinitionMistake) => `${path} ${message}`

const faultsIn = (plain: unknown): DefinitionMistake[] =>
  (v.safeParse(schema, plain).issues ?? []).map(({ path = [], message }) => ({
    path: path.map(({ key }) => key).join('.'),
    message,
  }))
