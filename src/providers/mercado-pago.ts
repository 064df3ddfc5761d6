import {
  assumed,
  days,
  decimal,
  defineProvider,
  documented,
  exactly,
  hexadecimal,
  ignored,
  joined,
  minutes,
  monthDayHour,
  observed,
  ofTheClient,
  ofTheUser,
  optional,
  optionalScopeWithinGranted,
  ownUuid,
  required,
  secondsInHex,
  secondsLeft,
  theAccessToken,
  theAccountNumber,
  theCode,
  theRefreshToken,
  theScopeInOrder,
  theState,
  theUserEmail,
  theUserFirstName,
  theUserLastName,
  theUserName,
  uuid,
} from '../define.ts'
import { denialOnAPage, denialTold, pages } from './mercado-pago/authorize-errors.ts'
import {
  apiErrors,
  descriptionAndCause,
  messageAndCause,
  messageAndDescription,
  notCaptured,
} from './mercado-pago/errors.ts'
import { countryHosts, sisterHosts } from './mercado-pago/hosts.ts'
import { limit } from './mercado-pago/limit.ts'
import { webhooks } from './mercado-pago/webhooks.ts'

/** The month, day and hour of issue and a hash: the middle of every access token. */
export const dateAndHash = joined(monthDayHour(-4), '-', hexadecimal(32))

const anObjectId = joined('TG-', secondsInHex, hexadecimal(16), '-', ofTheUser)

/** Mercado Pago's OAuth page of 2021, section by section. A bare value is stated by the page. */
export const mercadoPago = defineProvider({
  id: 'mercado-pago',
  name: 'Mercado Pago',
  docs: 'https://www.mercadopago.com.ar/developers/en/guides/security/oauth',

  // Create and set up your application: the panel gives an application id and takes a redirect URL.
  client: {
    id: decimal(16),
    // Your Credentials: the secret is the access token of the application's owner.
    secret: documented(
      joined('APP_USR-', ofTheClient, '-', dateAndHash, '-', ofTheUser),
      'the page, Generate credentials to operate; the parts of a token are named in the API reference of 2021',
    ),
    secretIsAccessToken: true,
    registration:
      'Create the application in the panel, edit it and set its Redirect URL; the application id and the access token, which serves as the secret, are shown there.',
    defaultScopes: ['offline_access', 'read', 'write'],
    publicClients: assumed(false, { because: 'every documented request carries a secret' }),
    firstPartySkipsConsent: assumed(false, { because: 'the page shows the consent page to every seller' }),
  },
  scopes: {
    offline_access: documented('Keep access while you are away', 'the panel; our words'),
    read: documented('Read the data of your account', 'the panel; our words'),
    write: documented('Act in your account: charge and refund', 'the panel; our words'),
  },

  // Link a Mercado Pago account to your application
  authorize: {
    at: 'GET https://auth.mercadopago.com.ar/authorization',
    alsoAt: documented(
      ['GET https://auth.mercadopago.com/authorization', ...countryHosts, ...sisterHosts],
      "the page's pattern for countries, the official libraries, and the sister company Mercado Libre",
    ),
    parameters: {
      client_id: required,
      response_type: exactly('code'),
      platform_id: observed(optional, 'one library leaves it out; the page sends mp'),
      state: documented(optional, 'recommended in the best practices; some pages leave it out'),
      redirect_uri: documented(required, 'the page: the URL of the application, in every authorization URL', {
        as: 'redirect-uri',
        otherwise: { optional },
      }),
      scope: observed(ignored, "one library's source: scopes are set in the application"),
      code_challenge: documented(optional, 'the PKCE page of 2023'),
      code_challenge_method: documented(optional, 'the PKCE page of 2023'),
    },
    withoutRedirectUri: assumed('refused', {
      because: 'the page always sends it; the sister company once called it optional',
      as: 'redirect-uri',
      otherwise: { optional: 'theRegisteredOne' },
    }),
    challengeMethods: documented(
      ['S256', 'Plain', 'plain'],
      'the PKCE page of 2023; the small letter is RFC 7636 §4.3',
    ),
    roles: documented(
      { owner: 'allowed', operator: 'refused' },
      'the sister company: only the owner of an account can authorize',
    ),
    code: {
      value: documented(anObjectId, 'the page prints TG-60357f5d0cd06d000740646d-643464554; its parts are computed'),
      lifetime: minutes(10),
      replay: assumed('refused', {
        because: 'a second use is seen to be refused; nobody says that it ends the first tokens',
        as: 'code-replay',
        otherwise: { 'family-revoked': 'familyRevoked' },
      }),
    },
    callback: { code: theCode, state: theState },
    errors: assumed(pages, {
      because:
        'a wrong redirect URL and an operator are seen to end on a page; the rest is undocumented and does the same',
    }),
    errorRows: {
      denial: assumed(denialTold, {
        because: 'integrations read an error at the callback; nobody shows one',
        as: 'denial',
        otherwise: { page: denialOnAPage },
      }),
    },
  },

  // Generate credentials to operate
  token: {
    at: 'POST https://api.mercadopago.com/oauth/token',
    alsoAt: documented(['POST https://api.mercadolibre.com/oauth/token'], 'the sister company; the same backend'),
    body: ['form', documented('json', 'the API reference of 2021 and every official library')],
    readsQuery: assumed(false, { because: 'the best practices forbid query parameters, though they have worked' }),
    // The secret alone says which application it is.
    client: ['secretInBody'],
    accessToken: {
      value: documented(
        joined('APP_USR-', ofTheClient, '-', dateAndHash, '-', ofTheUser),
        'the page prints APP_USR-4934588586838432-XXXXXXXX-241983636; the API reference of 2021 names the parts',
      ),
      lifetime: days(180),
    },
    exchange: {
      parameters: {
        grant_type: exactly('authorization_code'),
        code: required,
        redirect_uri: required,
        code_verifier: documented(optional, 'the PKCE page of 2023'),
      },
      answer: {
        access_token: theAccessToken,
        token_type: 'bearer',
        expires_in: secondsLeft,
        scope: theScopeInOrder,
        user_id: theAccountNumber,
        refresh_token: theRefreshToken,
        public_key: documented(
          ownUuid('public key', 'APP_USR-'),
          'the page prints APP_USR-d0a26210-XXXXXXXX-479f0400869e; a full one is in an official sample',
        ),
        live_mode: true,
      },
    },
    headers: observed(
      {
        'content-type': 'application/json;charset=UTF-8',
        vary: 'Accept,Accept-Encoding, User-Agent',
        'cache-control': 'max-age=0',
        'x-request-id': uuid,
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'x-xss-protection': '1; mode=block',
        'strict-transport-security': 'max-age=15724800',
        'access-control-allow-origin': '*',
        'access-control-allow-headers': 'Content-Type',
        'access-control-allow-methods': 'PUT, GET, POST, DELETE, OPTIONS',
        'access-control-max-age': '86400',
      },
      'traffic recorded in 2016 and 2017',
    ),
    errors: observed(
      messageAndCause,
      'captured answers from 2019 to 2026, and old lists of errors where they have the sentence',
      {
        as: 'errors',
        otherwise: { description: descriptionAndCause, both: messageAndDescription },
      },
    ),
    errorRows: {
      notCaptured: assumed(notCaptured, {
        because: 'the documents list the codes; a 404 for GET was reported; status and sentences of the rest are ours',
      }),
      limit,
    },
  },

  // The seller's credentials operate the account.
  api: {
    resources: [
      {
        at: documented('GET https://api.mercadopago.com/users/me', 'the official Java and .NET libraries'),
        answer: documented(
          {
            id: theAccountNumber,
            nickname: theUserName,
            first_name: theUserFirstName,
            last_name: theUserLastName,
            country_id: 'AR',
            email: theUserEmail,
            site_id: 'MLA',
          },
          "the Java library's sample; country and site are ours, and what the mock does not know is left out",
        ),
      },
    ],
    errors: observed(
      apiErrors,
      'captured answers of 2016 and 2019; the 403 is on a page of the sister company, 405 and 413 are ours',
    ),
    errorRows: { limit },
    unknown: assumed(
      { status: 404, body: { message: 'resource not found', error: 'not_found', status: 404, cause: [] } },
      { because: 'in the shape of the other errors' },
    ),
  },

  // Refresh credentials
  refresh: {
    token: {
      value: documented(anObjectId, 'the page prints TG-XXXXXXXX-241983636; full ones are in official samples'),
      lifetime: days(180),
      rotation: documented('singleUse', 'the page: each refresh brings another; the sister company: each works once'),
      renewedLifetime: assumed('whole', {
        because: 'the page counts the 180 days from the last credentials',
        as: 'refresh-lifetime',
        otherwise: { remaining: 'remaining' },
      }),
      oldAccessToken: assumed('lives', {
        because: 'only the refresh token is said to change',
        as: 'old-access-token',
        otherwise: { dies: 'dies' },
      }),
      onlyWithScope: documented('offline_access', 'the renewal page of 2023'),
    },
    parameters: {
      grant_type: exactly('refresh_token'),
      refresh_token: required,
      scope: assumed(optionalScopeWithinGranted, {
        because: 'the renewal page speaks of fewer scopes and names no parameter',
      }),
    },
    answer: {
      access_token: theAccessToken,
      token_type: 'bearer',
      expires_in: secondsLeft,
      scope: theScopeInOrder,
      refresh_token: theRefreshToken,
    },
  },

  // Set up notifications
  webhooks,

  // Beyond the page
  signIn: assumed(
    {
      at: 'GET https://auth.mercadopago.com.ar/jms/mla/lgz/login/',
      carries: { clientId: 'application_id', returnTo: 'go' },
      fields: { email: 'user_id', password: 'password', token: 'csrf' },
      failure: 'Check your e-mail address and password',
    },
    {
      because:
        'an issue of 2021 shows path and parameters, at a host of the sister company; host, fields and sentence are ours',
    },
  ),
  connectedApps: assumed(
    { at: 'GET https://auth.mercadopago.com.ar/connected-applications', title: 'Connected applications' },
    { because: 'sellers can unlink in their account; neither URL nor title of the page is documented' },
  ),
  crossOrigin: observed('allowed', 'Access-Control-Allow-Origin: * in traffic recorded in 2016 and 2017'),
})
