import type { Json } from '../vocabulary/json.ts'
import type { HttpResponse } from '../vocabulary/wire.ts'

type Headers = HttpResponse['headers']

const jsonType = ['content-type', 'application/json; charset=utf-8'] as const

/** A JSON answer; a Content-Type among the headers stands in for the usual one. */
export const json = (status: number, body: Json, headers: Headers = []): HttpResponse => ({
  status,
  headers: headers.some(([name]) => name === 'content-type') ? headers : [jsonType, ...headers],
  body: JSON.stringify(body),
})

/** An answer without a body. */
export const empty = (status: number, headers: Headers = []): HttpResponse => ({ status, headers, body: '' })

/** Sends the browser elsewhere. */
export const redirect = (location: string, headers: Headers = [], status: 302 | 303 = 302): HttpResponse => ({
  status,
  headers: [['location', location], ['cache-control', 'no-store'], ...headers],
  body: '',
})

/**
 * A page: no scripts, no framing, nothing from elsewhere. `nonce` admits its one style sheet, and on the one page that
 * cannot do without also its script.
 */
export const html = (
  status: number,
  body: string,
  nonce: string,
  headers: Headers = [],
  { runsItsScript = false } = {},
): HttpResponse => ({
  status,
  headers: [
    ['content-type', 'text/html; charset=utf-8'],
    [
      'content-security-policy',
      `default-src 'none'; style-src 'nonce-${nonce}';${runsItsScript ? ` script-src 'nonce-${nonce}';` : ''} img-src data:; base-uri 'none'; frame-ancestors 'none'`,
    ],
    ['x-frame-options', 'DENY'],
    ['x-content-type-options', 'nosniff'],
    ['referrer-policy', 'no-referrer'],
    ['cache-control', 'no-store'],
    ...headers,
  ],
  body,
})

/** Adds parameters to a URI, after the ones that it has (RFC 6749 §3.1.2). */
export function withParameters(uri: string, parameters: Readonly<Record<string, Json | undefined>>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) query.append(name, String(value))
  if ([...query].length === 0) return uri
  return `${uri}${uri.includes('?') ? (uri.endsWith('?') || uri.endsWith('&') ? '' : '&') : '?'}${query}`
}
