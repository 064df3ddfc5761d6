import * as v from 'valibot'
import { explanations } from '../../engine/explanations.ts'
import { callFields, webhookFields } from '../../vocabulary/fault-fields.ts'

/** Any text. */
export const text = v.string()
/** Texts in a list. */
export const texts = v.array(text)
export const truth = v.boolean()
/** What is true, or is not there. */
export const only = v.literal(true)
/** World time in milliseconds, as far as there are dates. */
export const moment = v.pipe(v.number(), v.minValue(-8.64e15), v.maxValue(8.64e15))
/** JSON writes an end that never comes as null. */
export const end = v.nullable(moment)
/** A count that leaves room to count on. */
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(2 ** 48))
/** What may be left out. */
export const maybe = <S extends v.GenericSchema>(schema: S) => v.exactOptional(schema)
/** Anything under any name. */
export const plain = v.record(text, v.unknown())

const numbered = (letter: string) => v.pipe(text, v.regex(new RegExp(`^${letter}\\d{1,15}$`)))
/** The id of an exchange. */
export const exchangeId = numbered('r')
/** The id of an event. */
export const eventId = numbered('w')
/** The id of a fault. */
export const faultId = numbered('f')

const keyOf = (table: object, what: string) =>
  v.pipe(
    text,
    v.check((kind) => Object.hasOwn(table, kind), what),
  )
/** A kind of refusal that can be explained. */
export const refusalKind = keyOf(explanations, 'is no kind of refusal')
/** A kind of fault in calls. */
export const callKind = keyOf(callFields, 'is no kind of fault')
/** A kind of fault in webhook deliveries. */
export const webhookKind = keyOf(webhookFields, 'is no kind of fault in webhooks')
