import type { ClientInput, DefaultClient, Lifetimes, WorldLimits } from '../index.ts'
import { clientFields, type FieldsOf, receiver, userFields } from '../server/registration-fields.ts'
import { type JsonSchema, list, object, oneOf, said, text, truth } from '../server/schema.ts'
import { faultLine, faultSchema } from '../vocabulary/fault-schema.ts'
import { rotationPolicies } from '../vocabulary/rotation.ts'
import type { Config } from './config.ts'

const each = (value: JsonSchema): JsonSchema => ({ type: 'object', additionalProperties: value })

const length = (description: string): JsonSchema => ({
  type: 'string',
  pattern: '^(\\d+[smhd]|P(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+S)?)?)$',
  description: `${description}: 3601s, 61m, 2h, 29d or ISO 8601 (PT61M)`,
})

const client = object({
  id: said(text, "production's; made up in the provider's form when left out, the same at every start"),
  secret: said(text, 'likewise'),
  name: clientFields.name,
  redirectUris: said(list(text), 'the first is the default; http://localhost:3000/callback when left out'),
  scopes: clientFields.scopes,
  postLogoutRedirectUris: said(
    list(text),
    'where a browser that signed out may be sent, at providers that know that; the root of the first redirect URI when left out',
  ),
  webhooks: said(receiver, 'where it is told what happens to its grants'),
} satisfies FieldsOf<DefaultClient>)

const furtherClient = object({
  provider: said(text, 'the provider or environment it is registered at; may be left out where one is played'),
  id: said(text, 'made up when left out, the same at every start'),
  ...clientFields,
  webhooks: said(receiver, 'where it is told what happens to its grants'),
} satisfies FieldsOf<ClientInput>)

const lifetimes = object({
  code: length('of a code'),
  accessToken: length('of an access token'),
  refreshToken: length('of a refresh token'),
  idToken: length('of an ID token'),
} satisfies FieldsOf<Lifetimes>)

const rotation: JsonSchema = {
  type: 'string',
  pattern: '^(none|singleUse|singleUse\\+familyRevoked|optionalNew|grace:\\d+(,\\d+)?|samePair:\\d+|keepsOld:\\d+)$',
  description: rotationPolicies.join(', '),
}
const worlds = object({
  idle: length('how long one is kept that nobody uses, in real time; 1h when left out'),
  limit: said({ type: 'integer', minimum: 0, maximum: 1_000_000 }, 'how many are kept; 10000 when left out'),
} satisfies FieldsOf<WorldLimits>)

const properties = {
  $schema: said(text, 'where this schema is, for editors'),
  providers: said(
    list({ type: 'string', minLength: 1 }),
    'names of providers, or files that define one, relative to this file; every name when left out',
  ),
  assume: said(each(text), 'other plausible behaviours, as `show` lists them: "mekari.errors": "kong"'),
  consent: said(
    oneOf('page', 'approve', 'deny'),
    'what happens at the authorization endpoint without a person; page when left out',
  ),
  seed: said(text, 'makes tokens and people the same again; random when left out'),
  state: said(
    text,
    'a file in which the state outlives the process, relative to this file; its seed then counts; needs the package lmdb',
  ),
  client: said(client, 'the client that exists at the start, at each provider'),
  clients: said(list(furtherClient), 'further clients that exist at the start'),
  users: said(list(object(userFields)), 'the people with an account at the start, in place of three who are made up'),
  lifetimes: said(each(lifetimes), "other lifetimes than the provider's, by provider"),
  rotation: said(each(rotation), "other rotation policies than the provider's, by provider or environment"),
  mood: said(
    { type: 'string', pattern: '^hostile(:(0|0?\\.\\d+|1))?$' },
    'misbehaves by chance, in ways that are permitted: hostile, or with how likely each act is hostile:0.05',
  ),
  faults: said(
    list({ anyOf: [faultLine, ...faultSchema.anyOf] }),
    'what goes wrong on purpose, from the start and after each reset: "token:refresh_token drop after"',
  ),
  webhooks: said(receiver, 'the receiver of the default client: the same as client.webhooks'),
  worlds: said(worlds, 'how long named worlds are kept without use, and how many of them'),
  port: said(
    { type: 'integer', minimum: 0, maximum: 65_535 },
    'where to listen; 0 picks a free one, 4420 when left out',
  ),
  host: said(text, 'the address to listen on; 127.0.0.1 when left out'),
  controlToken: said(text, 'what control calls must present; made up where one is needed'),
  allowHosts: said(list(text), 'names, besides loopback, under which control calls are taken'),
  tls: said(truth, 'speaks HTTPS, with a certificate that is made for this run'),
  json: said(truth, 'one ready line as JSON on standard output; requests go to standard error'),
  quiet: said(truth, 'does not print requests'),
  strictFaults: said(truth, 'ends with exit code 1 when a fault never fired'),
  watch: said(truth, "takes changes of this file and of the providers' own files while it serves"),
} satisfies FieldsOf<Config>

/** The JSON Schema (draft-07) of a configuration file. */
export const configSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:mock-oauth:config',
  title: 'Configuration of mock-oauth',
  ...object(properties),
}
