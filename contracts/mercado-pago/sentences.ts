import type { Sentences } from '../sentences.ts'

/** What each sentence of the page asks of a client. */
export const mercadoPago: Sentences = {
  1: {
    section: 'Authorize and link accounts to your applications',
    rule: 'Several accounts are managed by linking the application to the accounts of others.',
    excluded: 'TODO',
  },
  2: {
    section: 'Authorize and link accounts to your applications',
    rule: 'OAuth lets a seller sign in to the own account and allow the application to act under its name.',
    excluded: 'TODO',
  },
  3: { section: 'Authorize and link accounts to your applications', rule: 'That is secure.', excluded: 'TODO' },
  4: {
    section: 'How to add OAuth',
    rule: "An application is linked to sellers' accounts by an authorization through OAuth.",
    excluded: 'TODO',
  },
  5: {
    section: 'How to add OAuth',
    rule: 'The steps are: set up the application, link an account, generate credentials.',
    excluded: 'TODO',
  },
  6: {
    section: '1. Create and set up your application',
    rule: 'An application with a unique id is needed first.',
    excluded: 'TODO',
  },
  7: {
    section: '1. Create and set up your application',
    rule: 'A redirect URL has to be set up for it.',
    excluded: 'TODO',
  },
  8: {
    section: '1. Create and set up your application',
    rule: 'That is done under Your Applications, Edit, in the field Redirect URL.',
    excluded: 'TODO',
  },
  9: {
    section: '1. Create and set up your application',
    rule: 'Sellers are sent to that URL once they are linked.',
    excluded: 'TODO',
  },
  10: {
    section: '1. Create and set up your application',
    rule: "Each seller's authorization code arrives at that URL.",
    excluded: 'TODO',
  },
  11: {
    section: '1. Create and set up your application',
    rule: 'The application id stands under Your Integrations.',
    excluded: 'TODO',
  },
  12: {
    section: '2. Link a Mercado Pago account to your application',
    rule: 'To act for sellers their authorization is needed first.',
    excluded: 'TODO',
  },
  13: {
    section: '2. Link a Mercado Pago account to your application',
    rule: 'The application has a URL that sends the seller to the site of the authorization.',
    excluded: 'TODO',
  },
  14: {
    section: '2. Link a Mercado Pago account to your application',
    rule: 'The sample is `https://auth.mercadopago…/authorization` with `client_id`, `response_type`, `platform_id`, `state` and `redirect_uri`.',
    excluded: 'TODO',
  },
  15: {
    section: '2. Link a Mercado Pago account to your application',
    rule: "The host ends with the country's domain.",
    excluded: 'TODO',
  },
  16: {
    section: '2. Link a Mercado Pago account to your application',
    rule: '`response_type` is `code`.',
    excluded: 'TODO',
  },
  17: {
    section: '2. Link a Mercado Pago account to your application',
    rule: '`platform_id` is `mp`.',
    excluded: 'TODO',
  },
  18: {
    section: '2. Link a Mercado Pago account to your application',
    rule: '`client_id` is the application id.',
    excluded: 'TODO',
  },
  19: {
    section: '2. Link a Mercado Pago account to your application',
    rule: '`state` tells whom the code that will come belongs to.',
    excluded: 'TODO',
  },
  20: {
    section: '2. Link a Mercado Pago account to your application',
    rule: 'It is a unique value for each attempt.',
    excluded: 'TODO',
  },
  21: {
    section: '2. Link a Mercado Pago account to your application',
    rule: 'It holds nothing sensitive.',
    excluded: 'TODO',
  },
  22: {
    section: '2. Link a Mercado Pago account to your application',
    rule: '`redirect_uri` is the URL entered as Redirect URL of the application; no other is taken.',
    excluded: 'TODO',
  },
  23: {
    section: '2. Link a Mercado Pago account to your application',
    rule: 'A seller who opens the URL is sent to Mercado Pago to sign in.',
    excluded: 'TODO',
  },
  24: {
    section: '2. Link a Mercado Pago account to your application',
    rule: 'And to authorize the link.',
    excluded: 'TODO',
  },
  25: {
    section: '2. Link a Mercado Pago account to your application',
    rule: 'After the authorization the code arrives at the redirect URL.',
    excluded: 'TODO',
  },
  26: {
    section: '2. Link a Mercado Pago account to your application',
    rule: 'The sample is `https://www.redirect-url.com?code=CODE&state=RANDOM_ID`: these two parameters, in this order.',
    excluded: 'TODO',
  },
  27: {
    section: '2. Link a Mercado Pago account to your application',
    rule: 'The state is the one that was sent.',
    excluded: 'TODO',
  },
  28: {
    section: '2. Link a Mercado Pago account to your application',
    rule: 'A code lives ten minutes.',
    excluded: 'TODO',
  },
  29: {
    section: '3. Generate credentials to operate',
    rule: 'The code is sent to the OAuth API, which gives the credentials to act for the seller.',
    excluded: 'TODO',
  },
  30: {
    section: '3. Generate credentials to operate',
    rule: '`client_secret` is the access token of the application.',
    excluded: 'TODO',
  },
  31: { section: '3. Generate credentials to operate', rule: 'It stands under Your Credentials.', excluded: 'TODO' },
  32: { section: '3. Generate credentials to operate', rule: '`grant_type` says what is done.', excluded: 'TODO' },
  33: {
    section: '3. Generate credentials to operate',
    rule: 'It is always `authorization_code` here.',
    excluded: 'TODO',
  },
  34: {
    section: '3. Generate credentials to operate',
    rule: '`code` is the code that came to the server.',
    excluded: 'TODO',
  },
  35: {
    section: '3. Generate credentials to operate',
    rule: 'A code looks like `TG-60357f5d0cd06d000740646d-643464554`: `TG-`, 24 hexadecimal digits, `-`, digits.',
    excluded: 'TODO',
  },
  36: {
    section: '3. Generate credentials to operate',
    rule: '`redirect_uri` is the Redirect URL of the application.',
    excluded: 'TODO',
  },
  37: {
    section: '3. Generate credentials to operate',
    rule: 'The sample is a POST at `https://api.mercadopago.com/oauth/token`.',
    excluded: 'TODO',
  },
  38: { section: '3. Generate credentials to operate', rule: 'It sends `accept: application/json`.', excluded: 'TODO' },
  39: {
    section: '3. Generate credentials to operate',
    rule: 'It sends `content-type: application/x-www-form-urlencoded`, and a form.',
    excluded: 'TODO',
  },
  40: {
    section: '3. Generate credentials to operate',
    rule: 'The form has `client_secret`, `grant_type`, `code` and `redirect_uri`, and no `client_id`.',
    excluded: 'TODO',
  },
  41: {
    section: '3. Generate credentials to operate',
    rule: "The answer has the linked seller's `access_token`.",
    excluded: 'TODO',
  },
  42: {
    section: '3. Generate credentials to operate',
    rule: "It has a `refresh_token`, which refreshes the seller's credentials later.",
    excluded: 'TODO',
  },
  43: { section: '3. Generate credentials to operate', rule: "It has the seller's `public_key`.", excluded: 'TODO' },
  44: {
    section: '3. Generate credentials to operate',
    rule: 'The public key identifies the account in the frontend.',
    excluded: 'TODO',
  },
  45: {
    section: '3. Generate credentials to operate',
    rule: 'The answer is a JSON object with `access_token`, `token_type`, `expires_in`, `scope`, `user_id`, `refresh_token`, `public_key` and `live_mode`, in this order.',
    excluded: 'TODO',
  },
  46: {
    section: '3. Generate credentials to operate',
    rule: '`access_token` is `APP_USR-`, the application id, `-`, a middle part, `-`, the user id.',
    excluded: 'TODO',
  },
  47: { section: '3. Generate credentials to operate', rule: '`token_type` is `bearer`.', excluded: 'TODO' },
  48: {
    section: '3. Generate credentials to operate',
    rule: '`expires_in` is the number 15552000: 180 days.',
    excluded: 'TODO',
  },
  49: {
    section: '3. Generate credentials to operate',
    rule: '`scope` is `offline_access read write`.',
    excluded: 'TODO',
  },
  50: {
    section: '3. Generate credentials to operate',
    rule: '`user_id` is a number, the one with which both tokens end.',
    excluded: 'TODO',
  },
  51: {
    section: '3. Generate credentials to operate',
    rule: '`refresh_token` is `TG-`, a middle part, `-`, the user id.',
    excluded: 'TODO',
  },
  52: {
    section: '3. Generate credentials to operate',
    rule: '`public_key` is `APP_USR-` and a UUID.',
    excluded: 'TODO',
  },
  53: { section: '3. Generate credentials to operate', rule: '`live_mode` is the truth value true.', excluded: 'TODO' },
  54: {
    section: '3. Generate credentials to operate',
    rule: "What was received is the seller's and sensitive.",
    excluded: 'TODO',
  },
  55: {
    section: '3. Generate credentials to operate',
    rule: 'It is kept safe, stays out of links and is handled by the server only.',
    excluded: 'TODO',
  },
  56: {
    section: '3. Generate credentials to operate',
    rule: "The seller's account is then linked to the application.",
    excluded: 'TODO',
  },
  57: {
    section: '3. Generate credentials to operate',
    rule: 'Each further account takes the same steps.',
    excluded: 'TODO',
  },
  58: { section: 'Refresh credentials', rule: 'What was received for a seller lasts 180 days.', excluded: 'TODO' },
  59: {
    section: 'Refresh credentials',
    rule: "After that the seller's authorization has to be asked for again.",
    excluded: 'TODO',
  },
  60: { section: 'Refresh credentials', rule: 'A refresh before the end avoids that.', excluded: 'TODO' },
  61: {
    section: 'Refresh credentials',
    rule: 'The sample is a POST at `https://api.mercadopago.com/oauth/token`.',
    excluded: 'TODO',
  },
  62: { section: 'Refresh credentials', rule: 'It sends `accept: application/json` and a form.', excluded: 'TODO' },
  63: {
    section: 'Refresh credentials',
    rule: 'The form has `client_secret`, `grant_type` and `refresh_token`, and no `client_id`.',
    excluded: 'TODO',
  },
  64: {
    section: 'Refresh credentials',
    rule: 'In the sample a space stands before the client secret.',
    excluded: 'TODO',
  },
  65: {
    section: 'Refresh credentials',
    rule: '`client_secret` is the access token of the application.',
    excluded: 'TODO',
  },
  66: { section: 'Refresh credentials', rule: '`grant_type` is always `refresh_token`.', excluded: 'TODO' },
  67: {
    section: 'Refresh credentials',
    rule: "`refresh_token` is the one received with the seller's data.",
    excluded: 'TODO',
  },
  68: {
    section: 'Refresh credentials',
    rule: 'The answer is a JSON object with `access_token`, `token_type`, `expires_in`, `scope` and `refresh_token`, in this order.',
    excluded: 'TODO',
  },
  69: { section: 'Refresh credentials', rule: 'It has no `user_id`, `public_key` or `live_mode`.', excluded: 'TODO' },
  70: {
    section: 'Refresh credentials',
    rule: 'Its values have the types and forms of the first answer.',
    excluded: 'TODO',
  },
  71: { section: 'Refresh credentials', rule: '`expires_in` is 15552000 again.', excluded: 'TODO' },
  72: {
    section: 'Refresh credentials',
    rule: 'Every refresh changes the refresh token; the new one has to be stored.',
    excluded: 'TODO',
  },
  73: {
    section: 'Refresh credentials',
    rule: 'Errors of a refresh are listed in the error codes of the documentation for developers of Mercado Libre.',
    excluded: 'TODO',
  },
  74: {
    section: 'Set up notifications',
    rule: 'A notification can be had each time a seller links to the application.',
    excluded: 'TODO',
  },
  75: { section: 'Set up notifications', rule: 'And each time a seller unlinks.', excluded: 'TODO' },
  76: { section: 'Set up notifications', rule: 'The application is chosen under Your Applications.', excluded: 'TODO' },
  77: {
    section: 'Set up notifications',
    rule: 'Under Notification Webhooks, Production Mode, the URL is entered that receives notifications.',
    excluded: 'TODO',
  },
  78: { section: 'Set up notifications', rule: 'A button Test sends a notification to that URL.', excluded: 'TODO' },
  79: {
    section: 'Set up notifications',
    rule: 'In the field Events the option Application Linking is chosen, and saved; without it none of these is sent.',
    excluded: 'TODO',
  },
  80: {
    section: 'Set up notifications',
    rule: 'From then on each link and unlink is notified at the URL.',
    excluded: 'TODO',
  },
  81: {
    section: 'Set up notifications',
    rule: 'What follows is some of the data of a notification.',
    excluded: 'TODO',
  },
  82: { section: 'Set up notifications', rule: '`type` is `mp-connect` and names the kind.', excluded: 'TODO' },
  83: {
    section: 'Set up notifications',
    rule: '`action` is `application.authorized` when the seller linked.',
    excluded: 'TODO',
  },
  84: {
    section: 'Set up notifications',
    rule: '`action` is `application.deauthorized` when the seller unlinked.',
    excluded: 'TODO',
  },
  85: { section: 'Set up notifications', rule: '`data.id` is a string.', excluded: 'TODO' },
  86: { section: 'Set up notifications', rule: 'It is the id of the seller.', excluded: 'TODO' },
  87: { section: 'Set up notifications', rule: 'More stands on the page about notifications.', excluded: 'TODO' },
}
