import {
  alphanumeric,
  assumed,
  defineProvider,
  documented,
  exactly,
  ignored,
  joined,
  minutes,
  never,
  observed,
  onlyIfSent,
  optional,
  required,
  rfc6750Errors,
  sameRedirectUri,
  standard,
  theAccessToken,
  theCode,
  theRefreshToken,
  theScopeByCommas,
  theState,
  theUserEmail,
  theUserName,
  usersValue,
} from '../define.ts'
import { theAccount } from './finexer/account.ts'
import { authorizeErrorRows, tokenErrorRows } from './finexer/error-rows.ts'
import { finexerErrors, finexerRevokeErrors, nestedErrors, noSuchPath, toldTwice } from './finexer/errors.ts'
import { permissions } from './finexer/permissions.ts'
import { webhooks } from './finexer/webhooks.ts'

const opaque = 'the page prints a placeholder; prefix and length are ours'
const software = 'the page is silent; the same call exists at the provider whose design this one shares'

/** Finexer's page "Using OAuth to connect Finexer accounts", section by section. A bare value is stated by the page. */
export const finexer = defineProvider({
  id: 'finexer',
  name: 'Finexer',
  docs: 'https://finexer.com/docs',

  // Platform settings: an app has an id, redirect URLs with a default among them, and permissions. Its secret is the API key.
  client: {
    id: joined('app_', alphanumeric(13)),
    secret: observed(joined('sk_', alphanumeric(64)), 'one integration; another one has keys that begin with live_'),
    registration: 'Create an app in the platform settings: redirect URLs, permissions; the secret is the API key.',
    defaultScopes: ['customer_read', 'customer_write'],
    publicClients: assumed(false, { because: 'the token endpoint needs the API key' }),
    firstPartySkipsConsent: assumed(false, { because: 'the page knows no such apps' }),
  },
  scopes: permissions,

  // Step 1: Create the OAuth link
  authorize: {
    at: 'GET https://finexer.com/oauth/',
    parameters: {
      client_id: required,
      response_type: onlyIfSent('code'),
      redirect_uri: optional,
      scope: optional,
      state: optional,
    },
    // Without redirect_uri: the default redirect URL.
    withoutRedirectUri: 'theRegisteredOne',
    scopeSeparator: ',',
    challengeMethods: standard(['S256', 'plain'], 'RFC 7636 §4.3'),
    pkce: assumed('checked', {
      because:
        'the page does not mention PKCE; a client that uses it rightly passes either way, and only a check shows a wrong verifier',
      as: 'pkce',
      otherwise: { ignored: 'ignored' },
    }),
    // Step 3: the code is short-lived and works once.
    code: {
      value: assumed(alphanumeric(40), { because: opaque }),
      lifetime: assumed(minutes(5), { because: 'short-lived, says the page, without a number' }),
      replay: assumed('refused', {
        because: 'the page says only that it works once',
        as: 'code-replay',
        otherwise: { 'family-revoked': 'familyRevoked' },
      }),
    },
    callback: { code: theCode, state: theState },
    errors: assumed(toldTwice, {
      because: 'the page shows a denial; other errors are taken to look alike, and what is in doubt to end on a page',
    }),
    errorRows: authorizeErrorRows,
    stateOfErrors: assumed('returned', {
      because: 'Step 1 promises state back, the sample of a denial shows none; nor does that of a success',
      as: 'state-of-errors',
      otherwise: { 'left-out': 'leftOut' },
    }),
    again: assumed('together', {
      because: 'the page connects accounts, not logins; the tokens of an earlier login stay valid until revoked',
      as: 'second-authorization',
      otherwise: { apart: 'apart' },
    }),
  },

  // Step 2: a person without an account makes one on the way.
  signIn: assumed(
    {
      at: 'GET https://finexer.com/login',
      carries: { returnTo: 'return_to' },
      fields: { email: 'email', password: 'password', token: 'authenticity_token' },
      failure: 'Invalid email or password',
    },
    { because: 'the page says that the person signs in, not where' },
  ),
  signUp: assumed(
    {
      at: 'GET https://finexer.com/signup',
      fields: { name: 'name', company: 'company', email: 'email', password: 'password', token: 'authenticity_token' },
    },
    { because: 'the page says that a person without an account creates one, not where nor what is asked' },
  ),

  // Step 4: Receive access token
  token: {
    at: 'POST https://finexer.com/oauth/token',
    body: documented(['form'], 'the page, Step 4', { as: 'json', otherwise: { accepted: ['form', 'json'] } }),
    readsQuery: standard(false, 'RFC 6749 §2.3.1 keeps credentials out of the URL'),
    client: documented(['body'], 'the page, Step 4', { as: 'basic', otherwise: { accepted: ['body', 'basic'] } }),
    accessToken: {
      value: assumed(joined('at_', alphanumeric(40)), { because: opaque }),
      lifetime: assumed(never, { because: 'the answer has no expires_in; the page ends access by revocation only' }),
    },
    exchange: {
      parameters: {
        grant_type: exactly('authorization_code'),
        code: required,
        redirect_uri: assumed(ignored, {
          because: 'the page does not list it',
          as: 'redirect-uri',
          otherwise: { 'must-match': sameRedirectUri },
        }),
        code_verifier: assumed(optional, {
          because: 'the page does not mention PKCE',
          as: 'pkce',
          otherwise: { ignored },
        }),
      },
      answer: {
        token_type: 'bearer',
        access_token: theAccessToken,
        refresh_token: theRefreshToken,
        account_id: assumed(theAccount, { because: 'the page prints a placeholder; the form is that of the app id' }),
        scope: theScopeByCommas,
      },
    },
    headers: standard({ 'cache-control': 'no-store', pragma: 'no-cache' }, 'RFC 6749 §5.1'),
    errors: assumed(finexerErrors, {
      because:
        'the page shows the two keys and one sentence, which others follow; 400 is what it gives for a revocation',
    }),
    errorRows: tokenErrorRows,
  },

  // Authorization: Bearer {ACCESS_TOKEN}
  api: {
    resources: [
      {
        at: assumed('GET https://api.finexer.com/customers', {
          because: 'the page shows the path cut off after /cus, in an example that retrieves customers',
        }),
        scope: assumed('customer_read', { because: 'the name says it; the pairing is ours' }),
        answer: observed(
          {
            data: [
              {
                id: usersValue('customer', joined('cus_', alphanumeric(20))),
                object: 'customer',
                name: theUserName,
                email: theUserEmail,
              },
            ],
            count: 1,
            paging: { total: 1, next: null, prev: null },
          },
          'integrations by API key; one customer, named like the account, stands in',
        ),
      },
    ],
    errors: assumed(nestedErrors, {
      because: 'the shape is seen for a 400 of the API; statuses and codes are those of RFC 6750',
      as: 'api-errors',
      otherwise: { flat: rfc6750Errors },
    }),
    unknown: assumed(noSuchPath, { because: 'a 404 is seen without its body; the shape is that of the API' }),
  },

  // The page returns a refresh token and uses it for revocation only.
  refresh: {
    offered: assumed(true, {
      because: `${software}, and a refresh token is issued`,
      as: 'refresh',
      otherwise: { unsupported: false },
    }),
    token: {
      value: assumed(joined('rt_', alphanumeric(40)), { because: opaque }),
      lifetime: assumed(never, { because: 'the page is silent' }),
      rotation: assumed('none', {
        because: 'the page is silent',
        as: 'rotation',
        otherwise: { 'single-use': 'singleUse' },
      }),
      renewedLifetime: assumed('whole', { because: 'it has no end' }),
      oldAccessToken: assumed('lives', {
        because: 'the page ends access by revocation only',
        as: 'old-access-token',
        otherwise: { dies: 'dies' },
      }),
    },
    parameters: {
      grant_type: assumed(exactly('refresh_token'), { because: software }),
      refresh_token: assumed(required, { because: software }),
    },
    answer: assumed(
      {
        token_type: 'bearer',
        access_token: theAccessToken,
        refresh_token: theRefreshToken,
        account_id: theAccount,
        scope: theScopeByCommas,
      },
      { because: 'the keys of the exchange' },
    ),
  },

  // Revoking a token: by the program, on the account holder's page, on the platform's page
  revoke: {
    at: assumed('POST https://finexer.com/oauth/revoke', {
      because: 'the page shows the path cut off after the first stroke of its last word, under "Revoking a token"',
    }),
    by: { parameter: 'refresh_token' },
    ends: 'family',
    answer: { status: 204 },
    errors: assumed(finexerRevokeErrors, {
      because:
        'the page gives the status 400 and a JSON object; which one is not said, and the token endpoint shows its keys',
    }),
  },
  connectedApps: {
    at: assumed('GET https://finexer.com/settings/authorized-apps', {
      because: 'the page names the page, not its URL',
    }),
    title: 'Authorized Apps',
  },
  connectedAccounts: {
    at: assumed('GET https://finexer.com/settings/managed-accounts', {
      because: 'the page names the page, not its URL',
    }),
    title: 'Managed Accounts',
    account: assumed(theAccount, { because: 'the page advises to keep it as a reference to the account' }),
  },
  webhooks,
  crossOrigin: assumed('refused', {
    because: 'the secret API key is no secret in a browser',
    as: 'cross-origin',
    otherwise: { allowed: 'allowed' },
  }),
})
