/** A JSON Schema as plain data; the same one validates and documents. */
export type JsonSchema = { readonly [key: string]: unknown }

/** Any text of a sensible length. */
export const text: JsonSchema = { type: 'string', maxLength: 8192 }
/** True or false. */
export const truth: JsonSchema = { type: 'boolean' }
/** One of these words. */
export const oneOf = (...values: readonly string[]): JsonSchema => ({ type: 'string', enum: values })
/** Up to a hundred of these. */
export const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items, maxItems: 100 })
/** Says in the document what a name does not say. */
export const said = (schema: JsonSchema, description: string): JsonSchema => ({ ...schema, description })
/** An object that knows these properties and no other. */
export const object = (
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[] = [],
): JsonSchema => ({
  type: 'object',
  properties,
  additionalProperties: false,
  ...(required.length > 0 ? { required } : {}),
})
/** Whom a call is about. */
export const user = said(text, 'an id or e-mail address; default: the first person')
/** The client that a call is about. */
export const client = said(text, 'an id; default: the first client')
