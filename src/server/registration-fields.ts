import type { ClientInput } from '../control/clients.ts'
import type { UserInput } from '../control/users.ts'
import type { ReceiverInput } from '../world/receiver.ts'
import { type JsonSchema, list, object, oneOf, said, text, truth } from './schema.ts'

/** A schema for each property of a type, no more and no less. */
export type FieldsOf<T> = { readonly [K in keyof Required<T>]: JsonSchema }

/** Where a client is told what happens to its grants. */
export const receiver = object({
  url: said(text, 'an http or https URL'),
  secret: said(text, 'what deliveries are signed with; made up when left out, where they are signed'),
  events: said(list(text), 'the events it is told of; all when left out'),
} satisfies FieldsOf<ReceiverInput>)

/** What can be said of a client that is registered. */
export const clientFields = {
  secret: said(text, 'made up when left out'),
  name: said(text, 'as people see it'),
  redirectUris: said(list(text), 'the first is the default'),
  scopes: said(list(text), "those it may ask for; the provider's usual when left out"),
  status: said(oneOf('active', 'pending', 'suspended'), 'active when left out'),
  public: said(truth, 'has no secret and uses PKCE'),
  firstParty: said(truth, 'skips the consent page, where the provider has such clients'),
  grantTypes: said(
    list(
      oneOf(
        'authorization_code',
        'refresh_token',
        'client_credentials',
        'urn:ietf:params:oauth:grant-type:device_code',
      ),
    ),
    "those it may use; the provider's usual when left out",
  ),
  jwks: said(
    object({ keys: said(list({ type: 'object' }), 'JSON Web Keys without private parts (RFC 7517)') }, ['keys']),
    'public keys in place of a secret: it signs its authentication (private_key_jwt)',
  ),
  postLogoutRedirectUris: said(list(text), 'where a browser that signed out may be sent'),
  idTokenAlgorithm: said(oneOf('RS256', 'ES256', 'EdDSA'), 'what its ID tokens are signed with'),
  requiresPkce: said(truth, 'where the provider has such a switch'),
  webhooks: said(
    { anyOf: [receiver, { type: 'null' }] },
    'where it is told what happens to its grants; null takes that back',
  ),
} satisfies FieldsOf<Omit<ClientInput, 'provider' | 'id'>>

/** What can be said of a person. */
export const userFields = {
  name: said(text, 'as pages show it'),
  email: said(text, 'signs in with it'),
  password: said(text, '"password" when left out'),
  company: said(text, 'the account that is connected'),
  role: said(text, 'one that the provider knows, as `show` lists them under authorize.roles'),
} satisfies FieldsOf<UserInput>
