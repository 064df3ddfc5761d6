import * as v from 'valibot'
import type { EnvironmentRules, ProviderDefinition } from '../definition.ts'
import { meanings } from '../meanings.ts'
import type { Plain } from '../plain.ts'
import { api, openid } from './api.ts'
import { authorize } from './authorize.ts'
import { access, client } from './client.ts'
import { device } from './device.ts'
import { endpoints, origin } from './endpoint.ts'
import { given, nearest } from './given.ts'
import { introspect } from './introspect.ts'
import { connectedAccounts, connectedApps, signIn, signUp } from './pages.ts'
import { pushedRequests } from './pushed-request.ts'
import { revoke } from './revoke.ts'
import { at, keyThat, oneOf, optional, recordOf, type Schema, section, text, valueThat } from './section.ts'
import { clientCredentials, refresh, token } from './token.ts'
import { webhooks } from './webhook.ts'

/** What is safe at the beginning of a URL's path, beside the control API and everything else there. */
const id = /^[a-z0-9][a-z0-9-]*(@[\w.-]+)?$/

const originKey = keyThat("an origin of production: 'https://api.example'", /^https:\/\/[^/?#\s]+$/)
const scopeKey = keyThat('a scope without spaces', /^\S+$/)
const environmentKey = keyThat("lower-case letters, digits and hyphens: 'sandbox'", /^[a-z0-9][a-z0-9-]*$/)

const whole = section<Plain<ProviderDefinition>>(
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
    pushedRequests: optional(pushedRequests),
    token,
    api,
    openid: optional(openid),
    refresh: optional(refresh),
    clientCredentials: optional(clientCredentials),
    device: optional(device),
    signIn,
    signUp: optional(signUp),
    revoke: optional(revoke),
    introspect: optional(introspect),
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

type Definition = Plain<ProviderDefinition>

/** Every scope that a definition speaks of, by the path at which it does. */
const scopesIn = ({ client, api, refresh, openid }: Definition): Readonly<Record<string, string | undefined>> => ({
  ...Object.fromEntries(client.defaultScopes.map((scope, i) => [`client.defaultScopes.${i}`, scope])),
  ...Object.fromEntries(api.resources.map(({ scope }, i) => [`api.resources.${i}.scope`, scope])),
  'refresh.token.onlyWithScope': refresh?.token.onlyWithScope,
  'openid.scope': openid?.scope,
})

/** A whole definition with the evidence taken off. */
export const definition: Schema<Definition> = v.pipe(
  whole,
  v.rawCheck(({ dataset, addIssue }) => {
    // A section that lacks keys counts as typed.
    if (!dataset.typed || dataset.issues) return
    const { value } = dataset
    const known = Object.keys(value.scopes)
    for (const [path, scope] of Object.entries(scopesIn(value))) {
      if (scope === undefined || known.includes(scope)) continue
      const near = nearest(scope, known)
      const hint = near ? `Did you mean "${near}"?` : `Expected one of its scopes: ${known.join(', ')}.`
      addIssue({ message: `is ${given(scope)}. ${hint}`, path: [at(path)] })
    }
  }),
)
