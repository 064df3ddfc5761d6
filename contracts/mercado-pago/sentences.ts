import type { Sentences } from '../sentences.ts'

/** What each sentence of the page asks of a client. */
export const mercadoPago: Sentences = {
  1: {
    section: 'Authorize and link accounts to your applications',
    rule: 'Several accounts are managed by linking the application to the accounts of others.',
    excluded: 'tells what the provider does, and a client has no part in it',
  },
  2: {
    section: 'Authorize and link accounts to your applications',
    rule: 'OAuth lets a seller sign in to the own account and allow the application to act under its name.',
    excluded: 'tells what the provider does, and a client has no part in it',
  },
  3: {
    section: 'Authorize and link accounts to your applications',
    rule: 'That is secure.',
    excluded: 'tells what the provider does, and a client has no part in it',
  },
  4: {
    section: 'How to add OAuth',
    rule: "An application is linked to sellers' accounts by an authorization through OAuth.",
    excluded: 'a heading of what the sentences after it say in full',
  },
  5: {
    section: 'How to add OAuth',
    rule: 'The steps are: set up the application, link an account, generate credentials.',
    excluded: 'a heading of what the sentences after it say in full',
  },
  6: {
    section: '1. Create and set up your application',
    rule: 'An application with a unique id is needed first.',
    excluded: 'happens between people, before there is a client',
  },
  7: {
    section: '1. Create and set up your application',
    rule: 'A redirect URL has to be set up for it.',
    excluded: 'happens between people, before there is a client',
  },
  8: {
    section: '1. Create and set up your application',
    rule: 'That is done under Your Applications, Edit, in the field Redirect URL.',
    excluded: 'happens between people, before there is a client',
  },
  9: {
    section: '1. Create and set up your application',
    rule: 'Sellers are sent to that URL once they are linked.',
    excluded: 'tells what the provider does, and a client has no part in it',
  },
  10: {
    section: '1. Create and set up your application',
    rule: "Each seller's authorization code arrives at that URL.",
    clauses: ['tr-server-side', 'cb-code-roundtrip'],
  },
  11: {
    section: '1. Create and set up your application',
    rule: 'The application id stands under Your Integrations.',
    excluded: 'happens between people, before there is a client',
  },
  12: {
    section: '2. Link a Mercado Pago account to your application',
    rule: 'To act for sellers their authorization is needed first.',
    excluded: 'done by the person, at the pages of the provider',
  },
  13: {
    section: '2. Link a Mercado Pago account to your application',
    rule: 'The application has a URL that sends the seller to the site of the authorization.',
    excluded: 'a heading of what the sentences after it say in full',
  },
  14: {
    section: '2. Link a Mercado Pago account to your application',
    rule: 'The sample is `https://auth.mercadopago…/authorization` with `client_id`, `response_type`, `platform_id`, `state` and `redirect_uri`.',
    clauses: ['ar-response-type-code', 'ar-keeps-authorize-query', 'ar-state-present', 'ar-redirect-uri-exact'],
  },
  15: {
    section: '2. Link a Mercado Pago account to your application',
    rule: "The host ends with the country's domain.",
    excluded: 'of the URL that a client is given',
  },
  16: {
    section: '2. Link a Mercado Pago account to your application',
    rule: '`response_type` is `code`.',
    clauses: ['ar-response-type-code'],
  },
  17: {
    section: '2. Link a Mercado Pago account to your application',
    rule: '`platform_id` is `mp`.',
    clauses: ['ar-keeps-authorize-query'],
  },
  18: {
    section: '2. Link a Mercado Pago account to your application',
    rule: '`client_id` is the application id.',
    excluded: 'the form of a value that a client takes as it is',
  },
  19: {
    section: '2. Link a Mercado Pago account to your application',
    rule: '`state` tells whom the code that will come belongs to.',
    clauses: ['ar-state-present', 'cb-state-mismatch', 'cb-state-missing'],
  },
  20: {
    section: '2. Link a Mercado Pago account to your application',
    rule: 'It is a unique value for each attempt.',
    clauses: ['ar-state-unpredictable'],
  },
  21: {
    section: '2. Link a Mercado Pago account to your application',
    rule: 'It holds nothing sensitive.',
    clauses: ['ar-state-no-sensitive-data'],
  },
  22: {
    section: '2. Link a Mercado Pago account to your application',
    rule: '`redirect_uri` is the URL entered as Redirect URL of the application; no other is taken.',
    clauses: ['ar-redirect-uri-exact', 'tr-redirect-uri-identical'],
  },
  23: {
    section: '2. Link a Mercado Pago account to your application',
    rule: 'A seller who opens the URL is sent to Mercado Pago to sign in.',
    excluded: 'tells what the provider does, and a client has no part in it',
  },
  24: {
    section: '2. Link a Mercado Pago account to your application',
    rule: 'And to authorize the link.',
    excluded: 'done by the person, at the pages of the provider',
  },
  25: {
    section: '2. Link a Mercado Pago account to your application',
    rule: 'After the authorization the code arrives at the redirect URL.',
    excluded: 'a heading of what the sentences after it say in full',
  },
  26: {
    section: '2. Link a Mercado Pago account to your application',
    rule: 'The sample is `https://www.redirect-url.com?code=CODE&state=RANDOM_ID`: these two parameters, in this order.',
    excluded: 'a client that does not read them gets no token and fails every control',
  },
  27: {
    section: '2. Link a Mercado Pago account to your application',
    rule: 'The state is the one that was sent.',
    clauses: ['cb-state-mismatch', 'cb-state-missing'],
  },
  28: {
    section: '2. Link a Mercado Pago account to your application',
    rule: 'A code lives ten minutes.',
    clauses: ['cb-expired-code', 'tr-exchange-prompt'],
  },
  29: {
    section: '3. Generate credentials to operate',
    rule: 'The code is sent to the OAuth API, which gives the credentials to act for the seller.',
    clauses: ['tr-body-format'],
  },
  30: {
    section: '3. Generate credentials to operate',
    rule: '`client_secret` is the access token of the application.',
    clauses: ['tr-client-auth-as-documented'],
  },
  31: {
    section: '3. Generate credentials to operate',
    rule: 'It stands under Your Credentials.',
    excluded: 'happens between people, before there is a client',
  },
  32: {
    section: '3. Generate credentials to operate',
    rule: '`grant_type` says what is done.',
    excluded: 'a heading of what the sentences after it say in full',
  },
  33: {
    section: '3. Generate credentials to operate',
    rule: 'It is always `authorization_code` here.',
    clauses: ['tr-body-format'],
  },
  34: {
    section: '3. Generate credentials to operate',
    rule: '`code` is the code that came to the server.',
    clauses: ['tr-server-side'],
  },
  35: {
    section: '3. Generate credentials to operate',
    rule: 'A code looks like `TG-60357f5d0cd06d000740646d-643464554`: `TG-`, 24 hexadecimal digits, `-`, digits.',
    clauses: ['cb-code-roundtrip'],
  },
  36: {
    section: '3. Generate credentials to operate',
    rule: '`redirect_uri` is the Redirect URL of the application.',
    clauses: ['tr-redirect-uri-identical'],
  },
  37: {
    section: '3. Generate credentials to operate',
    rule: 'The sample is a POST at `https://api.mercadopago.com/oauth/token`.',
    clauses: ['tr-body-format'],
  },
  38: {
    section: '3. Generate credentials to operate',
    rule: 'It sends `accept: application/json`.',
    clauses: ['tr-accept-json'],
  },
  39: {
    section: '3. Generate credentials to operate',
    rule: 'It sends `content-type: application/x-www-form-urlencoded`, and a form.',
    clauses: ['tr-body-format'],
  },
  40: {
    section: '3. Generate credentials to operate',
    rule: 'The form has `client_secret`, `grant_type`, `code` and `redirect_uri`, and no `client_id`.',
    clauses: ['tr-body-format', 'tr-client-auth-as-documented', 'tr-redirect-uri-identical'],
  },
  41: {
    section: '3. Generate credentials to operate',
    rule: "The answer has the linked seller's `access_token`.",
    excluded: 'a client that does not read it makes no call and fails every control',
  },
  42: {
    section: '3. Generate credentials to operate',
    rule: "It has a `refresh_token`, which refreshes the seller's credentials later.",
    excluded: 'a heading of what the sentences after it say in full',
  },
  43: {
    section: '3. Generate credentials to operate',
    rule: "It has the seller's `public_key`.",
    clauses: ['ts-extra-fields-kept'],
  },
  44: {
    section: '3. Generate credentials to operate',
    rule: 'The public key identifies the account in the frontend.',
    clauses: ['ts-extra-fields-kept'],
  },
  45: {
    section: '3. Generate credentials to operate',
    rule: 'The answer is a JSON object with `access_token`, `token_type`, `expires_in`, `scope`, `user_id`, `refresh_token`, `public_key` and `live_mode`, in this order.',
    clauses: ['ts-unknown-fields-ignored', 'ts-extra-fields-kept'],
  },
  46: {
    section: '3. Generate credentials to operate',
    rule: '`access_token` is `APP_USR-`, the application id, `-`, a middle part, `-`, the user id.',
    excluded: 'the form of a value that a client takes as it is',
  },
  47: {
    section: '3. Generate credentials to operate',
    rule: '`token_type` is `bearer`.',
    clauses: ['ts-token-type-any-case'],
  },
  48: {
    section: '3. Generate credentials to operate',
    rule: '`expires_in` is the number 15552000: 180 days.',
    clauses: ['ts-expires-180-days', 'ex-leeway-direction'],
  },
  49: {
    section: '3. Generate credentials to operate',
    rule: '`scope` is `offline_access read write`.',
    clauses: ['ar-offline-access-requested', 'rf-no-wider-scope'],
  },
  50: {
    section: '3. Generate credentials to operate',
    rule: '`user_id` is a number, the one with which both tokens end.',
    clauses: ['ts-big-integer-id', 'ts-extra-fields-kept', 'ap-account-isolation', 'se-account-mismatch-on-reconnect'],
  },
  51: {
    section: '3. Generate credentials to operate',
    rule: '`refresh_token` is `TG-`, a middle part, `-`, the user id.',
    excluded: 'the form of a value that a client takes as it is',
  },
  52: {
    section: '3. Generate credentials to operate',
    rule: '`public_key` is `APP_USR-` and a UUID.',
    excluded: 'the form of a value that a client takes as it is',
  },
  53: {
    section: '3. Generate credentials to operate',
    rule: '`live_mode` is the truth value true.',
    excluded: 'the form of a value that a client takes as it is',
  },
  54: {
    section: '3. Generate credentials to operate',
    rule: "What was received is the seller's and sensitive.",
    clauses: ['se-no-token-in-urls'],
  },
  55: {
    section: '3. Generate credentials to operate',
    rule: 'It is kept safe, stays out of links and is handled by the server only.',
    clauses: ['ar-no-secret-in-url', 'se-no-token-in-urls', 'se-no-secret-in-frontend', 'tr-server-side'],
  },
  56: {
    section: '3. Generate credentials to operate',
    rule: "The seller's account is then linked to the application.",
    excluded: 'a heading of what the sentences after it say in full',
  },
  57: {
    section: '3. Generate credentials to operate',
    rule: 'Each further account takes the same steps.',
    clauses: ['ap-account-isolation'],
  },
  58: {
    section: 'Refresh credentials',
    rule: 'What was received for a seller lasts 180 days.',
    clauses: ['ex-180-day-window', 'rf-idle-keepalive'],
  },
  59: {
    section: 'Refresh credentials',
    rule: "After that the seller's authorization has to be asked for again.",
    clauses: ['rv-elsewhere'],
  },
  60: {
    section: 'Refresh credentials',
    rule: 'A refresh before the end avoids that.',
    clauses: ['rf-on-expiry', 'rf-idle-keepalive', 'ex-180-day-window'],
  },
  61: {
    section: 'Refresh credentials',
    rule: 'The sample is a POST at `https://api.mercadopago.com/oauth/token`.',
    clauses: ['rf-request-shape'],
  },
  62: {
    section: 'Refresh credentials',
    rule: 'It sends `accept: application/json` and a form.',
    clauses: ['rf-request-shape'],
  },
  63: {
    section: 'Refresh credentials',
    rule: 'The form has `client_secret`, `grant_type` and `refresh_token`, and no `client_id`.',
    clauses: ['rf-request-shape'],
  },
  64: {
    section: 'Refresh credentials',
    rule: 'In the sample a space stands before the client secret.',
    excluded: 'a slip of the sample; the mock takes it either way',
  },
  65: {
    section: 'Refresh credentials',
    rule: '`client_secret` is the access token of the application.',
    clauses: ['rf-request-shape'],
  },
  66: {
    section: 'Refresh credentials',
    rule: '`grant_type` is always `refresh_token`.',
    clauses: ['rf-request-shape'],
  },
  67: {
    section: 'Refresh credentials',
    rule: "`refresh_token` is the one received with the seller's data.",
    clauses: ['rf-latest-token'],
  },
  68: {
    section: 'Refresh credentials',
    rule: 'The answer is a JSON object with `access_token`, `token_type`, `expires_in`, `scope` and `refresh_token`, in this order.',
    excluded: 'a client that does not read JSON keeps no link and fails every control',
  },
  69: {
    section: 'Refresh credentials',
    rule: 'It has no `user_id`, `public_key` or `live_mode`.',
    clauses: ['ts-extra-fields-survive-refresh'],
  },
  70: {
    section: 'Refresh credentials',
    rule: 'Its values have the types and forms of the first answer.',
    excluded: 'the form of a value that a client takes as it is',
  },
  71: { section: 'Refresh credentials', rule: '`expires_in` is 15552000 again.', clauses: ['ts-expires-180-days'] },
  72: {
    section: 'Refresh credentials',
    rule: 'Every refresh changes the refresh token; the new one has to be stored.',
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
    ],
  },
  73: {
    section: 'Refresh credentials',
    rule: 'Errors of a refresh are listed in the error codes of the documentation for developers of Mercado Libre.',
    clauses: ['er-code-surfaced', 'er-decide-by-code-not-text', 'rf-400-not-oauth'],
  },
  74: {
    section: 'Set up notifications',
    rule: 'A notification can be had each time a seller links to the application.',
    excluded: 'a notice that changes nothing for a client that has the callback',
  },
  75: { section: 'Set up notifications', rule: 'And each time a seller unlinks.', clauses: ['wh-revoked-stops-calls'] },
  76: {
    section: 'Set up notifications',
    rule: 'The application is chosen under Your Applications.',
    excluded: 'happens between people, before there is a client',
  },
  77: {
    section: 'Set up notifications',
    rule: 'Under Notification Webhooks, Production Mode, the URL is entered that receives notifications.',
    excluded: 'happens between people, before there is a client',
  },
  78: {
    section: 'Set up notifications',
    rule: 'A button Test sends a notification to that URL.',
    excluded: 'happens between people, before there is a client',
  },
  79: {
    section: 'Set up notifications',
    rule: 'In the field Events the option Application Linking is chosen, and saved; without it none of these is sent.',
    excluded: 'happens between people, before there is a client',
  },
  80: {
    section: 'Set up notifications',
    rule: 'From then on each link and unlink is notified at the URL.',
    clauses: ['wh-acks-fast', 'wh-idempotent', 'wh-no-proof-no-trust'],
  },
  81: {
    section: 'Set up notifications',
    rule: 'What follows is some of the data of a notification.',
    excluded: 'a heading of what the sentences after it say in full',
  },
  82: {
    section: 'Set up notifications',
    rule: '`type` is `mp-connect` and names the kind.',
    excluded: 'the form of a value that a client takes as it is',
  },
  83: {
    section: 'Set up notifications',
    rule: '`action` is `application.authorized` when the seller linked.',
    clauses: ['wh-authorized-before-callback'],
  },
  84: {
    section: 'Set up notifications',
    rule: '`action` is `application.deauthorized` when the seller unlinked.',
    clauses: ['wh-revoked-stops-calls', 'wh-out-of-order'],
  },
  85: {
    section: 'Set up notifications',
    rule: '`data.id` is a string.',
    excluded: 'the form of a value that a client takes as it is',
  },
  86: {
    section: 'Set up notifications',
    rule: 'It is the id of the seller.',
    clauses: ['wh-unknown-account', 'wh-only-that-account'],
  },
  87: {
    section: 'Set up notifications',
    rule: 'More stands on the page about notifications.',
    excluded: 'points to another page',
  },
}
