import type { Sentences } from '../sentences.ts'

/** What each sentence of the page asks of a client. */
export const mekari: Sentences = {
  1: {
    section: 'Overview',
    rule: 'OAuth2 lets an application use the Mekari API with safer authentication and authorization.',
    excluded: 'tells what the provider does, and a client has no part in it',
  },
  2: {
    section: 'Overview',
    rule: 'The grant that Mekari offers is the authorization code; it yields an access token.',
    excluded: 'a heading of what the sentences after it say in full',
  },
  3: {
    section: 'Overview',
    rule: 'The access token is what requests to the Mekari API are made with.',
    clauses: ['ap-bearer-header'],
  },
  4: {
    section: 'Overview',
    rule: 'A user has to authorize the application.',
    excluded: 'done by the person, at the pages of the provider',
  },
  5: {
    section: 'Overview',
    rule: 'API calls with the token are made in the name of an existing Mekari user.',
    excluded: 'tells what the provider does, and a client has no part in it',
  },
  6: { section: 'Overview', rule: 'A picture shows the flow.', excluded: 'a picture of what the text says' },
  7: {
    section: 'Overview',
    rule: 'The application begins by sending the user to the authorization URL.',
    clauses: ['ar-response-type-code'],
  },
  8: {
    section: 'Overview',
    rule: 'There the user can read every permission that the scope parameter asks for.',
    excluded: 'tells what the provider does, and a client has no part in it',
  },
  9: {
    section: 'Overview',
    rule: 'A user who authorizes is sent to the redirect URL that was given when the application was registered.',
    clauses: ['ar-redirect-uri-omittable'],
  },
  10: {
    section: 'Overview',
    rule: 'The application then has the authorization code.',
    excluded: 'a heading of what the sentences after it say in full',
  },
  11: { section: 'Overview', rule: 'The code can be turned into an access token.', clauses: ['tr-body-format'] },
  12: {
    section: 'Overview',
    rule: 'With the access token the application calls the API.',
    clauses: ['ap-bearer-header'],
  },
  13: {
    section: 'OAuth2 Credentials',
    rule: 'Client id and client secret are needed in the flow.',
    clauses: ['tr-client-auth-as-documented'],
  },
  14: {
    section: 'OAuth2 Credentials',
    rule: 'A platform for making credentials oneself is being built.',
    excluded: 'happens between people, before there is a client',
  },
  15: {
    section: 'OAuth2 Credentials',
    rule: 'Until then credentials are asked for at the customer support.',
    excluded: 'happens between people, before there is a client',
  },
  16: {
    section: 'OAuth2 Credentials',
    rule: 'New credentials are made for the application.',
    excluded: 'happens between people, before there is a client',
  },
  17: {
    section: 'OAuth2 Credentials',
    rule: "The application's scopes are selected when its credentials are made; no others can be asked for.",
    clauses: ['ar-scope-within-registered'],
  },
  18: {
    section: 'API Availability',
    rule: 'Not every endpoint of the products can be called with OAuth2.',
    excluded: 'the page does not say which; a client learns it by the answer',
  },
  19: { section: 'API Availability', rule: 'The product pages say which can.', excluded: 'points to another page' },
  20: {
    section: 'User Authorization',
    rule: 'Authorization by the user is the first step to a token.',
    excluded: 'a heading of what the sentences after it say in full',
  },
  21: {
    section: 'User Authorization',
    rule: 'The application redirects the user to the authorization URL with these parameters.',
    clauses: ['ar-response-type-code', 'ar-scope-space-joined'],
  },
  22: {
    section: 'User Authorization',
    rule: 'The URL is `https://account.mekari.com/auth` with `client_id`, `response_type` and `scope` in the query.',
    clauses: ['ar-response-type-code', 'ar-scope-space-joined', 'ar-redirect-uri-omittable'],
  },
  23: { section: 'User Authorization', rule: '`response_type` is `code`.', clauses: ['ar-response-type-code'] },
  24: {
    section: 'User Authorization',
    rule: '`client_id` is the client id of the credentials.',
    excluded: 'its value is the one that the client was given',
  },
  25: {
    section: 'User Authorization',
    rule: '`scope` lists the scopes that the user must authorize, separated by spaces.',
    clauses: ['ar-scope-space-joined'],
  },
  26: {
    section: 'User Authorization',
    rule: 'The scope decides which API endpoints the token opens.',
    excluded: 'tells what the provider does, and a client has no part in it',
  },
  27: {
    section: 'User Authorization',
    rule: 'After the approval the user is sent to the redirect URL given at registration.',
    clauses: ['ar-redirect-uri-omittable'],
  },
  28: {
    section: 'Generating Access Token',
    rule: 'The redirect carries the query parameter `code`.',
    excluded: 'a client that does not read it gets no token and fails every control',
  },
  29: {
    section: 'Generating Access Token',
    rule: 'It holds an authorization code that can be turned into an access token.',
    excluded: 'a heading of what the sentences after it say in full',
  },
  30: {
    section: 'Generating Access Token',
    rule: 'For the redirect URL `https://example.com/foo` the browser goes to `https://example.com/foo?code=x`: one parameter and nothing else.',
    excluded: 'a client that does not read it gets no token and fails every control',
  },
  31: {
    section: 'Generating Access Token',
    rule: '`x` there is the authorization code.',
    excluded: 'the form of a value that a client takes as it is',
  },
  32: {
    section: 'Generating Access Token',
    rule: 'The code is exchanged by POST at `https://account.mekari.com/auth/oauth2/token`.',
    clauses: ['tr-body-format'],
  },
  33: {
    section: 'Generating Access Token',
    rule: 'The sample sends `Content-Type: application/json` and a JSON object.',
    clauses: ['tr-body-format'],
  },
  34: {
    section: 'Generating Access Token',
    rule: 'The sample lets curl follow redirects; the answer comes at once all the same.',
    excluded: 'of the tool that the sample uses; what a redirect may not do is a clause of ours, se-no-redirect-follow',
  },
  35: {
    section: 'Generating Access Token',
    rule: 'The body has `client_id`, `client_secret`, `grant_type`, `code` and `scope`.',
    clauses: ['tr-body-format', 'tr-client-auth-as-documented', 'tr-redirect-uri-identical', 'tr-scope-repeated-equal'],
  },
  36: {
    section: 'Generating Access Token',
    rule: '`grant_type` is `authorization_code`.',
    clauses: ['tr-body-format'],
  },
  37: {
    section: 'Generating Access Token',
    rule: '`CLIENT_ID` is the client id of the credentials.',
    clauses: ['tr-client-auth-as-documented'],
  },
  38: {
    section: 'Generating Access Token',
    rule: '`CLIENT_SECRET` is the client secret of the credentials.',
    clauses: ['tr-client-auth-as-documented'],
  },
  39: {
    section: 'Generating Access Token',
    rule: '`AUTH_CODE` is the code that the application got from the authorization.',
    clauses: ['tr-body-format'],
  },
  40: {
    section: 'Generating Access Token',
    rule: '`SCOPE` lists scopes separated by spaces.',
    clauses: ['ar-scope-space-joined', 'tr-scope-repeated-equal'],
  },
  41: {
    section: 'Generating Access Token',
    rule: 'It must be the same value as at the user authorization.',
    clauses: ['tr-scope-repeated-equal'],
  },
  42: {
    section: 'Generating Access Token',
    rule: 'The answer is JSON.',
    excluded: 'a client that does not read JSON gets no token and fails every control',
  },
  43: {
    section: 'Generating Access Token',
    rule: 'Its keys are `access_token`, `token_type`, `expires_in` and `refresh_token`, in this order.',
    clauses: ['ts-scope-absent'],
  },
  44: {
    section: 'Generating Access Token',
    rule: 'In the sample `access_token` and `refresh_token` are strings, `expires_in` is the number 3600.',
    excluded: 'the form of a value that a client takes as it is',
  },
  45: {
    section: 'Generating Access Token',
    rule: '`access_token` is the token to call the API with.',
    excluded: 'a heading of what the sentences after it say in full',
  },
  46: {
    section: 'Generating Access Token',
    rule: '`token_type` tells how the token is to be used.',
    clauses: ['ts-token-type-any-case'],
  },
  47: {
    section: 'Generating Access Token',
    rule: '`token_type` is always `bearer`, in small letters.',
    clauses: ['ts-token-type-any-case'],
  },
  48: {
    section: 'Generating Access Token',
    rule: '`expires_in` is the time until the token expires, in seconds.',
    clauses: ['ex-leeway-direction'],
  },
  49: {
    section: 'Generating Access Token',
    rule: '`refresh_token` gets a new access token without another authorization by the user.',
    clauses: ['rf-on-expiry'],
  },
  50: {
    section: 'Generating Access Token',
    rule: 'More about it stands under Refresh Token.',
    excluded: 'points to another page',
  },
  51: {
    section: 'Generating Access Token',
    rule: 'An access token lives one hour from its making.',
    clauses: ['ex-leeway-direction'],
  },
  52: {
    section: 'Generating Access Token',
    rule: 'An expired token can no longer be used for API requests.',
    clauses: ['rf-on-expiry', 'ex-early-expiry'],
  },
  53: {
    section: 'Generating Access Token',
    rule: 'Such a request is answered by 401 Unauthorized.',
    clauses: ['rf-on-expiry', 'ap-401-refresh-once-retry', 'ap-401-any-body', 'ex-early-expiry'],
  },
  54: {
    section: 'Generating Access Token',
    rule: 'Then the user authorizes again, or the refresh token is used.',
    clauses: ['ap-401-refresh-once-retry', 'rf-on-expiry'],
  },
  55: {
    section: 'Generating Access Token',
    rule: 'More about that stands under Refresh Token.',
    excluded: 'points to another page',
  },
  56: {
    section: 'Authorization Header',
    rule: 'The access token can be used in the application to call the API.',
    excluded: 'a heading of what the sentences after it say in full',
  },
  57: {
    section: 'Authorization Header',
    rule: 'It goes into the `Authorization` header.',
    clauses: ['ap-bearer-header'],
  },
  58: {
    section: 'Authorization Header',
    rule: 'The header reads `Authorization: Bearer {ACCESS_TOKEN}`.',
    clauses: ['ap-bearer-header'],
  },
  59: {
    section: 'Authorization Header',
    rule: 'The token is the one that a code brought which a user had authorized.',
    excluded: 'tells what the provider does, and a client has no part in it',
  },
  60: {
    section: 'Authorization Header',
    rule: 'The sample is a POST with a JSON body and the header.',
    clauses: ['ap-bearer-header', 'ap-retry-preserves-request'],
  },
  61: {
    section: 'Refresh Token',
    rule: 'Access tokens live one hour and cannot be used once expired.',
    clauses: ['ex-leeway-direction', 'rf-on-expiry'],
  },
  62: {
    section: 'Refresh Token',
    rule: 'There are two ways to a new one: another user authorization, or the refresh token.',
    clauses: ['rf-on-expiry'],
  },
  63: {
    section: 'Refresh Token',
    rule: 'Another user authorization means sending the user to the authorization URL again.',
    excluded: 'done by the person; that the client asks for it is judged by rf-reauth-recovers',
  },
  64: {
    section: 'Refresh Token',
    rule: 'In the background there may be no user to send anywhere.',
    clauses: ['rf-on-expiry'],
  },
  65: {
    section: 'Refresh Token',
    rule: 'Then the refresh token is the way to a new access token.',
    clauses: ['rf-on-expiry'],
  },
  66: {
    section: 'Refresh Token',
    rule: 'A refresh token lives much longer than an access token.',
    excluded: 'tells what the provider does, and a client has no part in it',
  },
  67: { section: 'Refresh Token', rule: 'Its lifetime is set to 30 days at present.', clauses: ['rf-idle-keepalive'] },
  68: {
    section: 'Refresh Token',
    rule: 'It may be stored at the authorization and used later, when the access token has expired.',
    clauses: ['rf-persisted-before-use', 'rf-idle-keepalive'],
  },
  69: {
    section: 'Refresh Token',
    rule: 'The refresh is a POST at `https://account.mekari.com/auth/oauth2/token` with the refresh token grant.',
    clauses: ['rf-request-shape'],
  },
  70: {
    section: 'Refresh Token',
    rule: 'The sample sends `Content-Type: application/json` and a JSON object.',
    clauses: ['rf-request-shape'],
  },
  71: {
    section: 'Refresh Token',
    rule: 'The sample lets curl follow redirects; the answer comes at once all the same.',
    excluded: 'of the tool that the sample uses; what a redirect may not do is a clause of ours, se-no-redirect-follow',
  },
  72: {
    section: 'Refresh Token',
    rule: 'The body has `client_id`, `client_secret`, `grant_type`, `refresh_token` and `scope`.',
    clauses: ['rf-request-shape', 'rf-scope-repeated-equal'],
  },
  73: { section: 'Refresh Token', rule: '`grant_type` is `refresh_token`.', clauses: ['rf-request-shape'] },
  74: {
    section: 'Refresh Token',
    rule: '`CLIENT_ID` is the client id of the credentials.',
    clauses: ['rf-request-shape'],
  },
  75: {
    section: 'Refresh Token',
    rule: '`CLIENT_SECRET` is the client secret of the credentials.',
    clauses: ['rf-request-shape'],
  },
  76: {
    section: 'Refresh Token',
    rule: '`REFRESH_TOKEN` is the one that the last answer with a token brought.',
    clauses: ['rf-latest-token'],
  },
  77: {
    section: 'Refresh Token',
    rule: '`SCOPE` lists scopes separated by spaces.',
    clauses: ['rf-scope-repeated-equal'],
  },
  78: {
    section: 'Refresh Token',
    rule: 'It must be the same value as at the user authorization.',
    clauses: ['rf-scope-repeated-equal'],
  },
  79: {
    section: 'Refresh Token',
    rule: 'The answer is JSON with the same four keys in the same order and of the same types.',
    clauses: ['ts-scope-absent'],
  },
  80: {
    section: 'Refresh Token',
    rule: 'A refresh brings a new refresh token as well, for the next refresh.',
    clauses: ['rf-latest-token', 'rf-persisted-before-use'],
  },
  81: {
    section: 'Refresh Token',
    rule: 'A refresh token can be used once only.',
    clauses: [
      'rf-latest-token',
      'rf-persisted-before-use',
      'rc-single-flight',
      'rc-late-caller',
      'rc-two-processes',
      'rc-loser-recovers',
      'rc-loser-any-400',
      'rc-stale-capture',
      'rc-cancel-mid-refresh',
      'rc-family-revoked',
      'rc-slow-refresh-outlives-lock',
      'rc-lost-response',
      'rc-crash-before-persist',
      'rc-stale-writer',
      'rc-persist-failure-surfaced',
      'rc-lost-response-final',
    ],
  },
  82: {
    section: 'Refresh Token',
    rule: 'What uses it up is a refresh that succeeded.',
    clauses: ['rc-lost-response', 'rc-lost-response-final', 'rc-crash-before-persist'],
  },
}
