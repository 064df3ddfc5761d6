/** How clients authenticate at revocation and introspection, and what they sign with. */
const proving = ['client_secret_basic', 'client_secret_post', 'private_key_jwt']
const signing = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519']

/** What the configuration document says besides what follows from the definition. */
export const metadata = {
  claims_supported: [
    'sub',
    'iss',
    'aud',
    'exp',
    'iat',
    'auth_time',
    'nonce',
    'at_hash',
    'name',
    'email',
    'email_verified',
  ],
  prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
  revocation_endpoint_auth_methods_supported: [...proving, 'none'],
  revocation_endpoint_auth_signing_alg_values_supported: signing,
  introspection_endpoint_auth_methods_supported: proving,
  introspection_endpoint_auth_signing_alg_values_supported: signing,
  request_parameter_supported: false,
  request_uri_parameter_supported: false,
  require_pushed_authorization_requests: false,
}
