import { type Rule, says } from './rule.ts'

/** What a page for people refuses. */
export const pageExplanations = {
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
  sign_up_wrong: says(
    'A new account has a name, a company, a password and an e-mail address that nobody has yet.',
    'the sign-up page',
    'Fill in the fields, or sign in.',
  ),
  owner_unproved: says(
    'The owner of an application shows its client id and secret.',
    'the page of connected accounts',
    'Use the pair that serve printed or mock.provider() gives.',
  ),
  error_page_unasked: says(
    'The error page is where an authorization request leads that cannot be sent back to its client.',
    'RFC 6749 §4.1.2.1',
    'Start at the authorization endpoint.',
  ),
  user_code_unknown: says(
    'The code is one that a device shows now.',
    'RFC 8628 §3.3',
    'Compare it with the device; case and dashes do not matter. Start anew when it has expired.',
  ),
  user_code_used: says('A device is decided about once.', 'RFC 8628 §3.3', 'Start a new device authorization.'),
  logout_hint_wrong: says(
    'id_token_hint is an ID token that this provider issued, to the client that is named.',
    'OpenID Connect RP-Initiated Logout §2',
    'Send the last ID token of this client, unchanged; an expired one will do.',
  ),
  logout_uri_unregistered: says(
    'After signing out the browser is sent to a registered URI only, for a client that is known by id_token_hint or client_id.',
    'OpenID Connect RP-Initiated Logout §3',
    'Register it: PATCH /_mock/clients/<id> {"postLogoutRedirectUris": ["…"]}, and send id_token_hint or client_id.',
  ),
} as const satisfies Readonly<Record<string, Rule>>
