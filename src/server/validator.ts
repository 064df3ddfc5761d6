import type { Ajv, ValidateFunction } from 'ajv'

let ajv: Promise<Ajv> | undefined
const load = () =>
  (ajv ??= import('ajv').then(
    // A schema is compiled when a first request needs it: its code is not made smaller before that is answered.
    ({ Ajv }) =>
      new Ajv({ allErrors: true, coerceTypes: false, useDefaults: false, verbose: true, code: { optimize: false } }),
  ))

/** Fastify's validators by Ajv, which is loaded and put to work when a route is first called. */
export const buildValidator =
  () =>
  ({ schema }: { schema: unknown }) => {
    let compiled: ValidateFunction | undefined
    // Fastify takes whatever a promise brings for a pass: only a rejection refuses. A body left out is an empty one.
    return async (data: unknown) => {
      compiled ??= (await load()).compile(schema as object)
      if (compiled(data ?? {})) return
      throw Object.assign(new Error((compiled.errors ?? []).map(inWords).join('; ')), { statusCode: 400 })
    }
  }

type AjvError = NonNullable<ValidateFunction['errors']>[number]

/** `redirectUris must be array, not "x"`. */
function inWords({ instancePath, message, keyword, params, data, parentSchema }: AjvError): string {
  const where = instancePath.slice(1).replaceAll('/', '.')
  if (keyword === 'additionalProperties')
    return `${where ? `${where}: ` : ''}"${params.additionalProperty}" is not known here, only ${Object.keys(parentSchema?.properties ?? {}).join(', ')}`
  if (keyword === 'enum') return `${where} must be one of ${(params.allowedValues as unknown[]).join(', ')}`
  const given = keyword === 'required' || typeof data === 'object' ? '' : `, not ${JSON.stringify(data)?.slice(0, 80)}`
  return `${where || 'the body'} ${message}${given}`
}
