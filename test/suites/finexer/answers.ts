import type { Answer } from '../../doors.ts'

const jsonType: [string, string] = ['content-type', 'application/json; charset=utf-8']

/** A whole JSON answer of the OAuth endpoints. */
export const oauth = (status: number, body: unknown): Answer => ({
  status,
  headers: [jsonType, ['cache-control', 'no-store'], ['pragma', 'no-cache']],
  body: JSON.stringify(body),
})

/** A whole refusal of the OAuth endpoints. */
export const oauthError = (error: string, error_description: string, status = 400): Answer =>
  oauth(status, { error, error_description })

export const codeNotFound = (code: string) =>
  oauthError('invalid_grant', `The authorization code was not found in the system: ${code}`)
export const codeUsed = (code: string) =>
  oauthError('invalid_grant', `The authorization code has already been used: ${code}`)
export const codeExpired = (code: string) => oauthError('invalid_grant', `The authorization code has expired: ${code}`)
export const refreshTokenNotFound = (token: string) =>
  oauthError('invalid_grant', `The refresh token was not found in the system: ${token}`)

/** The browser sent elsewhere. */
export const redirect = (location: string): Answer => ({
  status: 302,
  headers: [
    ['location', location],
    ['cache-control', 'no-store'],
  ],
  body: '',
})

/** A whole refusal of the API, in its own shape. */
export const apiError = (
  status: number,
  error: { type: string; code: string; message: string },
  challenge?: string,
) => ({
  status,
  headers: [jsonType, ...(challenge === undefined ? [] : [['www-authenticate', challenge]])],
  body: JSON.stringify({ error }),
})

export const deadToken = apiError(
  401,
  { type: 'authentication_error', code: 'invalid_token', message: 'The access token is not valid.' },
  'Bearer error="invalid_token"',
)

/** The answer to a revocation that was done. */
export const revoked: Answer = { status: 204, headers: [], body: '' }
