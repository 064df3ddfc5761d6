import { features, type Op, protocolVersion } from './messages.ts'

/** A JSON Schema, as far as ours go. */
type Schema = Readonly<Record<string, unknown>>

const object = (
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[] = Object.keys(properties),
) => ({
  type: 'object',
  properties,
  required,
})
const oneOf = (...words: readonly string[]) => ({ type: 'string', enum: words })
const text = { type: 'string' }
const texts = { type: 'array', items: text }
const nothing = { type: 'object' }
const httpSeen = object({
  status: { type: 'integer', minimum: 100, maximum: 599 },
  headers: { type: 'object', additionalProperties: { anyOf: [text, texts] } },
  body: text,
})

/** What may be asked besides `start`, and with what. */
export const askedSchemas: Readonly<Record<Op, Schema>> = {
  begin: object({ session: text, link: text }, ['session']),
  callback: object({ session: text, url: text }),
  call: object({ link: text, method: oneOf('GET', 'POST'), body: text }, []),
  disconnect: object({ link: text }, []),
  webhook: object({ method: text, query: text, headers: { type: 'object', additionalProperties: text }, body: text }),
  status: object({ link: text }, []),
  advance: object({ seconds: { type: 'number' } }),
  cancel: object({ call: { type: 'integer' } }),
  store: object({ readonly: { type: 'boolean' } }),
}

const envSchema = object(
  {
    provider: text,
    authorizeUrl: text,
    tokenUrl: text,
    revokeUrl: text,
    apiUrl: text,
    issuer: text,
    clientId: text,
    clientSecret: text,
    redirectUri: text,
    scopes: texts,
    clientAuth: oneOf('body', 'basic', 'secretOnly', 'none'),
    bodyFormat: oneOf('form', 'json'),
    pkce: { type: 'boolean' },
    requestTimeoutMs: { type: 'integer' },
    storeDir: text,
    webhookSecret: text,
    logLevel: oneOf('debug', 'info'),
  },
  [
    ...['provider', 'authorizeUrl', 'tokenUrl', 'apiUrl', 'clientId', 'clientSecret', 'redirectUri', 'scopes'],
    ...['clientAuth', 'bodyFormat', 'pkce', 'requestTimeoutMs', 'storeDir', 'logLevel'],
  ],
)

/** What is answered to each. More keys than these are ignored. */
export const answerSchemas: Readonly<Record<Op | 'start', Schema>> = {
  start: object({
    client: text,
    version: text,
    language: text,
    ops: { type: 'array', items: oneOf(...Object.keys(askedSchemas)) },
    features: {
      type: 'object',
      properties: Object.fromEntries(Object.keys(features).map((name) => [name, { type: 'boolean' }])),
      additionalProperties: false,
    },
  }),
  begin: object({ url: text }),
  callback: object({ outcome: oneOf('connected', 'denied', 'rejected', 'failed'), code: text, http: httpSeen }, [
    'outcome',
  ]),
  call: object({ result: oneOf('ok', 'needs_reauth', 'transient', 'error'), code: text, status: { type: 'integer' } }, [
    'result',
  ]),
  disconnect: object({ result: oneOf('revoked', 'removed', 'pending'), code: text }, ['result']),
  webhook: object({ status: { type: 'integer', minimum: 100, maximum: 599 } }),
  status: object(
    {
      state: oneOf('connected', 'needs_reauth', 'disconnected'),
      scopes: texts,
      account: { type: 'object' },
      expiresAt: { type: ['number', 'null'] },
    },
    ['state'],
  ),
  advance: nothing,
  cancel: nothing,
  store: nothing,
}

const id = { type: 'integer', minimum: 1 }
const problem = object({ kind: oneOf('unsupported', 'failed', 'configuration'), message: text })

/** A line from a driver. */
export const answerLineSchema: Schema = {
  type: 'object',
  properties: { id, ok: { type: 'object' }, error: problem },
  required: ['id'],
  oneOf: [{ required: ['ok'] }, { required: ['error'] }],
}

const withOp = (op: string, schema: Schema) => {
  const { properties, required } = schema as { properties: Schema; required: readonly string[] }
  return { ...schema, properties: { id, op: { const: op }, ...properties }, required: ['id', 'op', ...required] }
}

/** The whole protocol, as it is published. */
export const protocolSchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: `The driver protocol of mock-oauth, version ${protocolVersion}: one JSON object a line, requests on standard input, answers on standard output`,
  $defs: {
    request: {
      oneOf: [
        withOp('start', object({ protocol: { const: protocolVersion }, env: envSchema })),
        ...Object.entries(askedSchemas).map(([op, schema]) => withOp(op, schema)),
      ],
    },
    answer: answerLineSchema,
    ok: answerSchemas,
  },
  anyOf: [{ $ref: '#/$defs/request' }, { $ref: '#/$defs/answer' }],
}
