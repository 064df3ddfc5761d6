import { type Rule, says } from './rule.ts'

/** What the token endpoint refuses besides. */
export const tokenExplanations = {
  body_empty: says('A token request has a body.', 'RFC 6749 §3.2', 'Send the parameters in the body, as a form.'),
  grant_type_missing: says('A token request names its grant type.', 'RFC 6749 §5.2', 'Send grant_type in the body.'),
  grant_type_unsupported: says(
    'The provider has this grant type.',
    'RFC 6749 §5.2',
    'Use one of the grant types it has.',
  ),
  grant_not_allowed: says(
    'The client is registered for this grant type.',
    'RFC 6749 §5.2 (unauthorized_client)',
    'Register it: PATCH /_mock/clients/<id> {"grantTypes": [...]}.',
  ),
  parameter_missing: says(
    'Required parameters are sent, in the body for the token endpoint.',
    'RFC 6749 §5.2',
    'Add the parameter. An empty value counts as missing; so does one in the query of a POST.',
  ),
  code_unknown: says(
    'A code is one that this server issued.',
    'RFC 6749 §4.1.3',
    'Take the code from the callback, decoded once. A restart or reset forgets codes.',
  ),
  code_expired: says(
    'A code is used within its life.',
    'RFC 6749 §4.1.2',
    'Exchange the code at once, or start again.',
  ),
  code_used: says(
    'A code works once.',
    'RFC 6749 §4.1.2',
    'Exchange each callback once: a reloaded page, a retry or a second worker must not send the code again.',
  ),
  code_revoked: says('The authorization still stands.', 'RFC 6749 §5.2', 'Ask the user to authorize again.'),
  code_of_another_client: says(
    'A code works for the client that it was issued to.',
    'RFC 6749 §4.1.3',
    'Use the same client id at the token endpoint as in the authorization request.',
  ),
  redirect_uri_mismatch: says(
    'A redirect URI is, to the character, a registered one, and the same in both requests.',
    'RFC 6749 §4.1.3, RFC 9700 §4.1.3',
    'Register it (serve --redirect-uri <uri>, or PATCH /_mock/clients/<id>), or send the registered one; mind slash, port and scheme.',
  ),
  verifier_missing: says('A code with a challenge needs its verifier.', 'RFC 7636 §4.5', 'Send code_verifier.'),
  verifier_malformed: says(
    'A verifier is 43 to 128 unreserved characters.',
    'RFC 7636 §4.1',
    'Make a longer verifier.',
  ),
  verifier_mismatch: says(
    'The verifier answers the challenge of the same login.',
    'RFC 7636 §4.6',
    'Keep the verifier with the state of its login; S256 is base64url(SHA-256(verifier)) without padding.',
  ),
  verifier_unexpected: says(
    'A verifier comes only for a code that had a challenge.',
    'RFC 9700 §2.1.1',
    'Send code_challenge in the authorization request too.',
  ),
  challenge_lost: says(
    'One wrong verifier spends the challenge of a code.',
    'RFC 7636 §4.6; what follows is the provider’s',
    'Start again with a new login; nothing answers this code any more.',
  ),
  refresh_token_unknown: says(
    'A refresh token is one that this server issued.',
    'RFC 6749 §6',
    'Store the refresh token of the last answer. A restart or reset forgets tokens.',
  ),
  refresh_token_expired: says(
    'A refresh token is used within its life.',
    'RFC 6749 §6',
    'Ask the user to authorize again.',
  ),
  refresh_token_reused: says(
    'A refresh token works as often as its rotation policy lets it: mostly once.',
    'RFC 6749 §6, RFC 9700 §4.14.2',
    'Store the new refresh token before anything else, and let one caller at a time refresh.',
  ),
  refresh_token_revoked: says('The authorization still stands.', 'RFC 6749 §6', 'Ask the user to authorize again.'),
  refresh_token_of_another_client: says(
    'A refresh token works for its client only.',
    'RFC 6749 §6',
    'Refresh with the client that it was issued to.',
  ),
  scope_missing: says(
    'The scope is sent.',
    'RFC 6749 §3.3',
    'Send scope; at the token endpoint, as the authorization request had it.',
  ),
  scope_mismatch: says(
    'The scope equals the one of the authorization request, order included.',
    'RFC 6749 §3.3',
    'Keep the scope string of the login and send it again unchanged.',
  ),
  scope_exceeded: says(
    'A refresh asks for scopes that were granted, or fewer.',
    'RFC 6749 §6',
    'Send the scope of the last token answer, or less.',
  ),
  scope_withdrawn: says(
    'A client is granted scopes that it is registered with, later too.',
    'RFC 6749 §3.3, §6',
    'Register the scope again (PATCH /_mock/clients/<id>), or ask the user to authorize less.',
  ),
  scope_not_allowed: says(
    'A client asks for scopes that it is registered with.',
    'RFC 6749 §3.3, §4.1.2.1',
    'Register the scope (serve --scope, or PATCH /_mock/clients/<id>), or ask for less.',
  ),
  authorization_pending: says(
    'A device waits until the person has decided.',
    'RFC 8628 §3.5',
    'Ask again after the interval; approve at the verification URI, or by POST /_mock/authorize with it.',
  ),
  polled_too_soon: says(
    'A device keeps the interval between two polls, and five seconds more after each slow_down.',
    'RFC 8628 §3.5',
    'Wait longer; the clock of the mock may be moved: POST /_mock/clock {"advance": "5s"}.',
  ),
  device_denied: says(
    'The resource owner approves.',
    'RFC 8628 §3.5',
    'Tell the person, and let them start again; do not poll on.',
  ),
  device_code_unknown: says(
    'A device code is one that this environment issued.',
    'RFC 8628 §3.4',
    'Send the device_code of the device authorization answer, not the user_code.',
  ),
  device_code_expired: says(
    'A device code is used within its life.',
    'RFC 8628 §3.5',
    'Start a new device authorization.',
  ),
  device_code_used: says('A device code works once.', 'RFC 8628 §3.4', 'Stop polling when tokens have come.'),
  device_code_revoked: says('The authorization still stands.', 'RFC 6749 §5.2', 'Start a new device authorization.'),
  device_code_of_another_client: says(
    'A device code is for the client that it was issued to.',
    'RFC 8628 §3.4',
    'Poll with the client_id that started the device authorization.',
  ),
} as const satisfies Readonly<Record<string, Rule>>
