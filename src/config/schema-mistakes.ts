import type { ErrorObject, ValidateFunction } from 'ajv'
import { type Mistake, mistakeAt, suggestion } from './mistake.ts'
import { configSchema } from './schema.ts'

let compiled: Promise<ValidateFunction> | undefined
// To make its code smaller takes Ajv as long as to write it, and it runs once.
const load = () =>
  (compiled ??= import('ajv').then(({ Ajv }) =>
    new Ajv({ allErrors: true, verbose: true, code: { optimize: false } }).compile(configSchema),
  ))

/** Everything in a configuration that its schema does not allow. */
export async function schemaMistakes(config: unknown): Promise<readonly Mistake[]> {
  const validate = await load()
  if (validate(config)) return []
  // Whether a text is a length of time, and what is wrong with a fault, is said better by what reads it.
  const isReadLater = ({ keyword, instancePath }: ErrorObject) =>
    keyword === 'pattern' || /^\/faults\/\d/.test(instancePath)
  return (validate.errors ?? []).filter((error) => !isReadLater(error)).map(mistakeOf)
}

const kinds: Readonly<Record<string, string>> = {
  string: 'text in quotes',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys with values',
  integer: 'a whole number',
}

function mistakeOf(error: ErrorObject): Mistake {
  const { instancePath, keyword, params, data, parentSchema } = error
  const path = instancePath
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  if (keyword === 'additionalProperties') {
    const unknown = String(params.additionalProperty)
    const known = Object.keys(parentSchema?.properties ?? {})
    return mistakeAt([...path, unknown], ` is not known${suggestion(unknown, known)}`)
  }
  return mistakeAt(path, ` is ${inWords(data)}; expected ${expectation(error)}.`)
}

function expectation({ keyword, params, message = '', parentSchema }: ErrorObject): string {
  if (keyword === 'type') return kinds[params.type] ?? String(params.type)
  if (keyword === 'enum') return (params.allowedValues as readonly string[]).join(', ').replace(/, ([^,]*)$/, ' or $1')
  if (keyword === 'minimum' || keyword === 'maximum') return `${parentSchema?.minimum} to ${parentSchema?.maximum}`
  if (keyword === 'minLength') return 'some text'
  return message.replace(/^must (NOT )?have/, (_, not) => (not ? 'not' : 'to have'))
}

/** A value as it was written, if that is short. */
function inWords(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`
  if (typeof value === 'bigint') return `${value}n`
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
