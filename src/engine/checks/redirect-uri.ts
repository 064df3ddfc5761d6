import type { AuthorizeRefusalKind, Refusal, TokenRefusalKind } from '../../vocabulary/refusal.ts'
import type { AuthorizeAttempt } from '../authorize-attempt.ts'
import { isRegistered } from '../registered-uri.ts'
import type { TokenAttempt } from '../token-attempt.ts'

/** The redirect URI of an authorization request is, character for character, a registered one (RFC 9700 §4.1.3). */
export function redirectUriIsRegistered({
  parameters,
  rules,
  client,
}: AuthorizeAttempt): Refusal<AuthorizeRefusalKind> | undefined {
  if (!client) return undefined
  const came = parameters.get('redirect_uri')
  const expected = client.redirectUris.join(' or ')
  if (came !== undefined && !isRegistered(came, client, rules)) {
    return {
      kind: 'redirect_uri_mismatch',
      parameter: 'redirect_uri',
      rule: 'authorize.parameters.redirect_uri',
      expected,
      came,
    }
  }
  const { withoutRedirectUri } = rules.authorize
  const isOpen = withoutRedirectUri === 'theOnlyOne' && client.redirectUris.length > 1
  if (came === undefined && (withoutRedirectUri === 'refused' || isOpen)) {
    return { kind: 'redirect_uri_missing', parameter: 'redirect_uri', rule: 'authorize.withoutRedirectUri', expected }
  }
  return undefined
}

/** The redirect URI is not http, unless it leads to the user's own machine, where the provider minds. */
export function redirectUriIsSecure({
  rules,
  returnTo,
}: AuthorizeAttempt): Refusal<'redirect_uri_insecure'> | undefined {
  if (rules.authorize.insecureRedirectUris !== 'refused' || returnTo === undefined) return undefined
  const { protocol, hostname } = new URL(returnTo)
  if (protocol !== 'http:' || /^(127\.\d+\.\d+\.\d+|\[::1\]|(.*\.)?localhost)$/.test(hostname)) return undefined
  const about = { parameter: 'redirect_uri', rule: 'authorize.insecureRedirectUris', came: returnTo }
  return { kind: 'redirect_uri_insecure', ...about, expected: 'https, or a host of this machine' }
}

/**
 * The redirect URI of a token request, where the provider reads it, is the one that the code was sent to (RFC 6749
 * §4.1.3); without a known code, at least a registered one.
 */
export function redirectUriIsOfTheCode({
  parameters,
  grant,
  code,
  client,
}: TokenAttempt): Refusal<TokenRefusalKind> | undefined {
  const rule = grant?.rules.parameters.redirect_uri
  const came = parameters.get('redirect_uri')
  const allowed = code ? [code.redirectUri] : client?.redirectUris
  if (!rule || rule.presence === 'ignored' || !allowed) return undefined
  const needed = rule.sameAsAuthorized && code?.redirectUriSent
  if (came === undefined ? !needed : allowed.includes(came)) return undefined
  return {
    kind: 'redirect_uri_mismatch',
    parameter: 'redirect_uri',
    rule: `${grant.path}.parameters.redirect_uri`,
    expected: allowed.join(' or '),
    ...(came === undefined ? {} : { came }),
  }
}
