import type { Answer } from '../../doors.ts'

type Headers = Answer['headers']

const uncached: Headers = [
  ['cache-control', 'no-store'],
  ['pragma', 'no-cache'],
]

/** A whole JSON answer. */
export const json = (status: number, body: unknown, headers: Headers = []): Answer => ({
  status,
  headers: [['content-type', 'application/json; charset=utf-8'], ...headers],
  body: JSON.stringify(body),
})

/** A whole refusal of the token endpoint. */
export const tokenError = (status: number, error: string, error_description: string, headers: Headers = []): Answer =>
  json(status, { error, error_description }, [...uncached, ...headers])

/** A whole success of the token endpoint. */
export const tokenAnswer = (body: unknown): Answer => json(200, body, uncached)

/** The browser sent elsewhere. */
export const redirect = (location: string): Answer => ({
  status: 302,
  headers: [
    ['location', location],
    ['cache-control', 'no-store'],
  ],
  body: '',
})

/** A whole refusal of the API. */
export const apiError = (status: number, body: unknown, challenge: string): Answer =>
  json(status, body, [['www-authenticate', challenge]])

export const noToken = apiError(
  401,
  { error: 'invalid_request', error_description: 'The access token is missing' },
  'Bearer',
)
export const deadToken = apiError(
  401,
  { error: 'invalid_token', error_description: 'The access token is invalid or has expired' },
  'Bearer error="invalid_token", error_description="The access token is invalid or has expired"',
)
