import type { ApiRules, ResourceRules } from '../api.ts'
import type { Json } from '../json.ts'
import { meanings } from '../meanings.ts'
import type { LogoutRules, OpenIdRules, UserInfoRules } from '../openid.ts'
import type { Plain } from '../plain.ts'
import { shape } from './answer.ts'
import { endpoint, endpoints } from './endpoint.ts'
import { bearerErrorRows, bearerErrors } from './errors.ts'
import { json } from './json.ts'
import { lifetime } from './lifetime.ts'
import { flag, listOf, oneOf, optional, recordOf, section, status, text } from './section.ts'

const resource = { at: endpoint('GET'), scope: optional(text), answer: shape }

/** The API that access tokens are for. */
export const api = section<Plain<ApiRules>>({
  resources: listOf(
    'a list: [{ at, scope, answer }]',
    section<Plain<ResourceRules>>(resource, 'a resource: { at, scope, answer }'),
  ),
  tokenAsUser: optional(flag),
  errors: bearerErrors,
  errorRows: optional(bearerErrorRows),
  unknown: section<{ readonly status: number; readonly body: Json }>(
    {
      status,
      body: json,
    },
    'an answer: { status: 404, body }',
  ),
})

/** OpenID Connect. */
export const openid = section<Plain<OpenIdRules>>({
  scope: text,
  configuration: endpoint('GET'),
  alsoAt: optional(endpoints('GET')),
  keys: endpoint('GET'),
  algorithms: listOf("a list: ['RS256']", oneOf(meanings.openid.algorithms)),
  claims: shape,
  userInfo: optional(
    section<Plain<UserInfoRules>>(
      {
        ...resource,
        alsoAt: optional(endpoints('GET')),
        errors: bearerErrors,
      },
      'a resource with errors: { at, scope, answer, errors }',
    ),
  ),
  lifetime,
  logout: optional(section<Plain<LogoutRules>>({ at: endpoint('GET') })),
  metadata: recordOf('an object of members of the configuration', json),
})
