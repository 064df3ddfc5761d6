import type { RefusalKind } from '../vocabulary/refusal.ts'
import type { HttpRequest, HttpResponse, PostedAnswer } from '../vocabulary/wire.ts'
import type { Exchange } from '../world/journal.ts'
import { isSecret, sentSecrets } from './sent-secrets.ts'
import { carriedIn, carry } from './way-back.ts'

/** In an answer's body `code` is an error's: authorization codes travel in redirects. */
export const isSecretOfAnswer = (name: string): boolean => name !== 'code' && isSecret(name)

/**
 * A secret made fit to be shown: its first characters and a short digest, so that equal ones can be recognised and none
 * can be read. FNV-1a, 24 bits: far less than any token holds.
 */
export function redactSecret(secret: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < secret.length; i++) hash = Math.imul(hash ^ secret.charCodeAt(i), 0x01000193)
  const digest = ((hash >>> 8) & 0xffffff).toString(16).padStart(6, '0')
  return `${secret.length >= 16 ? secret.slice(0, 4) : ''}…${digest}`
}

/** `name=value` pairs; text in place of a pair, such as JSON under the wrong content type, is not shown. */
const redactForm = (text: string): string => text.split('&').map(redactPair).join('&')

/** What is long and has no value may be a value that has no name. */
const isName = (name: string, value: string): boolean =>
  /^[\w.[\]-]{1,64}$/.test(name) && (value !== '' || name.length < 24)

function redactPair(pair: string): string {
  const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(pair) ?? []
  if (!isName(safeDecode(name), value)) return pair === '' ? '' : `(${pair.length} characters)`
  if (isSecret(safeDecode(name))) return `${name}=${redactSecret(safeDecode(value))}`
  // A request that a page leads back to holds what that request held.
  const carried = carriedIn(safeDecode(value))
  if (carried !== undefined) return `${name}=${encodeURIComponent(carry(redactUrl(carried)))}`
  const shown = redactWithin(safeDecode(value))
  return shown === safeDecode(value) ? pair : `${name}=${encodeURIComponent(shown)}`
}

/** A URL's query and fragment are read like forms. */
export const redactUrl = (url: string): string =>
  url
    .split(/([?#])/)
    .map((part, i) => (i === 0 || part === '?' || part === '#' ? part : redactForm(part)))
    .join('')

/** A redirect URI may be where a client stands just now, with the code that it came back with. */
const redactWithin = (value: string): string => (/^[a-z][a-z\d+.-]*:\/\//i.test(value) ? redactUrl(value) : value)

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

/** Hides the secrets that a text says again. */
const hideAll = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((shown, secret) => shown.replaceAll(secret, () => redactSecret(secret)), text)

/** A body as it is shown: its JSON or form with what is secret hidden, or how long it is. */
export function redactBody(body: string, type = '', hides = isSecret, secrets: readonly string[] = []): string {
  if (/json/i.test(type)) {
    const redacted = (key: string, value: unknown) => {
      if (hides(key)) return redactSecret(String(value))
      return typeof value === 'string' ? hideAll(redactWithin(value), secrets) : value
    }
    try {
      return JSON.stringify(JSON.parse(body, redacted))
    } catch {
      return body === '' ? '' : `(${body.length} characters that are not JSON)`
    }
  }
  if (/html/i.test(type)) return `(a page of ${body.length} characters)`
  if (/form-urlencoded/i.test(type)) return redactForm(body)
  return body === '' ? '' : `(${body.length} characters)`
}

/** A header's value as it is shown. */
export function redactHeader(name: string, value: string): string {
  switch (name.toLowerCase()) {
    case 'authorization':
    case 'proxy-authorization': {
      const [scheme = '', ...rest] = value.split(' ')
      return rest.length > 0 ? `${scheme} ${redactSecret(rest.join(' '))}` : redactSecret(value)
    }
    case 'cookie':
    case 'set-cookie':
      // Each one: a browser sends its cookies for other programs on this machine along, whatever their port.
      return value.replace(/(^|; *)([^=;]+)=([^;]+)/g, (pair, before: string, cookie: string, secret: string) =>
        /^(path|samesite|max-age)$/i.test(cookie) ? pair : `${before}${cookie}=${redactSecret(secret)}`,
      )
    case 'location':
    case 'referer':
      return redactUrl(value)
    default:
      return isSecret(name) || /api-?key$/i.test(name) ? redactSecret(value) : value
  }
}

const redactRequest = ({ method, url, headers, body }: HttpRequest): HttpRequest => ({
  method,
  url: redactUrl(url),
  headers: Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value === undefined ? value : redactHeader(name, value)]),
  ),
  body: redactBody(body, headers['content-type']),
})

function redactResponse({ status, headers, body, delivery }: HttpResponse, secrets: readonly string[]): HttpResponse {
  const type = headers.find(([name]) => name === 'content-type')?.[1]
  return {
    status,
    headers: headers.map(([name, value]) => [name, hideAll(redactHeader(name, value), secrets)] as const),
    body: redactBody(body, type, isSecretOfAnswer, secrets),
    ...(delivery && { delivery }),
  }
}

/** What goes to a client by a form is what a redirect would have carried. */
const redactPosted = ({ url, fields }: PostedAnswer, secrets: readonly string[]): PostedAnswer => ({
  url: hideAll(redactUrl(url), secrets),
  fields: Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      isSecret(name) ? redactSecret(value) : hideAll(value, secrets),
    ]),
  ),
})

/** What is wrong with an assertion is said in words: what came is not the assertion. */
const inWords: ReadonlySet<RefusalKind> = new Set<RefusalKind>([
  'client_assertion_malformed',
  'client_assertion_wrong',
  'client_assertion_expired',
])

/** An exchange without secrets, for anything that shows it. */
export function redact({ redacted, ...exchange }: Exchange): Exchange {
  if (redacted) return exchange
  // What it presented is shown by its life alone.
  const { subject: _, ...shown } = exchange
  const { refusal, posted, done } = shown
  const sent = sentSecrets(exchange.request)
  const parameter = refusal?.parameter ?? ''
  // What did not come is no secret, nor is what is said in words.
  const said = refusal?.came === 'nothing' || (refusal !== undefined && inWords.has(refusal.kind))
  const hidden = (isSecret(parameter) || parameter === 'authorization') && !said
  return {
    ...shown,
    request: redactRequest(exchange.request),
    response: redactResponse(exchange.response, sent),
    ...(posted && { posted: redactPosted(posted, sent) }),
    ...(done && { done: redactResponse(done, sent) }),
    ...(refusal?.came !== undefined
      ? { refusal: { ...refusal, came: (hidden ? redactSecret : redactWithin)(refusal.came) } }
      : {}),
  }
}
