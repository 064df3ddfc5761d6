import type { Answer } from '../../doors.ts'
import { callback, state } from './client.ts'

type Headers = Answer['headers']

export const IR =
  'The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed.'
export const IC =
  'Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method).'
export const IG =
  'The provided authorization grant (e.g., authorization code, resource owner credentials) or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.'
export const usual =
  'Make sure that the various parameters are correct, be aware of case sensitivity and trim your parameters. Make sure that the client you are using has exactly whitelisted the redirect_uri you specified.'

const ofTokens: Headers = [
  ['content-type', 'application/json;charset=UTF-8'],
  ['cache-control', 'no-store'],
  ['pragma', 'no-cache'],
]

/** A whole success of the token endpoint. */
export const tokenAnswer = (body: unknown): Answer => ({ status: 200, headers: ofTokens, body: JSON.stringify(body) })

/** A whole refusal of the token endpoint. */
export const tokenError = (status: number, error: string, error_description: string, more: Headers = []): Answer => ({
  status,
  headers: [...ofTokens, ...more],
  body: JSON.stringify({ error, error_description }),
})

const sorted = (parameters: Record<string, string>) => new URLSearchParams(Object.entries(parameters).sort())

/** The browser sent back to the client. */
export const returned = (parameters: Record<string, string>, to = callback): Answer => ({
  status: 303,
  headers: [
    ['location', `${to}?${sorted(parameters)}`],
    ['cache-control', 'no-store'],
    ['pragma', 'no-cache'],
  ],
  body: '',
})

/** An error told to the client, with its state. */
export const told = (error: string, error_description: string, sent = state, to = callback): Answer =>
  returned({ error, error_description, state: sent }, to)

/** The browser sent to the error page, which knows nothing of the client. */
export const shown = (error: string, error_description: string): Answer => ({
  status: 302,
  headers: [
    [
      'location',
      `https://oauth2.mercury.com/oauth2/fallbacks/error?${new URLSearchParams({ error, error_description })}`,
    ],
    ['cache-control', 'no-store'],
  ],
  body: '',
})

/** A whole answer of the API. */
export const apiAnswer = (status: number, body: unknown): Answer => ({
  status,
  headers: [['content-type', 'application/json; charset=utf-8']],
  body: JSON.stringify(body),
})

/** A refusal of the API, in the bank's own envelope. */
export const apiError = (status: number, errorCode: string, message: string): Answer =>
  apiAnswer(status, { errors: { errorCode, message } })

export const notFound = apiError(401, 'noTokenInDB', 'No matching token found')
