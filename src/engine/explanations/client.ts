import { type Rule, says } from './rule.ts'

/** What is wrong with a client, or with how it authenticates. */
export const clientExplanations = {
  client_missing: says(
    'A client says who it is.',
    'RFC 6749 §2.3, §3.2.1',
    'Send client_id and client_secret where the provider reads them.',
  ),
  client_unknown: says(
    'The client is registered with this environment.',
    'RFC 6749 §2.2',
    'Use the client id that serve printed or mock.provider() gives, or register one: POST /_mock/clients or mock.clients.register(). Production and sandbox have clients of their own.',
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
    'Compare the configured secret with the one that serve printed or mock.provider() gives; in Basic, form-encode both halves first.',
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
  client_method_repeated: says(
    'A request authenticates its client in one way only.',
    'RFC 6749 §2.3',
    'Send the credentials in the header, in the body or as an assertion, not in two of these.',
  ),
  client_assertion_malformed: says(
    'A client assertion is a signed JWT with iss, sub, aud, exp and jti.',
    'RFC 7523 §3, OpenID Connect Core §9',
    'Let a library sign it; client_assertion_type is urn:ietf:params:oauth:client-assertion-type:jwt-bearer.',
  ),
  client_assertion_wrong: says(
    'A client assertion is signed with a registered key of the client, is about that client, and is meant for this server.',
    'RFC 7523 §3',
    'Register the public key: PATCH /_mock/clients/<id> {"jwks": {"keys": […]}}; set iss and sub to the client id, aud to the issuer.',
  ),
  client_assertion_expired: says(
    'A client assertion is used within its life.',
    'RFC 7523 §3',
    'Sign a new one for each request.',
  ),
  client_assertion_reused: says(
    'A client assertion works once.',
    'RFC 7523 §3, OpenID Connect Core §9',
    'Sign a new one, with a jti of its own, for each request.',
  ),
} as const satisfies Readonly<Record<string, Rule>>
