import * as v from 'valibot'
import { explanations } from '../../engine/explanations.ts'
import { type FaultKind, faultMoments } from '../../vocabulary/fault.ts'
import { aimFields, callFields, type FaultFields, webhookAim, webhookFields } from '../../vocabulary/fault-fields.ts'
import { count, faultId, maybe, moment, text, texts } from './values.ts'

type Said = Readonly<Record<string, unknown>>

/** Whether a fault is one that could be armed somewhere: its kind is known, and so is all that is said of it. */
function isFault({ on, kind, ...said }: Said): boolean {
  const kinds: Readonly<Record<string, FaultFields>> = on === 'webhook' ? webhookFields : callFields
  if (typeof on !== 'string' || typeof kind !== 'string' || !Object.hasOwn(kinds, kind)) return false
  const { at, ...more } = said
  const moments: readonly unknown[] = on === 'webhook' ? [] : faultMoments[kind as FaultKind]
  if (at !== undefined && !moments.includes(at)) return false
  const fields: FaultFields = { ...aimFields, ...(on === 'webhook' && webhookAim), ...kinds[kind] }
  const isSaid = ([name, value]: readonly [string, unknown]) =>
    Object.hasOwn(fields, name) && fields[name]?.accepts(value) === true
  const isWhole = Object.entries(fields).every(([name, { required }]) => !required || more[name] !== undefined)
  return isWhole && Object.entries(more).every(isSaid) && isSound(kind, more)
}

/** What only shows when two things that are said stand side by side. */
function isSound(kind: string, { refusal, order, count: many }: Said): boolean {
  if (kind === 'error') return typeof refusal === 'string' && Object.hasOwn(explanations, refusal)
  return kind !== 'hold' || !Array.isArray(order) || order.length === many
}

const armed = v.looseObject({
  ...{ id: faultId, seen: count, fired: count, rounds: count, until: maybe(moment) },
  at: v.picklist(['before', 'after']),
  fault: v.pipe(v.record(text, v.unknown()), v.check(isFault, 'is no fault')),
})

/** Faults as they are kept. */
export const faults = v.looseObject({ taken: count, armed: v.array(armed), reserved: texts })
