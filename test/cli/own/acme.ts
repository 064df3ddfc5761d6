import {
  alphanumeric,
  assumed,
  defineProvider,
  exactly,
  hours,
  messageBearerErrors,
  messageErrors,
  optional,
  required,
  rfc6749AuthorizeErrors,
  rfc6749Errors,
  secondsLeft,
  theAccessToken,
  theCode,
  theState,
  theUserId,
} from 'mock-oauth/define'
import { codeLife } from './life.ts'

/** A provider of a user's own, in a file of its own that imports another. */
export const acme = defineProvider({
  id: 'acme',
  name: 'Acme Bank',
  docs: 'https://acme.example/docs',
  client: {
    id: alphanumeric(12),
    secret: alphanumeric(24),
    registration: 'By mail.',
    defaultScopes: ['read'],
    publicClients: false,
    firstPartySkipsConsent: false,
  },
  scopes: { read: 'Read accounts' },
  authorize: {
    at: 'GET https://acme.example/authorize',
    parameters: { client_id: required, response_type: exactly('code'), scope: optional, state: optional },
    withoutRedirectUri: 'theRegisteredOne',
    challengeMethods: ['S256'],
    code: { value: alphanumeric(20), lifetime: codeLife, replay: 'refused' },
    callback: { code: theCode, state: theState },
    errors: rfc6749AuthorizeErrors,
  },
  signIn: {
    at: 'GET https://acme.example/login',
    carries: { returnTo: 'back' },
    fields: { email: 'email', password: 'password', token: 'form' },
    failure: 'No.',
  },
  token: {
    at: 'POST https://acme.example/token',
    body: ['form'],
    readsQuery: false,
    client: ['body'],
    accessToken: { value: alphanumeric(20), lifetime: hours(1) },
    exchange: {
      parameters: { grant_type: exactly('authorization_code'), code: required },
      answer: { access_token: theAccessToken, token_type: 'bearer', expires_in: secondsLeft },
    },
    headers: {},
    errors: assumed(rfc6749Errors, { because: 'nobody says', as: 'errors', otherwise: { message: messageErrors } }),
  },
  api: {
    resources: [{ at: 'GET https://api.acme.example/me', answer: { id: theUserId } }],
    errors: messageBearerErrors,
    unknown: { status: 404, body: {} },
  },
  crossOrigin: 'refused',
})
