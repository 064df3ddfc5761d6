import { type Rule, says } from './rule.ts'

/** What the authorization endpoint refuses besides. */
export const authorizeExplanations = {
  redirect_uri_missing: says('The redirect URI is sent.', 'RFC 6749 §3.1.2.3', 'Add redirect_uri.'),
  redirect_uri_insecure: says(
    'A redirect URI is https, unless it leads to the own machine.',
    'RFC 9700 §2.6',
    'Register an https URI.',
  ),
  parameter_too_short: says(
    'The parameter has the least length that the provider asks for.',
    'RFC 6749 §10.10',
    'Make it longer: a random value of 32 characters serves for state.',
  ),
  parameter_unsupported: says(
    'A provider says so when it does not support what a request asks for.',
    'OpenID Connect Core §3.1.2.6',
    'Leave the parameter out.',
  ),
  request_uri_unknown: says(
    'A request URI is one that the pushed authorization request endpoint gave out.',
    'RFC 9126 §4',
    'Push the request first, and send the request_uri of the answer.',
  ),
  request_uri_expired: says('A request URI is used within its life.', 'RFC 9126 §2.2', 'Push the request again.'),
  request_uri_used: says('A request URI works once.', 'RFC 9126 §4', 'Push a new request for each authorization.'),
  request_uri_of_another_client: says(
    'A request URI is for the client that pushed the request.',
    'RFC 9126 §4',
    'Send the client_id with which the request was pushed.',
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
} as const satisfies Readonly<Record<string, Rule>>
