import type { EnvironmentRules, ProviderDefinition } from '../definition.ts'
import { meanings } from '../meanings.ts'
import type { Plain } from '../plain.ts'
import { api, openid } from './api.ts'
import { authorize } from './authorize.ts'
import { access, client } from './client.ts'
import { endpoints, origin } from './endpoint.ts'
import { connectedAccounts, connectedApps, signIn, signUp } from './pages.ts'
import { revoke } from './revoke.ts'
import { keyThat, oneOf, optional, recordOf, section, text, valueThat } from './section.ts'
import { clientCredentials, refresh, token } from './token.ts'
import { webhooks } from './webhook.ts'

/** What is safe at the beginning of a URL's path, beside the control API and everything else there. */
const id = /^[a-z0-9][a-z0-9-]*(@[\w.-]+)?$/

const originKey = keyThat("an origin of production: 'https://api.example'", /^https:\/\/[^/?#\s]+$/)
const scopeKey = keyThat('a scope without spaces', /^\S+$/)
const environmentKey = keyThat("lower-case letters, digits and hyphens: 'sandbox'", /^[a-z0-9][a-z0-9-]*$/)

/** A whole definition with the evidence taken off. */
export const definition = section<Plain<ProviderDefinition>>(
  {
    id: valueThat(
      "lower-case letters, digits and hyphens, and for a variant @ and its name: 'acme', 'acme@2024'",
      (value) => typeof value === 'string' && id.test(value),
    ),
    name: text,
    docs: text,
    client,
    access: optional(access),
    scopes: recordOf('an object of scopes, each in words', text, scopeKey),
    authorize,
    token,
    api,
    openid: optional(openid),
    refresh: optional(refresh),
    clientCredentials: optional(clientCredentials),
    signIn,
    signUp: optional(signUp),
    revoke: optional(revoke),
    connectedApps: optional(connectedApps),
    connectedAccounts: optional(connectedAccounts),
    webhooks: optional(webhooks),
    crossOrigin: oneOf(meanings[''].crossOrigin),
    environments: optional(
      recordOf(
        'an object of environments by name',
        section<Plain<EnvironmentRules>>(
          {
            origins: recordOf('an object from each origin of production to its own', origin, originKey),
            tokenAlsoAt: optional(endpoints('POST')),
          },
          'an environment: { origins }',
        ),
        environmentKey,
      ),
    ),
  },
  'a provider definition, as defineProvider() takes it',
)
