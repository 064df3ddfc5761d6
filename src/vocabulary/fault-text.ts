import type { Fault } from './fault.ts'
import { aimFields, callFields, type FaultField, type FaultFields, webhookFields } from './fault-fields.ts'
import { readValue, writeValue } from './fault-value.ts'
import type { Json } from './json.ts'
import { MockOAuthError } from './misuse.ts'
import { didYouMean } from './suggestion.ts'

/** How a fault is written on one line. */
export const faultForm = '[provider/]on kind [before|after] [name=value …]'

interface Word {
  readonly text: string
  /** Where it begins, counted from 1. */
  readonly position: number
}

/** For those who have left out a part of it. */
const form = `A fault is ${faultForm}.`

type Refuse = (position: number, message: string) => never

/**
 * Reads a fault from one line: `acme/token:refresh_token drop after times=2`. Values are JSON where they can be, else
 * text. Whether such a fault could ever strike is for others to judge.
 * @throws {MockOAuthError} `invalid_fault`, with the position and what is expected there
 */
export function readFault(line: string): Fault {
  const refuse: Refuse = (position, message) => {
    throw new MockOAuthError('invalid_fault', `"${line}", at ${position}: ${message}`)
  }
  const [place, kind, ...rest] = wordsOf(line, refuse)
  if (!place) return refuse(1, `expected where it strikes, such as token or api. ${form}`)
  const { provider, on } = placeOf(place.text)
  const kinds = kindsAt(on)
  const known = Object.keys(kinds)
  if (!kind) return refuse(line.length + 1, `expected what goes wrong: ${known.join(', ')}. ${form}`)
  if (!Object.hasOwn(kinds, kind.text)) {
    const sentence = `"${kind.text}" is not what can go wrong; expected ${known.join(', ')}.`
    return refuse(kind.position, sentence + didYouMean(kind.text, known))
  }
  const at = rest[0] && /^(before|after)$/.test(rest[0].text) ? rest.shift()?.text : undefined
  const fault: Record<string, unknown> = { ...(provider && { provider }), on, kind: kind.text, ...(at && { at }) }
  const { provider: _, ...aim } = aimFields
  for (const word of rest) {
    const [name, value] = fieldOf(word, { ...kinds[kind.text], ...aim }, fault, refuse)
    fault[name] = value
  }
  return fault as unknown as Fault
}

const kindsAt = (on: string): Readonly<Record<string, FaultFields>> => (on === 'webhook' ? webhookFields : callFields)

/** A grant type may be a URI: no provider is looked for in front of a slash behind `token:`. */
function placeOf(text: string): { provider?: string; on: string } {
  const [, provider, on = text] = /^(?!token:)([^/]+)\/(.*)$/s.exec(text) ?? []
  return { ...(provider !== undefined && { provider }), on }
}

/** What stands between spaces; JSON behind an equals sign is one word, whatever stands in it. */
function wordsOf(line: string, refuse: Refuse): Word[] {
  const words: Word[] = []
  for (const { index } of line.matchAll(/(?<=^|\s)\S/g)) {
    const last = words.at(-1)
    if (last && index < last.position - 1 + last.text.length) continue
    const [name = ''] = /^[^\s=]+=(?=["[{])/.exec(line.slice(index)) ?? []
    const to = name === '' ? index : endOfJson(line, index + name.length)
    if (to === undefined) return refuse(index + name.length + 1, 'the JSON that begins here does not end.')
    const [rest = ''] = /^\S*/.exec(line.slice(to)) ?? []
    words.push({ text: line.slice(index, to) + rest, position: index + 1 })
  }
  return words
}

/** Where the text, list or object ends that begins at a place. */
function endOfJson(line: string, from: number): number | undefined {
  let depth = 0
  for (const { 0: part, index } of line.slice(from).matchAll(/"(?:[^"\\]|\\.)*"|["[{\]}]/g)) {
    if (part === '"') return undefined
    if (part === '{' || part === '[') depth++
    else if (part === '}' || part === ']') depth--
    if (depth <= 0) return from + index + part.length
  }
  return undefined
}

/** Whether values stand there behind names of their own: `fields.scope=email`. */
const isByName = ({ schema }: FaultField): boolean => schema.type === 'object'

/** `name=value`, or one more value of an object: `name.inner=value`. */
function fieldOf(
  { text, position }: Word,
  fields: FaultFields,
  before: Readonly<Record<string, unknown>>,
  refuse: Refuse,
): readonly [name: string, value: Json] {
  const [, path, value] = /^([^=]+)=(.*)$/s.exec(text) ?? []
  if (path === undefined || value === undefined) {
    return refuse(position, `expected name=value, not "${text}". ${form}${didYouMean(text, ['before', 'after'])}`)
  }
  const [, name = '', inner] = /^([^.]*)(?:\.(.+))?$/s.exec(path) ?? []
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined
  const known = Object.keys(fields)
  if (!field) {
    return refuse(position, `"${name}" is not known here; expected ${known.join(', ')}.${didYouMean(name, known)}`)
  }
  if (inner !== undefined && !isByName(field)) return refuse(position, `expected ${name}=value, not "${text}".`)
  const said = Object.entries((before[name] as Readonly<Record<string, Json>> | undefined) ?? {})
  if (inner === undefined ? before[name] !== undefined : said.some(([one]) => one === inner)) {
    return refuse(position, `"${path}" was said before.`)
  }
  // By entries: an own property, whatever its name.
  const whole = (one: Json) => (inner === undefined ? one : Object.fromEntries([...said, [inner, one]]))
  const read = readValue(value, (one) => field.accepts(whole(one as Json)))
  if (read === undefined) return refuse(position + path.length + 1, `expected ${field.expected}, not "${value}".`)
  return [name, whole(read)]
}

/** Writes a fault on one line, as `readFault` reads it. */
export function writeFault(fault: Fault): string {
  const { provider, on, kind, at, ...said } = fault as Fault & { readonly at?: string }
  const fields: FaultFields = { ...kindsAt(on)[kind], ...aimFields }
  const words = Object.entries(said).flatMap(([name, value]) => wordsFor(name, value as Json, fields[name]))
  return [provider === undefined ? on : `${provider}/${on}`, kind, ...(at === undefined ? [] : [at]), ...words].join(
    ' ',
  )
}

function wordsFor(name: string, value: Json, field: FaultField | undefined): string[] {
  const accepts = field?.accepts ?? (() => true)
  const entries = field && isByName(field) ? Object.entries(value as Readonly<Record<string, Json>>) : []
  const areNames = entries.length > 0 && entries.every(([inner]) => /^[^\s=]+$/.test(inner))
  if (!areNames) return [`${name}=${writeValue(value, accepts)}`]
  return entries.map(([inner, one]) => `${name}.${inner}=${writeValue(one, (other) => accepts({ [inner]: other }))}`)
}
