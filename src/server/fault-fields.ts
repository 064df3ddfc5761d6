import type { FaultMoment } from '../vocabulary/fault.ts'
import { aimFields, callFields, type FieldForm, webhookFields } from '../vocabulary/fault-fields.ts'
import { type JsonSchema, list, oneOf, said, text } from './schema.ts'

const number: JsonSchema = { type: 'number' }
const byName = (value: JsonSchema): JsonSchema => ({ type: 'object', additionalProperties: value, maxProperties: 100 })

const schemaOf: Readonly<Record<FieldForm, JsonSchema>> = {
  text,
  number,
  json: {},
  names: list(text),
  order: { anyOf: [oneOf('arrival', 'reverse'), list({ type: 'integer', minimum: 1 })] },
  jsonByName: byName({}),
  textByName: byName(text),
  numberByName: byName(number),
}

/** Each name with the forms that it has, and the kinds that have it. */
function fieldsOfKinds(): Readonly<Record<string, JsonSchema>> {
  const found: Record<string, { forms: Set<FieldForm>; kinds: Set<string> }> = {}
  for (const [kind, fields] of [...Object.entries(callFields), ...Object.entries(webhookFields)]) {
    for (const [name, form] of Object.entries(fields)) {
      found[name] ??= { forms: new Set(), kinds: new Set() }
      found[name].forms.add(form)
      found[name].kinds.add(kind)
    }
  }
  return Object.fromEntries(
    Object.entries(found).map(([name, { forms, kinds }]) => {
      const [only = {}, ...others] = [...forms].map((form) => schemaOf[form])
      const schema = others.length > 0 ? { anyOf: [only, ...others] } : only
      return [name, said(schema, `of ${[...kinds].join(', ')}`)]
    }),
  )
}

const moments: readonly FaultMoment[] = ['before', 'after']

/** What can be said of a fault. Which of it goes together depends on its kind. */
export const faultFields: Readonly<Record<string, JsonSchema>> = {
  provider: said(text, 'a provider or environment; any when left out'),
  on: said(text, 'where it strikes: authorize, token, token:refresh_token, revoke, api, webhook …'),
  kind: said(oneOf(...new Set([...Object.keys(callFields), ...Object.keys(webhookFields)])), 'what goes wrong'),
  at: said(oneOf(...moments), 'before the work, or after it was really done; usual for the kind when left out'),
  client: said(schemaOf[aimFields.client], 'a client id; any when left out'),
  nth: said(
    { type: ['integer', 'string'] },
    'which of the calls that it could strike: 3, "2-4", "3n" (each third), "!3n" (all but these)',
  ),
  times: said(
    { type: 'integer', minimum: 1 },
    'how often it strikes; 1 when left out, without end for a pattern or a rate',
  ),
  rate: said(
    { type: 'number', minimum: 0, maximum: 1 },
    "how likely it strikes each of these calls, by the world's seed",
  ),
  cites: said(schemaOf[aimFields.cites], 'who permits it: RFC 6749 §5.1'),
  ...fieldsOfKinds(),
}
