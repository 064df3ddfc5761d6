import type { Fault } from '../vocabulary/fault.ts'
import type { Json } from '../vocabulary/json.ts'
import { isSecretOfAnswer, redactBody, redactHeader, redactSecret, redactUrl } from './redact.ts'
import { isSecret } from './sent-secrets.ts'

/** A fault without the secrets that it sends, for anything that shows it. */
export function redactFault(fault: Fault): Fault {
  switch (fault.kind) {
    case 'replace':
    case 'tamper':
      return { ...fault, ...(fault.fields && { fields: redactFields(fault.fields) }) } as Fault
    case 'status': {
      const { body, headers, contentType } = fault
      return {
        ...fault,
        ...(body !== undefined && { body: redactAny(body, contentType) }),
        ...(headers && { headers: redactHeaders(headers) }),
      }
    }
    case 'redirect':
      return { ...fault, to: redactUrl(fault.to) }
    case 'newSecret':
      return { ...fault, ...(fault.secret !== undefined && { secret: redactSecret(fault.secret) }) }
    default:
      return fault
  }
}

/** A text is read as its type says, or else as the JSON that it may be; anything else is sent as JSON. */
const redactAny = (body: Json, contentType = 'application/json'): Json =>
  typeof body === 'string' ? redactBody(body, contentType, isSecretOfAnswer) : redactJson(body, isSecretOfAnswer)

const redactFields = (fields: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> =>
  redactJson(fields, isSecret)

/** `null` and truth are no secrets, and are what a fault may put in the place of one. */
const redactJson = <Value extends Json>(value: Value, hides: (name: string) => boolean): Value =>
  JSON.parse(JSON.stringify(value), (key, inner: Json) =>
    hides(key) && inner !== null && typeof inner !== 'boolean' ? redactSecret(String(inner)) : inner,
  )

const redactHeaders = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, redactHeader(name, value)]))
