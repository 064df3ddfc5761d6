import type { FieldForm } from './fault-fields.ts'
import type { Json } from './json.ts'

/** What is expected behind a name, in words. */
export const expectedValue: Readonly<Record<FieldForm, string>> = {
  text: 'a text',
  number: 'a number',
  json: 'a value',
  names: 'names with commas between them',
  order: 'arrival, reverse, or places such as 2,1,3',
  jsonByName: 'an object',
  textByName: 'an object of texts',
  numberByName: 'an object of numbers',
}

/** What one value of a record is. */
export const elementOf = (form: FieldForm): FieldForm =>
  form === 'textByName' ? 'text' : form === 'numberByName' ? 'number' : 'json'

/** Whether values stand behind names of their own: `fields.scope=email`. */
export const isByName = (form: FieldForm): boolean => form.endsWith('ByName')

/** Reads a value: JSON where it can be and may be, else text, with commas between the items of a list. */
export function readValue(text: string, form: FieldForm): Json | undefined {
  const json = parsed(text)
  if (form === 'text') return typeof json === 'string' ? json : text
  if (form === 'number') return typeof json === 'number' ? json : undefined
  if (form === 'names') return Array.isArray(json) ? json : text.split(',').filter((name) => name !== '')
  if (form === 'order') return readOrder(text, json)
  if (form === 'json') return json === undefined ? text : json
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? json : undefined
}

function readOrder(text: string, json: Json | undefined): Json | undefined {
  if (text === 'arrival' || text === 'reverse') return text
  const places: readonly Json[] = Array.isArray(json) ? json : text.split(',').map(Number)
  return places.every((place) => Number.isInteger(place)) ? places : undefined
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Writes a value as plainly as it reads back as the same. */
export function writeValue(value: Json, form: FieldForm): string {
  const json = JSON.stringify(value)
  const items = Array.isArray(value) ? value : [value]
  if (items.some((item) => typeof item === 'object')) return json
  const plain = items.join(',')
  return /^[^\s"[{]\S*$/.test(plain) && JSON.stringify(readValue(plain, form)) === json ? plain : json
}
