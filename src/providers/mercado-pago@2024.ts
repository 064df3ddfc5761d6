import {
  alphanumeric,
  assumed,
  defineProvider,
  documented,
  exactly,
  hours,
  joined,
  liveOrTest,
  observed,
  ofTheClient,
  ofTheUser,
  optional,
  ownUuid,
  secondsLeft,
  theAccessToken,
  theAccountNumber,
  theLiveMode,
  theRefreshToken,
  theScopeInOrder,
} from '../define.ts'
import { offIsUnauthorized, offIsUnsupported } from './mercado-pago/errors.ts'
import { countryHosts, sisterHosts } from './mercado-pago/hosts.ts'
import { webhooks2024 } from './mercado-pago/webhooks.ts'
import { dateAndHash, mercadoPago } from './mercado-pago.ts'

const theReference = 'the API reference since 2022'

const bearer = documented('Bearer', "the PHP library's samples of 2023", {
  as: 'token-type',
  otherwise: { 'lower-case': 'bearer' },
})

/** One answer for a code and for a refresh token. */
const credentials = documented(
  {
    access_token: theAccessToken,
    token_type: bearer,
    expires_in: secondsLeft,
    scope: theScopeInOrder,
    user_id: theAccountNumber,
    refresh_token: theRefreshToken,
    public_key: assumed(ownUuid('public key', 'APP_USR-', 'TEST-'), {
      because: 'the token types are named; nobody shows a test answer',
      as: 'test-token',
      otherwise: { 'live-prefix': ownUuid('public key', 'APP_USR-') },
    }),
    live_mode: theLiveMode,
  },
  theReference,
)

const signed = joined(ofTheClient, '-', dateAndHash, '-', ofTheUser)

/** Mercado Pago as its documentation reads since June 2024. What is not said here is as in 2021. */
export const mercadoPago2024 = defineProvider({
  ...mercadoPago,
  id: 'mercado-pago@2024',

  client: {
    ...mercadoPago.client,
    secret: assumed(alphanumeric(32), { because: 'the panel shows a secret of its own; its form is not documented' }),
    secretIsAccessToken: documented(false, 'the page on application details: the client secret is one of its own'),
    registration: documented(
      'Create the application in the panel, edit it and set its Redirect URL, scopes, flows and PKCE; the application id and the client secret are among the production credentials.',
      'the page on application details',
    ),
    pkceSwitch: documented(true, 'the page on application details'),
    defaultGrantTypes: documented(
      ['authorization_code', 'refresh_token', 'client_credentials'],
      'the page on application details: both flows are on',
    ),
  },
  authorize: {
    ...mercadoPago.authorize,
    at: documented(
      'GET https://auth.mercadopago.com/authorization',
      'the page on creation, and the official libraries',
    ),
    alsoAt: documented(
      ['GET https://auth.mercadopago.com.ar/authorization', ...countryHosts, ...sisterHosts],
      'the page on split payments, the official libraries, and the sister company Mercado Libre',
    ),
  },
  token: {
    ...mercadoPago.token,
    body: [documented('json', theReference), documented('form', 'the page on split payments')],
    client: documented(['body'], `${theReference}; nobody has seen the Authorization header read`, {
      as: 'basic',
      otherwise: { accepted: ['body', 'basic'] },
    }),
    testMode: documented({ parameter: 'test_token' }, 'the page on creation'),
    accessToken: {
      ...mercadoPago.token.accessToken,
      value: assumed(joined(liveOrTest('APP_USR-', 'TEST-'), signed), {
        because: 'the token types are named; nobody shows a test token of this kind',
        as: 'test-token',
        otherwise: { 'live-prefix': joined('APP_USR-', signed) },
      }),
    },
    exchange: {
      parameters: {
        ...mercadoPago.token.exchange.parameters,
        test_token: documented(optional, 'the page on creation'),
      },
      answer: credentials,
    },
    errorRows: {
      ...mercadoPago.token.errorRows,
      flows: assumed(offIsUnauthorized, {
        because: 'each flow has a switch; RFC 6749 §5.2 has this code for it',
        as: 'flow-off',
        otherwise: { unsupported: offIsUnsupported },
      }),
    },
  },
  refresh: { ...mercadoPago.refresh, answer: credentials },
  clientCredentials: documented(
    {
      parameters: { grant_type: exactly('client_credentials') },
      answer: observed(
        {
          access_token: theAccessToken,
          live_mode: theLiveMode,
          user_id: theAccountNumber,
          token_type: bearer,
          expires_in: secondsLeft,
          scope: theScopeInOrder,
        },
        'an issue of 2018 at a public library; a year before the answer had a refresh token',
      ),
      lifetime: hours(6),
    },
    'the news of June 2024',
  ),
  webhooks: webhooks2024,
})
