import type { RefusalKind } from '../vocabulary/refusal.ts'

/** A rule of the protocol in words, where it is written, and what usually mends a breach. */
interface Rule {
  readonly rule: string
  readonly source: string
  readonly fix: string
}

const says = (rule: string, source: string, fix: string): Rule => ({ rule, source, fix })

/** One entry for each refusal kind; a new kind does not compile without. */
export const explanations: Record<RefusalKind, Rule> = {
  method_not_allowed: says(
    'Each endpoint takes the methods it is documented with.',
    'RFC 9110 §15.5.6',
    'Send the request with the method that the Allow header names.',
  ),
  body_too_large: says('A body is at most 1 MB.', 'RFC 9110 §15.5.14', 'Send the parameters only.'),
  body_unreadable: says(
    'The body is written as its Content-Type says.',
    'RFC 6749 §3.2',
    'Send UTF-8, as a form or as one flat JSON object.',
  ),
  media_type_unsupported: says(
    'The token endpoint reads the documented encodings only.',
    'RFC 6749 §3.2',
    'Set the Content-Type of the body.',
  ),
  parameter_repeated: says('A parameter is sent at most once.', 'RFC 6749 §3.1, §3.2', 'Remove the second one.'),
  parameter_malformed: says('Parameters are strings.', 'RFC 6749 Appendix A', 'Send a string, not an object or list.'),
  parameter_missing: says(
    'Required parameters are sent, in the body for the token endpoint.',
    'RFC 6749 §5.2',
    'Add the parameter. An empty value counts as missing; so does one in the query of a POST.',
  ),
  client_missing: says(
    'A client says who it is.',
    'RFC 6749 §2.3, §3.2.1',
    'Send client_id and client_secret where the provider reads them.',
  ),
  client_unknown: says(
    'The client is registered with this environment.',
    'RFC 6749 §2.2',
    'Use the client id that serve printed, or register one: POST /_mock/clients. Production and sandbox have clients of their own.',
  ),
  client_inactive: says(
    'The client is approved and not suspended.',
    'RFC 6749 §5.2',
    'Set its status: PATCH /_mock/clients/<id> {"status": "active"}.',
  ),
  client_secret_missing: says('A confidential client authenticates.', 'RFC 6749 §3.2.1', 'Send the client secret.'),
  client_secret_wrong: says(
    'The secret is the one that belongs to the client id.',
    'RFC 6749 §2.3.1',
    'Compare the configured secret with the one that serve printed; in Basic, form-encode both halves first.',
  ),
  client_secret_unexpected: says('A public client has no secret.', 'RFC 6749 §2.1', 'Leave client_secret out.'),
  client_authentication_malformed: says(
    'Basic credentials are base64 of id, colon and secret, each form-encoded.',
    'RFC 6749 §2.3.1',
    'Encode id and secret, join them with a colon, then base64.',
  ),
  client_method_wrong: says(
    'A client authenticates in the way that it is registered for.',
    'RFC 6749 §2.3, RFC 7591 §2 (token_endpoint_auth_method)',
    'Send id and secret where the provider wants them; most OAuth libraries have a setting for it.',
  ),
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
  redirect_uri_insecure: says(
    'A redirect URI is https, unless it leads to the own machine.',
    'RFC 9700 §2.6',
    'Register an https URI.',
  ),
  redirect_uri_missing: says('The redirect URI is sent.', 'RFC 6749 §3.1.2.3', 'Add redirect_uri.'),
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
    'A refresh token works once; each answer brings the next one.',
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
  parameter_too_short: says(
    'The parameter has the least length that the provider asks for.',
    'RFC 6749 §10.10',
    'Make it longer: a random value of 32 characters serves for state.',
  ),
  response_type_unsupported: says('The response type is code.', 'RFC 6749 §4.1.1', 'Send response_type=code.'),
  challenge_missing: says('A public client sends a code challenge.', 'RFC 9700 §2.1.1', 'Use PKCE with S256.'),
  challenge_malformed: says(
    'An S256 challenge is 43 base64url characters.',
    'RFC 7636 §4.2',
    'Send base64url(SHA-256(verifier)) without padding.',
  ),
  challenge_method_unsupported: says(
    'The challenge method is S256.',
    'RFC 7636 §4.3',
    'Send code_challenge_method=S256.',
  ),
  user_not_allowed: says(
    'The person has a role that may connect applications.',
    'RFC 6749 §4.1.2.1',
    'Let someone with another role authorize: POST /_mock/users {"role": ...}.',
  ),
  login_required: says(
    'An answer without a page needs someone who is signed in, or who could sign in.',
    'OpenID Connect Core §3.1.2.6',
    'Leave prompt out, or sign in first; where nobody has an account: POST /_mock/users {}.',
  ),
  consent_required: says(
    'prompt=none shows no page, and consent needs one.',
    'OpenID Connect Core §3.1.2.6',
    'Leave prompt out.',
  ),
  access_denied: says(
    'The person may say no.',
    'RFC 6749 §4.1.2.1',
    'Tell the user that nothing was connected, and offer to start again.',
  ),
  consent_expired: says(
    'A consent page is answered once, in the browser that it was shown to.',
    'RFC 9700 §4.7',
    'Start the authorization again.',
  ),
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
  sign_in_wrong: says(
    'E-mail address and password belong together.',
    'the sign-in page',
    'Pick a person from the page.',
  ),
  sign_in_stale: says('The form comes from the page just shown.', 'the sign-in page', 'Load the page again.'),
  return_to_foreign: says(
    'Signing in leads back to an authorization request, and nowhere else.',
    'RFC 9700 §4.11',
    'Start at the authorization endpoint.',
  ),
  error_page_unasked: says(
    'The error page is where an authorization request leads that cannot be sent back to its client.',
    'RFC 6749 §4.1.2.1',
    'Start at the authorization endpoint.',
  ),
  sign_up_wrong: says(
    'A new account has a name, a company, a password and an e-mail address that nobody has yet.',
    'the sign-up page',
    'Fill in the fields, or sign in.',
  ),
  owner_unproved: says(
    'The owner of an application shows its client id and secret.',
    'the page of connected accounts',
    'Use the pair that serve printed.',
  ),
  host_ambiguous: says(
    'A host belongs to one played provider.',
    'mock-oauth serve --provider',
    'Play only one of the providers that share the host, or call the one that is meant by its prefix.',
  ),
  endpoint_unknown: says(
    'The mock answers the endpoints that its provider definition names.',
    'mock-oauth show <provider>',
    'Check path and host; a provider on a server is at /<provider> + path.',
  ),
}
