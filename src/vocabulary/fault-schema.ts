import { faultMoments } from './fault.ts'
import { aimFields, callFields, type FaultFields, webhookFields } from './fault-fields.ts'
import { faultForm } from './fault-text.ts'
import type { Json } from './json.ts'

type Schema = { readonly [key: string]: Json }

const schemasOf = (fields: FaultFields) =>
  Object.fromEntries(Object.entries(fields).map(([name, { schema }]) => [name, schema]))

/** One kind of fault: what is said of all, and what of this one. */
const kindOf = (kind: string, fields: FaultFields, where: Readonly<Record<string, Schema>>): Schema => ({
  type: 'object',
  title: kind,
  properties: { ...where, kind: { const: kind }, ...schemasOf(fields), ...schemasOf(aimFields) },
  required: ['on', 'kind', ...Object.keys(fields).filter((name) => fields[name]?.required)],
  additionalProperties: false,
})

/** A fault as a JSON Schema. What only a provider knows, such as its grants and refusals, is judged when it is armed. */
export const faultSchema: { readonly anyOf: readonly Schema[] } = {
  anyOf: [
    ...Object.entries(callFields).map(([kind, fields]) =>
      kindOf(kind, fields, {
        on: { type: 'string', description: 'authorize, token, token:refresh_token, revoke, api, …' },
        at: { enum: faultMoments[kind as keyof typeof faultMoments] },
      }),
    ),
    ...Object.entries(webhookFields).map(([kind, fields]) => kindOf(kind, fields, { on: { const: 'webhook' } })),
  ],
}

/** A fault on one line, as a JSON Schema. */
export const faultLine: Schema = {
  type: 'string',
  minLength: 1,
  maxLength: 8192,
  description: `on one line, such as "token:refresh_token drop after": ${faultForm}`,
}
