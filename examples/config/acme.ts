// #acme
import {
  // #end
  alphanumeric,
  assumed,
  days,
  defineProvider,
  documented,
  exactly,
  joined,
  leaf,
  minutes,
  observed,
  optional,
  required,
  rfc6749AuthorizeErrors,
  rfc6749Errors,
  rfc6750Errors,
  sameRedirectUri,
  secondsLeft,
  standard,
  type TokenErrors,
  theAccessToken,
  theCode,
  theRefreshToken,
  theState,
  theUserCompany,
  usersValue,
  // #acme
} from 'mock-oauth/define'

// #end

const acmeErrors: TokenErrors = {
  ...rfc6749Errors,
  words: 'the keys code, detail and help',
  body: ({ error, description }) => ({ code: error, detail: description, help: `https://acme.example/help/${error}` }),
}
const theMerchant = usersValue('merchant', joined('mer_', alphanumeric(12)))
const theScopes = leaf('the granted scopes as a list', ({ scope }) => scope.split(' '))
const answer = {
  access_token: theAccessToken,
  token_type: 'Bearer',
  expires_in: secondsLeft,
  refresh_token: theRefreshToken,
  merchant: theMerchant,
  scopes: theScopes,
}

// #acme
export const acme = defineProvider({
  id: 'acme',
  // #end
  name: 'Acme Pay',
  docs: 'https://acme.example/docs/connect',
  client: {
    id: joined('app_', alphanumeric(16)),
    secret: joined('sk_', alphanumeric(32)),
    registration: 'Create an app in the dashboard.',
    defaultScopes: ['accounts:read', 'payments:write'],
    publicClients: assumed(false, { because: 'every app has a secret' }),
    firstPartySkipsConsent: assumed(false, { because: 'the page knows no apps of its own' }),
  },
  scopes: { 'accounts:read': 'See your balance', 'payments:write': 'Send payments' },
  authorize: {
    at: 'GET https://connect.acme.example/authorize',
    parameters: {
      client_id: required,
      response_type: exactly('code'),
      redirect_uri: required,
      scope: required,
      state: observed(optional, "Acme's sample app leaves it out"),
    },
    withoutRedirectUri: 'refused',
    challengeMethods: standard(['S256'], 'RFC 7636 §4.2'),
    code: {
      value: assumed(alphanumeric(24), { because: 'the page shows none' }),
      lifetime: assumed(minutes(10), { because: 'RFC 6749 §4.1.2 recommends ten minutes at most' }),
      replay: assumed('refused', {
        because: 'the page says only that it works once',
        as: 'code-replay',
        otherwise: { 'family-revoked': 'familyRevoked' },
      }),
    },
    callback: { code: theCode, state: theState },
    errors: standard(rfc6749AuthorizeErrors, 'RFC 6749 §4.1.2.1'),
  },
  signIn: assumed(
    {
      at: 'GET https://connect.acme.example/login',
      carries: { returnTo: 'return_to' },
      fields: { email: 'email', password: 'password', token: 'csrf' },
      failure: 'Wrong e-mail address or password',
    },
    { because: 'the page shows no sign-in' },
  ),
  // #acme
  token: {
    at: 'POST https://api.acme.example/oauth/token',
    // #end
    body: ['form'],
    readsQuery: standard(false, 'RFC 6749 §2.3.1'),
    client: ['basic'],
    // #acme
    accessToken: { value: joined('at_', alphanumeric(40)), lifetime: minutes(30) },
    // #end
    exchange: {
      parameters: {
        grant_type: exactly('authorization_code'),
        code: required,
        redirect_uri: standard(sameRedirectUri, 'RFC 6749 §4.1.3'),
        code_verifier: standard(optional, 'RFC 7636 §4.5'),
      },
      answer,
    },
    headers: standard({ 'cache-control': 'no-store' }, 'RFC 6749 §5.1'),
    // #acme
    errors: assumed(acmeErrors, {
      because: 'one error is shown; the others are taken to look like it',
      as: 'errors',
      otherwise: { plain: rfc6749Errors },
    }),
    // #end
    // #acme
    // #end
  },
  refresh: {
    token: {
      value: joined('rt_', alphanumeric(40)),
      lifetime: days(90),
      rotation: 'singleUse',
      renewedLifetime: assumed('whole', { because: 'the page is silent' }),
      oldAccessToken: documented('lives', "Acme's changelog"),
    },
    parameters: { grant_type: exactly('refresh_token'), refresh_token: required },
    answer,
  },
  api: {
    resources: [
      {
        at: 'GET https://api.acme.example/v1/merchant',
        scope: 'accounts:read',
        answer: { id: theMerchant, name: theUserCompany, currency: 'EUR' },
      },
    ],
    errors: standard(rfc6750Errors, 'RFC 6750 §3.1'),
    unknown: assumed({ status: 404, body: { code: 'not_found' } }, { because: 'the page is silent' }),
  },
  crossOrigin: assumed('refused', { because: 'an app has a secret, which is none in a browser' }),
})
