import { type Shape, theAccessToken, theCode, theRefreshToken } from './answer.ts'
import type { ProviderDefinition } from './definition.ts'
import type { Plain } from './plain.ts'

/** What a server makes, remembers and takes back. */
export type IssuedKind = 'code' | 'accessToken' | 'refreshToken' | 'deviceCode' | 'userCode' | 'requestUri'

/** Where in an answer what is issued stands: `{ access_token: 'accessToken' }`, fields within others joined by dots. */
export type IssuedFields = Readonly<Record<string, IssuedKind>>

const leaves = { code: theCode, accessToken: theAccessToken, refreshToken: theRefreshToken } as const

function fieldsIn(shape: Shape, path = ''): IssuedFields {
  let found: IssuedFields = {}
  for (const [key, part] of Object.entries(shape)) {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) continue
    if (!('read' in part)) found = { ...found, ...fieldsIn(part as Shape, `${path}${key}.`) }
    for (const [kind, leaf] of Object.entries(leaves)) {
      // What a leaf reads is what it is: evidence that is taken off leaves another object.
      if ('read' in part && part.read === leaf.read) found = { ...found, [path + key]: kind as IssuedKind }
    }
  }
  return found
}

/**
 * What is issued at an endpoint, by the fields of its answer.
 * @param grantType at the token endpoint; of every grant type when left out
 */
export function issuedAt(rules: Plain<ProviderDefinition>, endpoint: string, grantType?: string): IssuedFields {
  if (endpoint === 'authorize') return fieldsIn(rules.authorize.callback as Shape)
  if (endpoint === 'device-authorization') return { device_code: 'deviceCode', user_code: 'userCode' }
  if (endpoint === 'pushed-request') return { request_uri: 'requestUri' }
  if (endpoint !== 'token') return {}
  const answers: Readonly<Record<string, unknown>> = {
    authorization_code: rules.token.exchange.answer,
    refresh_token: rules.refresh?.answer,
    client_credentials: rules.clientCredentials?.answer,
    'urn:ietf:params:oauth:grant-type:device_code': rules.device?.grant.answer,
  }
  const meant = grantType === undefined ? Object.values(answers) : [answers[grantType]]
  return Object.assign({}, ...meant.map((answer) => fieldsIn((answer ?? {}) as Shape)))
}
