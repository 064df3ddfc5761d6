import * as v from 'valibot'
import type { Format } from '../format.ts'
import { meanings } from '../meanings.ts'
import type { Plain } from '../plain.ts'
import { type RotationPolicy, readRotation, rotationPolicies } from '../rotation.ts'
import type {
  AccessTokenRules,
  ClientCredentialsRules,
  GrantRules,
  RefreshRules,
  RefreshTokenRules,
  TokenRules,
} from '../token.ts'
import { shape } from './answer.ts'
import { endpoint, endpoints } from './endpoint.ts'
import { tokenErrorRows, tokenErrors } from './errors.ts'
import { format } from './format.ts'
import { given, nearest } from './given.ts'
import { lifetime } from './lifetime.ts'
import { parameters } from './parameter.ts'
import { flag, listOf, oneOf, optional, recordOf, type Schema, section, text, valueThat, wrong } from './section.ts'

const words = meanings.token
const ofRefreshTokens = meanings['refresh.token']

const headerText: Schema<string> = valueThat('a text, or a format', (value) => typeof value === 'string')
const header: Schema<string | Format> = v.lazy(
  (value): Schema<string | Format> => (typeof value === 'object' ? format : headerText),
)
const rotation: Schema<RotationPolicy> = v.custom<RotationPolicy>(
  (value) => typeof value === 'string' && readRotation(value) !== undefined,
  ({ input }) => {
    const near = typeof input === 'string' && nearest(input, Object.keys(ofRefreshTokens.rotation))
    return near ? `is ${given(input)}. Did you mean "${near}"?` : wrong(input, rotationPolicies.join(', '))
  },
)
const grant = { parameters, answer: shape }

/** The token endpoint. */
export const token = section<Plain<TokenRules>>({
  at: endpoint('POST'),
  alsoAt: optional(endpoints('POST')),
  body: listOf("a list: ['form', 'json']", oneOf(words.body)),
  readsQuery: flag,
  client: listOf("a list: ['basic', 'body']", oneOf(words.client)),
  otherClientAuthentication: optional(oneOf(words.otherClientAuthentication)),
  severalAuthentications: optional(oneOf(words.severalAuthentications)),
  testMode: optional(section<{ readonly parameter: string }>({ parameter: text })),
  accessToken: section<Plain<AccessTokenRules>>({ value: format, lifetime }),
  exchange: section<Plain<GrantRules>>(grant),
  headers: recordOf('an object of headers', header),
  errors: tokenErrors,
  errorRows: optional(tokenErrorRows),
})

/** `grant_type=refresh_token`. */
export const refresh = section<Plain<RefreshRules>>({
  ...grant,
  offered: optional(flag),
  token: section<Plain<RefreshTokenRules>>({
    value: format,
    lifetime,
    rotation,
    renewedLifetime: oneOf(ofRefreshTokens.renewedLifetime),
    oldAccessToken: oneOf(ofRefreshTokens.oldAccessToken),
    onlyWithScope: optional(text),
  }),
})

/** `grant_type=client_credentials`. */
export const clientCredentials = section<Plain<ClientCredentialsRules>>({
  ...grant,
  lifetime: optional(lifetime),
})
