import {
  alphanumeric,
  assumed,
  days,
  defineProvider,
  documented,
  exactly,
  hours,
  ignored,
  kongAuthorizeErrors,
  kongAuthorizeSentences,
  kongBearerErrors,
  kongErrors,
  leftOut,
  messageBearerErrors,
  messageErrors,
  minutes,
  observed,
  optional,
  required,
  rfc6749AuthorizeTrouble,
  rfc6749Errors,
  sameScope,
  secondsLeft,
  standard,
  theAccessToken,
  theCode,
  theRefreshToken,
  theState,
  theUserCompany,
  theUserEmail,
  theUserId,
  theUserName,
} from '../define.ts'

/** One choice for all that is presumed of the software behind Mekari's token endpoint. */
const presumed = 'the page shows no error body; the wire looks like the Kong gateway, which official repositories name'

/** Mekari's OAuth2 page, section by section. A bare value is stated by the page. */
export const mekari = defineProvider({
  id: 'mekari',
  name: 'Mekari',
  docs: 'https://developers.mekari.com/docs/kb/authentication/oauth2',

  // OAuth2 Credentials: the customer support makes them and selects the application's scopes.
  client: {
    id: observed(alphanumeric(16), 'partner samples'),
    secret: observed(alphanumeric(32), 'partner samples'),
    registration: 'Ask the customer support: they make client id and secret and select the scopes of the application.',
    defaultScopes: assumed(['esign', 'sso:profile'], { because: 'the page names no scope; these two are seen most' }),
    publicClients: observed(true, 'the Talenta mobile client: no secret, a code verifier instead'),
    firstPartySkipsConsent: observed(true, 'sign-in scrapers of the own products see no consent page'),
  },
  scopes: {
    esign: observed('Documents and signatures in Mekari Sign', 'Mekari Sign documentation and SDK samples; our words'),
    'sso:profile': observed('Your name, e-mail address and company', 'the official Ruby gem; our words'),
    'qontak-chat:all': observed('Everything in Qontak Chat', "Qontak's official JavaScript client; our words"),
    'qontak-crm:all': observed('Everything in Qontak CRM', "Qontak's official JavaScript client; our words"),
  },

  // User Authorization
  authorize: {
    at: 'GET https://account.mekari.com/auth',
    alsoAt: observed(['GET https://account.mekari.com/auth/'], 'older sign-in links decode to this spelling'),
    parameters: {
      client_id: required,
      response_type: exactly('code'),
      scope: required,
      redirect_uri: assumed(optional, {
        because: 'not on the page and not sent by careful clients; Kong checks one that is sent',
      }),
      state: observed(optional, 'two public integrations send it and one refuses a callback without it'),
      lang: observed(optional, 'Mekari Sign documentation and two integrations send lang=id'),
      code_challenge: observed(optional, 'the Talenta mobile client sends the verifier'),
      code_challenge_method: standard(optional, 'RFC 7636 §4.3'),
    },
    language: observed({ parameter: 'lang', languages: ['en', 'id'] }, 'Mekari Sign documentation; en is our guess'),
    // The user returns to the URL given at registration.
    withoutRedirectUri: 'theRegisteredOne',
    challengeMethods: assumed(['S256'], { because: 'Kong takes S256 only' }),
    code: {
      value: assumed(alphanumeric(32), { because: 'the page prints x; Kong makes 32 letters and digits' }),
      lifetime: assumed(minutes(5), { because: 'the page is silent; Kong gives 300 seconds' }),
      replay: assumed('refused', {
        because: 'the page is silent; Kong refuses a used code and does nothing else',
        as: 'code-replay',
        otherwise: { 'family-revoked': 'familyRevoked' },
      }),
    },
    callback: {
      // Generating Access Token: https://example.com/foo?code=x
      code: theCode,
      state: observed(theState, 'one public integration refuses a callback without it'),
      locale: assumed(leftOut, {
        because: 'one integration reads it and can do without',
        as: 'locale',
        otherwise: { id: 'id' },
      }),
    },
    errors: assumed(kongAuthorizeSentences, {
      because: 'the page shows no error; RFC 6749 §4.1.2.1 decides where to, the sentences are those of Kong',
      as: 'errors',
      otherwise: { kong: kongAuthorizeErrors },
    }),
    errorRows: { trouble: standard(rfc6749AuthorizeTrouble, 'RFC 6749 §4.1.2.1') },
  },

  // Generating Access Token
  token: {
    at: 'POST https://account.mekari.com/auth/oauth2/token',
    body: ['json', observed('form', 'the official PHP SDK and Ruby gem')],
    readsQuery: assumed(false, {
      because: 'RFC 6749 §2.3.1 keeps credentials out of the URL',
      as: 'errors',
      otherwise: { kong: true },
    }),
    client: ['body', assumed('basic', { because: 'Kong reads the header when the body lacks the pair' })],
    accessToken: {
      value: assumed(alphanumeric(32), { because: 'the page prints abc; Kong makes 32 letters and digits' }),
      lifetime: hours(1),
    },
    exchange: {
      parameters: {
        grant_type: exactly('authorization_code'),
        code: required,
        scope: documented(sameScope, 'the page, table under Generating Access Token', {
          as: 'scope',
          otherwise: { ignored },
        }),
        redirect_uri: assumed(optional, { because: 'not on the page; Kong checks one that is sent' }),
        code_verifier: observed(optional, 'the Talenta mobile client'),
      },
      answer: {
        access_token: theAccessToken,
        token_type: 'bearer',
        expires_in: secondsLeft,
        refresh_token: theRefreshToken,
      },
    },
    headers: standard({ 'cache-control': 'no-store', pragma: 'no-cache' }, 'RFC 6749 §5.1'),
    errors: assumed(rfc6749Errors, {
      because: presumed,
      as: 'errors',
      otherwise: { kong: kongErrors, message: messageErrors },
    }),
  },

  // Authorization Header: Authorization: Bearer {ACCESS_TOKEN}; an expired token gets 401 Unauthorized.
  api: {
    resources: [
      {
        at: assumed('GET https://api.mekari.com/v1/me', {
          because: 'the page prints a placeholder; no documented resource takes every token, so this one stands in',
        }),
        answer: assumed(
          { id: theUserId, full_name: theUserName, email: theUserEmail, company: { name: theUserCompany } },
          { because: 'a stand-in' },
        ),
      },
      {
        at: observed('GET https://api.mekari.com/v2/esign/v1/profile', 'Mekari Sign integrations'),
        scope: assumed('esign', { because: 'the scope decides which endpoints a token opens; the pairing is ours' }),
        answer: observed(
          {
            data: {
              id: theUserId,
              type: 'profile',
              attributes: { id: theUserId, full_name: theUserName, email: theUserEmail },
            },
          },
          'Mekari Sign integrations; balance and subscription are left out, since the mock knows neither',
        ),
      },
    ],
    errors: assumed(
      {
        ...kongBearerErrors,
        words: 'RFC 6750 §3.1 in the words of Kong; the gateway code MAG-008 for a missing scope',
        rows: {
          ...kongBearerErrors.rows,
          scope_insufficient: {
            ...kongBearerErrors.rows.scope_insufficient,
            body: { code: 'MAG-008', message: 'Current scope is not allowed for accessing end point.' },
          },
        },
      },
      {
        because: 'the page gives the status 401 only; the gateway documents MAG-008 without a status',
        as: 'errors',
        otherwise: { kong: kongBearerErrors, message: messageBearerErrors },
      },
    ),
    unknown: observed(
      { status: 404, body: { code: 'MAG-006', message: 'Data Service Scope (end point) is not found.' } },
      'a captured 404 with the code MAG-006; the text is in the gateway documentation',
    ),
  },

  // Refresh Token
  refresh: {
    token: {
      value: assumed(alphanumeric(32), { because: 'the page prints xyz; Kong makes 32 letters and digits' }),
      lifetime: days(30),
      rotation: documented('singleUse', 'the page, end of Refresh Token', {
        as: 'reuse',
        otherwise: { 'family-revoked': 'singleUse+familyRevoked' },
      }),
      renewedLifetime: assumed('whole', {
        because: 'the page is silent; Kong stores a new row with its full life',
        as: 'refresh-lifetime',
        otherwise: { remaining: 'remaining' },
      }),
      oldAccessToken: assumed('lives', {
        because: 'the page promises it an hour and takes nothing back; Kong would delete it',
        as: 'old-access-token',
        otherwise: { dies: 'dies' },
      }),
    },
    parameters: {
      grant_type: exactly('refresh_token'),
      refresh_token: required,
      scope: documented(sameScope, 'the page, table under Refresh Token', { as: 'scope', otherwise: { ignored } }),
      code_verifier: observed(ignored, 'the Talenta mobile client sends it on refresh as well'),
    },
    answer: {
      access_token: theAccessToken,
      token_type: 'bearer',
      expires_in: secondsLeft,
      refresh_token: theRefreshToken,
    },
  },

  // Beyond the page. Only for clients that are flagged for it: the default client is not.
  clientCredentials: observed(
    {
      parameters: {
        grant_type: exactly('client_credentials'),
        scope: assumed(optional, {
          because: 'the gem sends it; Kong insists on it',
          as: 'errors',
          otherwise: { kong: required },
        }),
      },
      answer: assumed(
        { access_token: theAccessToken, token_type: 'bearer', expires_in: secondsLeft },
        { because: 'Kong gives no refresh token here' },
      ),
    },
    'the official Ruby gem',
  ),
  signIn: observed(
    {
      at: 'GET https://account.mekari.com/users/sign_in',
      carries: { clientId: 'client_id', returnTo: 'return_to' },
      fields: { email: 'user[email]', password: 'user[password]', token: 'authenticity_token' },
      failure: 'Invalid email or password',
    },
    'sign-in scrapers of Talenta',
  ),
  revoke: observed(
    {
      at: 'DELETE https://account.mekari.com/auth/oauth2/token',
      by: 'bearer',
      ends: assumed('family', {
        because: 'nobody says what ends; a revoked connection should not be renewable',
        as: 'revocation',
        otherwise: { 'access-token-only': 'accessToken' },
      }),
      answer: assumed(
        { status: 204 },
        {
          because: 'nobody shows the answer',
          as: 'revoke-answer',
          otherwise: { 'empty-object': { status: 200, body: {} } },
        },
      ),
    },
    'the official Ruby gem',
  ),
  crossOrigin: assumed('refused', {
    because: 'clients are confidential; nothing suggests that scripts may call',
    as: 'cross-origin',
    otherwise: { allowed: 'allowed' },
  }),
  environments: {
    sandbox: observed(
      {
        origins: {
          'https://account.mekari.com': 'https://sandbox-account.mekari.com',
          'https://api.mekari.com': 'https://sandbox-api.mekari.com',
        },
        tokenAlsoAt: observed(
          ['POST https://sandbox-sso.mekari.com/oauth2/token', 'POST https://sandbox-api.mekari.com/oauth2/token'],
          'one integration each; the official PHP SDK uses sandbox-account',
        ),
      },
      'the official PHP SDK, whose default is the sandbox',
    ),
  },
})
