import { isSecretOfAnswer, redact, redactSecret } from '../engine/redact.ts'
import type { Exchange } from '../world/journal.ts'
import type { Evidence } from './evidence.ts'
import { replacing } from './replace-all.ts'
import { secretsIn } from './secrets-in.ts'

/** What hides the secrets of one story. */
export interface Veil {
  /** An exchange, as everything that shows one redacts it. */
  exchange(exchange: Exchange): Exchange
  /** Any text: secrets in it are hidden, however they are written. */
  text(text: string): string
  /** Plain data as JSON. */
  json(data: unknown): string
  /** What a client wrote by itself: pieces of secrets are hidden as well. */
  output(text: string): string
}

/** A secret as a report shows it: `hC8P…5b38ef(43)`, first characters, a digest and its length. */
const shown = (secret: string): string => `${redactSecret(secret)}(${secret.length})`

/** Hides each secret that a story holds, wherever it turns up. */
export function veilOver(evidence: Evidence): Veil {
  const secrets = secretsIn(evidence)
  const forms = new Map(secrets.flatMap((secret) => formsOf(secret).map((form) => [form, shown(secret)] as const)))
  const written = [...forms.keys()]
  let found: ReadonlySet<string> | undefined
  const pieces = () => (found ??= new Set(written.flatMap(piecesOf)))
  // What is already hidden gets its length, and what has it stays.
  for (const secret of secrets) forms.set(redactSecret(secret), shown(secret)).set(shown(secret), shown(secret))
  for (const [place, name] of placesIn(evidence)) forms.set(place, name)
  const text = replacing(forms)
  const inside = <Value>(value: Value): Value => mapTexts(value, text)
  return {
    exchange: (exchange) => inside(redact(exchange)),
    text,
    json: (data) =>
      JSON.stringify(data, (name, value) =>
        typeof value !== 'string' ? value : isSecretOfAnswer(name) && value !== '' ? shown(value) : text(value),
      ),
    output: (raw) => withoutPieces(text(raw), pieces()),
  }
}

/** Where things were on this machine, which is never the same twice: the mock's port, the folder of the store. */
function placesIn({ env }: Evidence): ReadonlyMap<string, string> {
  const origins = [env.authorizeUrl, env.tokenUrl, env.apiUrl].map((url) => new URL(url).origin)
  return new Map([
    ...origins.flatMap((origin) => [origin, encodeURIComponent(origin)].map((one) => [one, '{mock}'] as const)),
    [env.storeDir, '{storeDir}'],
  ])
}

/** A secret as it may be written: raw, in URLs once and twice, in forms, in JSON, in base64 wherever it begins. */
function formsOf(secret: string): readonly string[] {
  const inUrl = encodeURIComponent(secret)
  const form = new URLSearchParams({ x: secret }).toString().slice(2)
  const base64 = secret.length < 12 ? [] : [0, 1, 2].map((before) => inBase64(secret, before))
  const url = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  return [
    ...new Set([secret, inUrl, encodeURIComponent(inUrl), form, JSON.stringify(secret).slice(1, -1)]),
    ...new Set([...base64, ...url, ...base64.map(encodeURIComponent)]),
  ]
}

/** What stands in base64 where so many octets come before: without the ends, which hold others' bits. */
function inBase64(secret: string, before: number): string {
  const encoded = Buffer.from(`${'x'.repeat(before)}${secret}`)
    .toString('base64')
    .replace(/=+$/, '')
  return encoded.slice(before === 0 ? 0 : 4, -1)
}

/** So many characters of a secret in a row are a piece of it. */
const piece = 8

/** Hides what stands in a secret as well, such as the part of a token that a log shows. */
function withoutPieces(text: string, pieces: ReadonlySet<string>): string {
  let [told, from] = ['', 0]
  for (let at = 0; at < text.length; ) {
    let end = at
    while (pieces.has(text.slice(end, end + piece))) end++
    if (end > at) {
      told += `${text.slice(from, at)}…`
      at = from = end + piece - 1
    } else at++
  }
  return told + text.slice(from)
}

const piecesOf = (form: string): readonly string[] =>
  Array.from({ length: Math.max(0, form.length - piece + 1) }, (_, at) => form.slice(at, at + piece))

/** The same data with each text in it changed. */
function mapTexts<Value>(value: Value, change: (text: string) => string): Value {
  if (typeof value === 'string') return change(value) as Value
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, change)) as Value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, mapTexts(one, change)])) as Value
}
