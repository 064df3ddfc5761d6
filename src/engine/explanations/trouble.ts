import type { TroubleRefusalKind } from '../../vocabulary/trouble.ts'
import { type Rule, says } from './rule.ts'

/** What goes wrong at the provider, however right a request is. */
export const troubleExplanations: Readonly<Record<TroubleRefusalKind, Rule>> = {
  server_error: says(
    'A server may fail.',
    'RFC 6749 §4.1.2.1',
    'Try again later, with waits that grow. Before a refresh is repeated, mind that the first may have been done.',
  ),
  temporarily_unavailable: says(
    'A server may be overloaded or down for a while.',
    'RFC 6749 §4.1.2.1',
    'Try again later, with waits that grow; connect nobody anew for it.',
  ),
  rate_limited: says(
    'A server may take so many calls and no more.',
    'RFC 6585 §4, RFC 9110 §10.2.3',
    'Wait as long as Retry-After says, else with waits that grow; send fewer calls.',
  ),
  refresh_raced: says(
    'One refresh of a token may be under way.',
    'RFC 9700 §4.14.2; what follows is the provider’s',
    'Let one caller at a time refresh, and the others wait for what it brings.',
  ),
  scope_not_granted: says(
    'A refresh takes an authorization that was given for it.',
    'RFC 6749 §6; what follows is the provider’s',
    'Ask for the scope of refresh tokens in the authorization request.',
  ),
}
