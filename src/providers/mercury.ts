import {
  assumed,
  base64url,
  charactersOf,
  defineProvider,
  documented,
  exactly,
  hours,
  hydraAuthorizeErrors,
  hydraErrors,
  hydraRevokeErrors,
  hydraTrouble,
  ignored,
  joined,
  minutes,
  observed,
  optional,
  ownUuid,
  required,
  requiredAtLeast,
  rfc6749AuthorizeTrouble,
  sameRedirectUri,
  scopeWithinGranted,
  secondsLeft,
  secondsLeftLessOne,
  standard,
  theAccessToken,
  theCode,
  theIdToken,
  theRefreshToken,
  theScope,
  theState,
  theUserCompany,
  uuid,
} from '../define.ts'
import { access } from './mercury/access.ts'
import { mercuryApiErrors, mercuryApiErrorsOfKeys, notFound } from './mercury/api-errors.ts'
import { ownAnswers, plainAuthorizeErrors } from './mercury/authorize-errors.ts'
import { openid } from './mercury/openid.ts'

const start = 'Start OAuth2 web flow, the operation in the API reference'
const obtain = 'Obtain an access token, the operation in the API reference'
const guide = 'Obtain the tokens, the guide'
const sandbox = 'Using the Mercury Sandbox, the guide'
const commandLine = 'the official command line'
const presumed = 'the wire looks like Ory Hydra, whose answer this is'

/** Hydra's own form of a code or token: a prefix and two base64url parts. */
const opaque = (prefix: string) => joined(prefix, base64url(43), '.', base64url(43))

const tokens = {
  access_token: theAccessToken,
  expires_in: assumed(secondsLeftLessOne, {
    because: 'documented as an hour; Hydra rounds the moment of expiry, and often shows a second less',
    as: 'expires-in',
    otherwise: { whole: secondsLeft },
  }),
  id_token: assumed(theIdToken, { because: 'not documented for partners; Hydra gives one where openid is granted' }),
  refresh_token: theRefreshToken,
  scope: theScope,
  token_type: assumed('bearer', {
    because: 'documented as Bearer in any case; Hydra writes it small',
    as: 'token-type',
    otherwise: { capital: 'Bearer' },
  }),
}

/** Mercury's page on integrations with OAuth2, section by section, with the pages and operations that it leads to. */
export const mercury = defineProvider({
  id: 'mercury',
  name: 'Mercury',
  docs: 'https://docs.mercury.com/docs/integrations-with-oauth2',

  // Requesting Access: a form, a review, then the technical set-up.
  client: {
    id: observed(uuid, `${commandLine}: both its ids are UUIDs`),
    secret: assumed(charactersOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.~', 26), {
      because: 'nobody shows one; Hydra makes 26 unreserved characters',
    }),
    registration:
      'Apply for access; once approved, send redirect URIs, links to terms, privacy policy and logo, and a GPG key.',
    defaultScopes: observed(['read', 'offline_access'], 'most public integrations ask for these two'),
    publicClients: observed(true, `${commandLine} has no secret and uses PKCE`),
    firstPartySkipsConsent: assumed(false, { because: 'nobody says that an application sees no consent page' }),
  },
  access,
  scopes: {
    read: documented('See accounts and transactions', `${guide}; our words`),
    offline_access: documented('Stay connected while you are away', `${guide}; our words`),
    write: observed('Move money and change settings', `${commandLine}; our words`),
    openid: observed('Know who you are', `${commandLine}; our words`),
    'webhooks:create': observed('Set up webhooks', 'the official n8n node; our words'),
    'webhooks:edit': observed('Change webhooks', 'the official n8n node; our words'),
  },

  // OAuth2 Authorization Flow, steps 1 and 2
  authorize: {
    at: documented('GET https://oauth2.mercury.com/oauth2/auth', start),
    parameters: {
      client_id: documented(required, start),
      redirect_uri: assumed(optional, {
        because: 'listed as required; Hydra does without it where a single one is registered',
      }),
      response_type: documented(exactly('code'), start),
      scope: documented(required, `${start}, copy of April 2026`, {
        as: 'authorize-scope',
        otherwise: { optional },
      }),
      state: documented(requiredAtLeast(8), `${start}: eight characters at least; that it must come is Hydra's rule`),
      code_challenge: documented(optional, start),
      code_challenge_method: documented(optional, start),
      prompt: assumed(optional, { because: presumed }),
      nonce: assumed(optional, { because: presumed }),
    },
    withoutRedirectUri: assumed('theOnlyOne', { because: 'Hydra takes the registered one when there is one only' }),
    loopbackPorts: observed('any', `${commandLine} listens on a random port`),
    insecureRedirectUris: assumed('refused', { because: 'Hydra takes http for loopback hosts only' }),
    roles: observed(
      { admin: 'allowed', 'custom user': 'allowed', employee: 'refused' },
      `${commandLine} tells employees to ask an admin for another role`,
    ),
    challengeMethods: documented(['S256'], start),
    code: {
      value: assumed(opaque('ory_ac_'), { because: 'nobody shows one; this is the form that Hydra gives them' }),
      lifetime: assumed(minutes(10), { because: 'nobody says; Hydra gives ten minutes' }),
      replay: assumed('familyRevoked', { because: 'Hydra ends the grant of a code that comes a second time' }),
      failedVerifier: assumed('challengeLost', {
        because: 'Hydra deletes the challenge before it looks at the verifier',
      }),
    },
    redirectStatus: assumed(303, { because: 'Hydra sends the browser back with See Other' }),
    redirectHeaders: assumed({ pragma: 'no-cache' }, { because: presumed }),
    errorPage: assumed('GET https://oauth2.mercury.com/oauth2/fallbacks/error', {
      because: "nobody shows the real page; this is Hydra's own",
    }),
    // In alphabetical order, with the scope.
    callback: {
      code: documented(theCode, guide),
      scope: assumed(theScope, { because: presumed }),
      state: documented(theState, guide),
    },
    errors: assumed(hydraAuthorizeErrors, {
      because: 'the sentences and their places are those of Hydra; the operation lists a plain 400',
      as: 'authorize-errors',
      otherwise: { 'plain-400': plainAuthorizeErrors },
    }),
    errorRows: {
      trouble: standard(rfc6749AuthorizeTrouble, 'RFC 6749 §4.1.2.1'),
      ownAnswers: observed(ownAnswers, `${commandLine} and its tests`),
    },
  },

  // Step 3
  token: {
    at: documented('POST https://oauth2.mercury.com/oauth2/token', obtain),
    body: [documented('form', obtain)],
    readsQuery: assumed(false, { because: presumed }),
    client: [
      documented('basic', obtain),
      observed('idInBody', `${commandLine}, which has no secret; others must use the header`),
    ],
    otherClientAuthentication: assumed('refused', { because: 'Hydra refuses another method than the registered one' }),
    accessToken: {
      value: assumed(opaque('ory_at_'), { because: 'nobody shows one; this is the form that Hydra gives them' }),
      lifetime: documented(hours(1), guide),
    },
    exchange: {
      parameters: {
        grant_type: documented(exactly('authorization_code'), obtain),
        code: documented(required, obtain),
        redirect_uri: documented(sameRedirectUri, obtain),
        code_verifier: documented(optional, obtain),
      },
      answer: documented(tokens, `${obtain}; the order is Hydra's`),
    },
    headers: assumed(
      { 'content-type': 'application/json;charset=UTF-8', 'cache-control': 'no-store', pragma: 'no-cache' },
      { because: presumed },
    ),
    errors: assumed(hydraErrors, { because: `the operation only says that there is a 400; ${presumed}` }),
    errorRows: { trouble: assumed(hydraTrouble, { because: presumed }) },
  },

  refresh: {
    token: {
      value: assumed(opaque('ory_rt_'), { because: 'nobody shows one; this is the form that Hydra gives them' }),
      lifetime: documented(hours(720), guide),
      rotation: assumed('singleUse+familyRevoked', {
        because:
          'documented as single use; what a second use does is not said, and Hydra ends the grant, unless it is set to give some time of grace',
        as: 'reuse',
        otherwise: { refused: 'singleUse', grace: 'grace:30' },
      }),
      renewedLifetime: assumed('whole', { because: 'not said; Hydra gives each new one its full life' }),
      oldAccessToken: assumed('dies', {
        because: 'not said; Hydra without a grace period ends the old access tokens of the grant',
        as: 'old-access-token',
        otherwise: { lives: 'lives' },
      }),
      onlyWithScope: documented('offline_access', guide),
    },
    parameters: {
      grant_type: documented(exactly('refresh_token'), obtain),
      refresh_token: documented(required, obtain),
      scope: documented(scopeWithinGranted, `${obtain}; ${commandLine}, a public client, leaves it out`, {
        as: 'refresh-scope',
        otherwise: { ignored },
      }),
    },
    answer: documented(tokens, `${obtain}; the order is Hydra's`),
  },

  // Step 4
  api: {
    resources: [
      {
        at: documented('GET https://api.mercury.com/api/v1/accounts', sandbox),
        scope: documented('read', guide),
        answer: assumed(
          {
            accounts: [
              {
                id: ownUuid('account', ''),
                name: 'Mercury Checking',
                kind: 'checking',
                status: 'active',
                legalBusinessName: theUserCompany,
                availableBalance: 0,
                currentBalance: 0,
              },
            ],
            page: {},
          },
          { because: 'accounts and page are seen in integrations; the rest is a stand-in' },
        ),
      },
      {
        at: observed('GET https://api.mercury.com/api/v1/organization', 'an integration names the connection by it'),
        scope: assumed('read', { because: 'nobody says; nothing is written' }),
        answer: observed(
          { organization: { id: ownUuid('organization', ''), legalBusinessName: theUserCompany } },
          'an integration reads these two',
        ),
      },
    ],
    tokenAsUser: documented(true, 'Using the access token, the guide'),
    errors: assumed(mercuryApiErrors, {
      because: 'observed for API keys; nobody shows the answer for a dead OAuth token',
      as: 'api-errors',
      otherwise: { 'as-malformed-key': mercuryApiErrorsOfKeys },
    }),
    unknown: assumed(notFound, { because: 'probes of others name the code; the sentence is ours' }),
  },

  // Beyond the page. The official command line asks for openid; what follows from that is Hydra's.
  openid: assumed(openid, { because: `${commandLine} asks for openid; ${presumed}` }),
  signIn: assumed(
    {
      at: 'GET https://oauth2.mercury.com/oauth2/fallbacks/login',
      carries: { returnTo: 'login_challenge' },
      fields: { email: 'email', password: 'password', token: 'csrf_token' },
      failure: 'Email or password is incorrect',
    },
    { because: "the real page and its host are not known; this is Hydra's own, with its parameter" },
  ),
  revoke: observed(
    {
      at: 'POST https://oauth2.mercury.com/oauth2/revoke',
      by: { parameter: 'token' },
      ends: assumed('family', {
        because: `${commandLine} says that a refresh token takes its access tokens along; Hydra ends all either way`,
      }),
      deadToken: 'answered',
      answer: { status: 200 },
      errors: assumed(hydraRevokeErrors, { because: presumed }),
    },
    `${commandLine}; RFC 7009 §2.2`,
  ),
  crossOrigin: assumed('refused', { because: 'nothing suggests that scripts of other origins may call' }),
  environments: {
    sandbox: documented(
      {
        origins: {
          'https://oauth2.mercury.com': 'https://oauth2-sandbox.mercury.com',
          'https://api.mercury.com': 'https://api-sandbox.mercury.com',
        },
      },
      sandbox,
    ),
  },
})
