import type { Refusal } from '../vocabulary/refusal.ts'

/** The largest request body, in bytes. */
export const largestBody = 1_000_000

/** The longest authorization request, in characters of a query: one that came in a body is kept, or goes on in a URL. */
const longestRequest = 16_384

/** An authorization request, or one to sign out, is no longer than a URL can be. */
export const fitsUrl = (query: string): Refusal<'body_too_large'> | undefined =>
  query.length > longestRequest ? { kind: 'body_too_large', expected: 'at most 16 KB' } : undefined

/** Whether a body is over 1 MB as UTF-8. */
export const isTooLarge = (body: string): boolean =>
  body.length > largestBody || (body.length * 3 > largestBody && new TextEncoder().encode(body).length > largestBody)
