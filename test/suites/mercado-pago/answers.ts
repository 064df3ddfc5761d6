import { expect } from 'vitest'
import type { Answer } from '../../doors.ts'

/** The headers of every answer of the token endpoint; the id of the request is any UUID. */
export const transport: [string, unknown][] = [
  ['content-type', 'application/json;charset=UTF-8'],
  ['vary', 'Accept,Accept-Encoding, User-Agent'],
  ['cache-control', 'max-age=0'],
  ['x-request-id', expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)],
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
  ['x-xss-protection', '1; mode=block'],
  ['strict-transport-security', 'max-age=15724800'],
  ['access-control-allow-origin', '*'],
  ['access-control-allow-headers', 'Content-Type'],
  ['access-control-allow-methods', 'PUT, GET, POST, DELETE, OPTIONS'],
  ['access-control-max-age', '86400'],
]

/** A whole refusal of the token endpoint. */
export const tokenError = (error: string, message: string, status = 400) => ({
  status,
  headers: transport,
  body: JSON.stringify({ message, error, status, cause: [] }),
})

export const deadGrant = tokenError(
  'invalid_grant',
  'Error validating grant. Your authorization code or refresh token may be expired or it was already used',
)
export const badClient = tokenError('invalid_client', 'invalid client_id or client_secret')

/** A whole refusal of the API. */
export const apiError = (status: number, body: unknown): Answer => ({
  status,
  headers: [['content-type', 'application/json; charset=utf-8']],
  body: JSON.stringify(body),
})

/** The browser sent elsewhere. */
export const redirect = (location: string): Answer => ({
  status: 302,
  headers: [
    ['location', location],
    ['cache-control', 'no-store'],
  ],
  body: '',
})
