import type { Sentences } from '../sentences.ts'

/** What each sentence of the page asks of a client. */
export const finexer: Sentences = {
  1: {
    section: 'Navigation',
    rule: 'The side menu lists other pages: security, bank connections, payments, templates, sandbox, bank feed, consent, SMTP, team, webhooks, signatures, API reference, support, dashboard.',
    excluded: 'points to another page',
  },
  2: {
    section: 'Using OAuth to connect Finexer accounts',
    rule: 'OAuth is the quickest way to reach the Finexer accounts of others and to act for them.',
    excluded: 'tells what the provider does, and a client has no part in it',
  },
  3: {
    section: 'Using OAuth to connect Finexer accounts',
    rule: "Access to an account needs its owner's permission.",
    excluded: 'done by the person, at the pages of the provider',
  },
  4: {
    section: 'Using OAuth to connect Finexer accounts',
    rule: 'The page leads through all steps to the data of other accounts.',
    excluded: 'a heading of what the sentences after it say in full',
  },
  5: {
    section: 'Using OAuth to connect Finexer accounts',
    rule: 'The protocol is OAuth as the industry uses it.',
    excluded: 'tells what the provider does, and a client has no part in it',
  },
  6: {
    section: 'The OAuth connection flow',
    rule: 'The user begins at the site of the platform, by a link or a button that leads to Finexer.',
    excluded: 'a heading of what the sentences after it say in full',
  },
  7: {
    section: 'The OAuth connection flow',
    rule: "The link carries the platform's `client_id`.",
    clauses: ['ar-response-type-code'],
  },
  8: {
    section: 'The OAuth connection flow',
    rule: "At Finexer's site the user gives what is needed and grants the platform access to the account.",
    excluded: 'done by the person, at the pages of the provider',
  },
  9: {
    section: 'The OAuth connection flow',
    rule: 'The user is then sent back to the site.',
    excluded: 'tells what the provider does, and a client has no part in it',
  },
  10: {
    section: 'The OAuth connection flow',
    rule: 'With the redirect comes an authorization code.',
    excluded: 'a client that does not read it gets no token and fails every control',
  },
  11: {
    section: 'The OAuth connection flow',
    rule: 'Or, if the user cancelled, an error.',
    clauses: ['cb-access-denied'],
  },
  12: {
    section: 'The OAuth connection flow',
    rule: 'The site then sends a POST to the token endpoint, which completes the connection and brings the access token.',
    clauses: ['tr-body-format'],
  },
  13: {
    section: 'The OAuth connection flow',
    rule: 'After these steps the platform calls the API for the user with the access token.',
    clauses: ['ap-bearer-header'],
  },
  14: {
    section: 'Step 1',
    rule: 'What is needed stands in the platform settings.',
    excluded: 'happens between people, before there is a client',
  },
  15: { section: 'Step 1', rule: '`client_id` is required.', clauses: ['ar-response-type-code'] },
  16: {
    section: 'Step 1',
    rule: '`client_id` is the unique identifier of the platform.',
    excluded: 'the form of a value that a client takes as it is',
  },
  17: { section: 'Step 1', rule: '`response_type` is optional.', excluded: 'leaves a choice, and either is taken' },
  18: { section: 'Step 1', rule: 'If it is sent it must be `code`.', clauses: ['ar-response-type-code'] },
  19: { section: 'Step 1', rule: '`redirect_uri` is optional.', clauses: ['ar-redirect-uri-omittable'] },
  20: {
    section: 'Step 1',
    rule: 'It is the page to which the user is sent after success.',
    excluded: 'tells what the provider does, and a client has no part in it',
  },
  21: {
    section: 'Step 1',
    rule: 'And after failure.',
    excluded: 'tells what the provider does, and a client has no part in it',
  },
  22: {
    section: 'Step 1',
    rule: 'It must match one of the redirect URLs declared at the app.',
    clauses: ['ar-redirect-uri-exact'],
  },
  23: {
    section: 'Step 1',
    rule: 'Without it the default redirect URL is used.',
    clauses: ['ar-redirect-uri-omittable', 'tr-redirect-uri-identical'],
  },
  24: { section: 'Step 1', rule: '`scope` is optional.', excluded: 'leaves a choice, and either is taken' },
  25: { section: 'Step 1', rule: 'It may hold several scopes.', clauses: ['ar-scope-space-joined'] },
  26: { section: 'Step 1', rule: 'They may be separated by commas.', clauses: ['ar-scope-space-joined'] },
  27: { section: 'Step 1', rule: 'Or by spaces.', clauses: ['ar-scope-space-joined'] },
  28: {
    section: 'Step 1',
    rule: 'They must be within those selected in the app.',
    clauses: ['ar-scope-within-registered'],
  },
  29: {
    section: 'Step 1',
    rule: '`state` is optional.',
    excluded: 'leaves a choice that the next sentence takes back',
  },
  30: {
    section: 'Step 1',
    rule: 'A unique value is strongly recommended, against forged requests.',
    clauses: ['ar-state-present', 'cb-state-mismatch', 'cb-state-missing'],
  },
  31: {
    section: 'Step 1',
    rule: 'The state that was sent comes back with the redirect to the site.',
    clauses: ['cb-state-mismatch', 'cb-state-missing'],
  },
  32: {
    section: 'Step 1',
    rule: 'With these the OAuth link is complete.',
    excluded: 'a heading of what the sentences after it say in full',
  },
  33: {
    section: 'Step 1',
    rule: 'The sample link is `https://finexer.com/oauth/?client_id=app_XBl7BcXJAXYK3`: the client id is the only parameter.',
    clauses: ['ar-redirect-uri-omittable'],
  },
  34: { section: 'Step 1', rule: 'In it the path ends with a slash.', excluded: 'of the URL that a client is given' },
  35: {
    section: 'Step 1',
    rule: 'In it the client id is `app_` and 13 letters and digits.',
    excluded: 'the form of a value that a client takes as it is',
  },
  36: {
    section: 'Step 2',
    rule: 'The link leads to a page at Finexer that asks to accept or deny the access of the platform.',
    excluded: 'tells what the provider does, and a client has no part in it',
  },
  37: {
    section: 'Step 2',
    rule: 'A user without an account is asked to make one.',
    excluded: 'tells what the provider does, and a client has no part in it',
  },
  38: {
    section: 'Step 2',
    rule: 'And continues with the authorization afterwards.',
    excluded: 'tells what the provider does, and a client has no part in it',
  },
  39: {
    section: 'Step 3',
    rule: 'After an approval the user goes to one of the redirect URLs of the platform.',
    excluded: 'tells what the provider does, and a client has no part in it',
  },
  40: { section: 'Step 3', rule: 'And after a denial likewise.', clauses: ['cb-access-denied'] },
  41: {
    section: 'Step 3',
    rule: 'After an approval the URL has `code`.',
    excluded: 'a client that does not read it gets no token and fails every control',
  },
  42: {
    section: 'Step 3',
    rule: 'It holds an authorization code.',
    excluded: 'the form of a value that a client takes as it is',
  },
  43: {
    section: 'Step 3',
    rule: 'The code lives for a short time.',
    excluded: 'how long is not said; what a client does with a dead code is judged by cb-expired-code',
  },
  44: {
    section: 'Step 3',
    rule: 'It can be used once only.',
    clauses: ['cb-double-one-exchange', 'cb-state-one-time'],
  },
  45: {
    section: 'Step 3',
    rule: 'After an approval the URL has `state`, as it was given in step 1.',
    clauses: ['cb-state-mismatch', 'cb-state-missing'],
  },
  46: {
    section: 'Step 3',
    rule: 'The sample is `https://yourplatformwebsite.com/authorize?code={AUTHORIZATION_CODE}`: without a state, `code` is the only parameter.',
    excluded: 'of a sample without state, which the page advises against',
  },
  47: { section: 'Step 3', rule: 'After a denial the URL has an error instead.', clauses: ['cb-access-denied'] },
  48: {
    section: 'Step 3',
    rule: 'The sample is `?error=access_denied&error_code=access_denied`: these two, in this order.',
    clauses: ['cb-access-denied', 'cb-escapes-params'],
  },
  49: {
    section: 'Step 4',
    rule: 'The code from step 3 is exchanged for an access token.',
    clauses: ['tr-body-format'],
  },
  50: {
    section: 'Step 4',
    rule: 'The parameters stand in the body as `application/x-www-form-urlencoded`.',
    clauses: ['tr-body-format'],
  },
  51: {
    section: 'Step 4',
    rule: '`code` is the authorization code.',
    excluded: 'a client that does not send it gets no token and fails every control',
  },
  52: {
    section: 'Step 4',
    rule: '`client_id` is the identifier of the platform.',
    clauses: ['tr-client-auth-as-documented'],
  },
  53: {
    section: 'Step 4',
    rule: '`client_secret` is the secret API key from the API Key page.',
    clauses: ['tr-client-auth-as-documented'],
  },
  54: { section: 'Step 4', rule: '`grant_type` must be `authorization_code`.', clauses: ['tr-body-format'] },
  55: {
    section: 'Step 4',
    rule: 'The sample is a POST at `https://finexer.com/oauth/token` with `code`, `client_id`, `client_secret` and `grant_type` in the body.',
    clauses: ['tr-body-format', 'tr-client-auth-as-documented', 'tr-redirect-uri-identical'],
  },
  56: {
    section: 'Step 4',
    rule: 'The answer is a JSON object.',
    excluded: 'a client that does not read JSON gets no token and fails every control',
  },
  57: {
    section: 'Step 4',
    rule: 'Success has the keys `token_type`, `access_token`, `refresh_token`, `account_id` and `scope`, in this order.',
    clauses: ['ts-unknown-fields-ignored', 'ts-extra-fields-kept'],
  },
  58: { section: 'Step 4', rule: 'It has no `expires_in`.', clauses: ['ts-expires-missing'] },
  59: { section: 'Step 4', rule: '`token_type` is `bearer`.', clauses: ['ts-token-type-any-case'] },
  60: {
    section: 'Step 4',
    rule: '`access_token` and `refresh_token` are strings.',
    excluded: 'the form of a value that a client takes as it is',
  },
  61: {
    section: 'Step 4',
    rule: '`account_id` is an identifier of the account, as a string.',
    clauses: ['ts-extra-fields-kept'],
  },
  62: {
    section: 'Step 4',
    rule: '`scope` is one string of scopes separated by commas; the sample begins with `customer_read` and is cut off after `customer_wri`.',
    clauses: ['ts-scope-comma', 'ts-scope-narrowed'],
  },
  63: {
    section: 'Step 4',
    rule: 'A failure returns an error instead.',
    clauses: ['er-exchange-invalid-grant', 'er-code-surfaced'],
  },
  64: {
    section: 'Step 4',
    rule: 'It has the keys `error` and `error_description`, in this order.',
    clauses: ['er-code-surfaced', 'er-decide-by-code-not-text'],
  },
  65: {
    section: 'Step 4',
    rule: 'An unknown code is `invalid_grant`.',
    clauses: ['er-exchange-invalid-grant', 'er-code-surfaced'],
  },
  66: {
    section: 'Step 4',
    rule: 'Its description says that the code was not found in the system and ends with the code.',
    clauses: ['er-decide-by-code-not-text', 'er-description-not-shown-raw', 'se-no-secrets-in-errors'],
  },
  67: {
    section: 'Step 4',
    rule: 'The platform then has access to the account.',
    excluded: 'a heading of what the sentences after it say in full',
  },
  68: {
    section: 'Step 4',
    rule: 'It can read data, begin payments and manage the account for its holder.',
    excluded: 'tells what the provider does, and a client has no part in it',
  },
  69: { section: 'Step 4', rule: 'Both tokens should be kept safe.', clauses: ['se-no-secrets-in-logs'] },
  70: {
    section: 'Step 4',
    rule: 'The account id may be kept as a reference to the account; it is the same each time.',
    clauses: ['ts-extra-fields-kept', 'ap-account-isolation', 'se-account-mismatch-on-reconnect'],
  },
  71: {
    section: 'Step 4',
    rule: 'It links the account to the own client when a token is revoked.',
    clauses: ['wh-only-that-account', 'ts-extra-fields-kept'],
  },
  72: {
    section: 'Step 4',
    rule: 'API requests carry `Authorization: Bearer {access_token}`.',
    clauses: ['ap-bearer-header'],
  },
  73: {
    section: 'Step 4',
    rule: 'The sample is a GET at `https://api.finexer.com/cus…`, cut off, which reads the customers of the account.',
    excluded: 'a sample that is cut off; a stand-in plays the API',
  },
  74: {
    section: 'Revoking a token',
    rule: 'The platform or the account holder may want to end the access; this can be done at any time.',
    clauses: ['rv-elsewhere'],
  },
  75: {
    section: 'Revoking a token',
    rule: 'The account holder ends it on the page Authorized Apps of the own account.',
    clauses: ['rv-elsewhere'],
  },
  76: {
    section: 'Revoking a token',
    rule: 'The platform ends it on its page Managed Accounts.',
    clauses: ['rv-elsewhere'],
  },
  77: { section: 'Revoking a token', rule: 'The platform can end it by a POST.', clauses: ['rv-disconnect-revokes'] },
  78: {
    section: 'Revoking a token',
    rule: "The sample's URL is cut off after `https://finexer.com/oauth/`.",
    excluded: 'the URL is cut off; a client takes the one that it is given',
  },
  79: {
    section: 'Revoking a token',
    rule: 'Its body has `client_id`, `client_secret` and `refresh_token`.',
    clauses: ['rv-disconnect-revokes'],
  },
  80: { section: 'Revoking a token', rule: 'The request invalidates the access token.', clauses: ['rv-no-use-after'] },
  81: { section: 'Revoking a token', rule: 'And the refresh token.', clauses: ['rv-no-use-after'] },
  82: { section: 'Revoking a token', rule: 'Success is answered by 204.', clauses: ['rv-204-empty'] },
  83: {
    section: 'Revoking a token',
    rule: 'A webhook is sent, with an event of the type `oauth.authorization.revoked`.',
    clauses: [
      'wh-revoked-stops-calls',
      'wh-forged-rejected',
      'wh-absent-signature',
      'wh-idempotent',
      'wh-out-of-order',
      'wh-unknown-account',
      'wh-acks-fast',
      'wh-only-that-account',
    ],
  },
  84: { section: 'Revoking a token', rule: 'Failure is answered by 400.', clauses: ['rv-400-already'] },
  85: {
    section: 'Revoking a token',
    rule: 'With a JSON object that describes the error.',
    clauses: ['rv-400-already'],
  },
}
