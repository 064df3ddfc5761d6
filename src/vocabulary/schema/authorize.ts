import type { AuthorizeRules, CodeRules } from '../authorize.ts'
import { meanings } from '../meanings.ts'
import type { Plain } from '../plain.ts'
import { shape } from './answer.ts'
import { endpoint, endpoints } from './endpoint.ts'
import { authorizeErrorRows, authorizeErrors } from './errors.ts'
import { format } from './format.ts'
import { lifetime } from './lifetime.ts'
import { parameters } from './parameter.ts'
import { anyText, listOf, oneOf, optional, recordOf, section, text, valueThat } from './section.ts'

const words = meanings.authorize

const code = section<Plain<CodeRules>>({
  value: format,
  lifetime,
  replay: oneOf(meanings['authorize.code'].replay),
  failedVerifier: optional(oneOf(meanings['authorize.code'].failedVerifier)),
})

/** The authorization endpoint. */
export const authorize = section<Plain<AuthorizeRules>>({
  at: endpoint('GET'),
  alsoAt: optional(endpoints('GET')),
  parameters,
  withoutRedirectUri: oneOf(words.withoutRedirectUri),
  loopbackPorts: optional(oneOf(words.loopbackPorts)),
  insecureRedirectUris: optional(oneOf(words.insecureRedirectUris)),
  scopeSeparator: optional(oneOf(words.scopeSeparator)),
  roles: optional(recordOf('an object of roles', oneOf<'allowed' | 'refused'>({ allowed: 1, refused: 1 }))),
  challengeMethods: listOf("a list: ['S256']", oneOf(words.challengeMethods)),
  pkce: optional(oneOf(words.pkce)),
  responseModes: optional(listOf("a list: ['query']", oneOf(words.responseModes))),
  again: optional(oneOf(words.again)),
  silentConsent: optional(oneOf(words.silentConsent)),
  code,
  redirectStatus: optional(valueThat<302 | 303>('302 or 303', (value) => value === 302 || value === 303)),
  redirectHeaders: optional(recordOf('an object of headers', anyText)),
  errorPage: optional(endpoint('GET')),
  language: optional(
    section<{ readonly parameter: string; readonly languages: readonly string[] }>({
      parameter: text,
      languages: listOf("a list: ['en', 'id']", text),
    }),
  ),
  callback: shape,
  errors: authorizeErrors,
  errorRows: optional(authorizeErrorRows),
  stateOfErrors: optional(oneOf(words.stateOfErrors)),
})
