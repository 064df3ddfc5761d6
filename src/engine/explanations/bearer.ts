import { type Rule, says } from './rule.ts'

/** What is wrong with a bearer token. */
export const bearerExplanations = {
  access_token_missing: says(
    'The API takes the access token in the Authorization header.',
    'RFC 6750 §2.1',
    'Send Authorization: Bearer <access token>; not in the query, not in the body.',
  ),
  access_token_unknown: says(
    'An access token is one that this environment issued.',
    'RFC 6750 §3.1',
    'Send the access token of the last answer. A restart or reset forgets tokens; sandbox tokens are not for production.',
  ),
  access_token_expired: says(
    'An access token is used within its life.',
    'RFC 6750 §3.1',
    'Refresh, then repeat the call.',
  ),
  access_token_replaced: says(
    'A refresh may end the access token before it.',
    'RFC 6749 §6',
    'Switch every caller to the new access token at once.',
  ),
  access_token_revoked: says('The authorization still stands.', 'RFC 6750 §3.1', 'Ask the user to authorize again.'),
  scope_insufficient: says(
    'The token has the scope that the resource takes.',
    'RFC 6750 §3.1',
    'Ask for the scope in the authorization request.',
  ),
} as const satisfies Readonly<Record<string, Rule>>
