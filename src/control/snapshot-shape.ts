import * as v from 'valibot'
import { readRotation } from '../vocabulary/rotation.ts'
import { faults } from './snapshot/faults.ts'
import { exchange, webhook } from './snapshot/happened.ts'
import { isRing, records } from './snapshot/records.ts'
import { count, maybe, moment, text, texts, truth } from './snapshot/values.ts'

const table = (fields: v.ObjectEntries) =>
  v.array(v.strictObject({ place: count, record: v.looseObject(fields), buried: maybe(count) }))

const word = v.pipe(v.number(), v.integer(), v.minValue(-0x8000_0000), v.maxValue(0xffff_ffff))
const stream = v.strictTuple([word, word, word, word])

const shape = v.strictObject({
  format: text,
  version: count,
  seed: text,
  run: count,
  clock: v.strictObject({ now: v.pipe(moment, v.minValue(0), v.maxValue(Date.UTC(9999, 0))), frozen: truth }),
  chance: v.strictObject({
    ...{ tokens: stream, pages: stream, ids: stream, own: stream, webhooks: stream, headers: stream, faults: stream },
  }),
  peopled: truth,
  rotations: v.record(
    text,
    v.pipe(
      text,
      v.check((one) => readRotation(one) !== undefined, 'is no rotation policy'),
    ),
  ),
  store: v.strictObject(
    Object.fromEntries(Object.entries(records).map(([name, fields]) => [name, table(fields)])) as Record<
      keyof typeof records,
      ReturnType<typeof table>
    >,
  ),
  journal: v.strictObject({ taken: count, exchanges: v.array(exchange) }),
  webhooks: v.looseObject({ taken: count, vain: v.record(text, count), paused: texts, entries: v.array(webhook) }),
  faults,
})

/** What is wrong with a snapshot, if anything: the first mistake, with its place and without what stands there. */
export function mistakeIn(snapshot: unknown): string | undefined {
  const result = v.safeParse(shape, snapshot, { abortEarly: true })
  if (!result.success) {
    const [issue] = result.issues
    return `${v.getDotPath(issue) ?? 'it'}: expected ${issue.expected ?? 'another'}.`
  }
  const { store } = result.output
  if (!store.keyRings.every(({ record }) => isRing(record))) return 'store.keyRings: expected fewer generations.'
  const places = Object.values(store).flatMap((entries) => entries.map(({ place }) => place))
  if (new Set(places).size < places.length) return 'store: expected each place once.'
  const grants = new Set(store.grants.map(({ record }) => record.id))
  const kinds = ['codes', 'accessTokens', 'refreshTokens'] as const
  const orphan = kinds.find((kind) =>
    store[kind].some(({ record, buried }) => buried === undefined && !grants.has(record.grantId)),
  )
  if (orphan) return `store.${orphan}: one is alive whose grant is not there.`
  const twice = kinds.find((kind) => new Set(store[kind].map(({ record }) => record.value)).size < store[kind].length)
  return twice && `store.${twice}: two have one value.`
}
