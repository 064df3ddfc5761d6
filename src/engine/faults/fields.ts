import type { Misbehaviours } from '../../vocabulary/fault.ts'
import { type IssuedFields, type IssuedKind, issuedAt } from '../../vocabulary/issued.ts'
import type { World } from '../../world/world.ts'
import type { FaultOrder } from '../orders.ts'
import { plainUserCode } from '../user-code.ts'
import type { Visit } from '../visit.ts'
import { type Change, changed } from './answer-fields.ts'
import type { Strike } from './struck.ts'

const listed = (names: readonly string[]) => names.join(', ')
const noFields = 'the answer has no fields to change'

/** An order for other values, which knows what it has brought into being. */
interface Replacement extends FaultOrder {
  readonly issued: IssuedFields
  /** What was made, by field. */
  readonly made: ReadonlyMap<string, string>
}

/** Whether a value is one that this world has issued, and still remembers. */
async function isKnown({ world: { store }, environment }: Visit, value: string): Promise<boolean> {
  const found = [
    await store.findAccessToken(value),
    await store.findRefreshToken(value),
    await store.findCode(value),
    await store.findDevice(value),
    await store.findDeviceByUserCode(environment.key, plainUserCode(value)),
    await store.findRequest(value),
    await store.findClientBySecret(environment.key, value),
  ]
  return found.some((one) => one !== undefined)
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** A value so long: its beginning stays where it grows, so that it looks as the provider's do. */
const stretched = ({ chance }: World, own: string, length: number): string =>
  length >= own.length
    ? own + chance.tokens.string(letters, length - own.length)
    : chance.tokens.string(letters, length)

async function orderFor(visit: Visit, said: Misbehaviours['replace'], grantType?: string): Promise<Replacement> {
  const { world, environment, route } = visit
  const { fields = {}, lengths = {} } = said
  const issued = issuedAt(environment.rules, route.endpoint, grantType ?? '')
  const literals = new Map<string, string>()
  for (const field of Object.keys(issued)) {
    const value = Object.hasOwn(fields, field) ? fields[field] : undefined
    if (typeof value === 'string' && value !== '' && !(await isKnown(visit, value))) {
      literals.set(field, value)
    }
  }
  const made = new Map<string, string>()
  return {
    issued,
    made,
    value(kind: IssuedKind, own) {
      const field = Object.keys(issued).find((name) => issued[name] === kind)
      if (field === undefined) return own
      const literal = literals.get(field)
      const length = Object.hasOwn(fields, field) ? undefined : lengths[field]
      if (literal !== undefined && world.faults.reserve(literal)) made.set(field, literal)
      else if (length !== undefined) made.set(field, stretched(world, own, length))
      return made.get(field) ?? own
    },
  }
}

/** Leaves fields out. */
export const omit: Strike<Misbehaviours['omit']> = {
  after(visit, { fields }, _, __, { outcome }) {
    const without = changed(
      visit,
      outcome,
      fields.map((field) => [field, undefined] as const),
    )
    return without ? { words: `the answer lacks ${listed(fields)}`, outcome: without } : { words: noFields }
  },
}

/** Says other values on the way only. */
export const tamper: Strike<Misbehaviours['tamper']> = {
  after(visit, { fields }, _, __, { outcome }) {
    const other = changed(visit, outcome, Object.entries(fields))
    const names = listed(Object.keys(fields))
    return other ? { words: `changed on the way only: ${names}`, outcome: other } : { words: noFields }
  },
}

/** Answers other values; what is issued is another one from the start. */
export const replace: Strike<Misbehaviours['replace']> = {
  order: (visit, said, { grantType }) => orderFor(visit, said, grantType),
  async after(visit, { fields = {}, lengths = {} }, _, __, { outcome, call, order }) {
    const { made = new Map<string, string>() } = (order as Replacement | undefined) ?? {}
    const issued = issuedAt(visit.environment.rules, visit.route.endpoint, call.grantType ?? '')
    // What was made is not always issued: the call was refused, or it brought what was there before.
    const brought: string[] = []
    for (const [field, value] of made) {
      if (await isKnown(visit, value)) brought.push(field)
      else visit.world.faults.release(value)
    }
    const isIssued = (field: string, value: unknown) =>
      issued[field] !== undefined && typeof value === 'string' && value !== ''
    const said: Change[] = Object.entries(fields).filter(([field, value]) => !isIssued(field, value))
    const wanted = [...Object.keys(fields).filter((field) => isIssued(field, fields[field])), ...Object.keys(lengths)]
    const kept = wanted.filter((field) => !brought.includes(field))
    const other = said.length > 0 ? changed(visit, outcome, said) : undefined
    const words = [
      ...(brought.length > 0 ? [`issued with another value: ${listed(brought)}`] : []),
      ...(other ? [`answered with another value: ${listed(said.map(([field]) => field))}`] : []),
      ...(said.length > 0 && !other ? [noFields] : []),
      ...(kept.length > 0
        ? [`kept as it is, for nothing new was issued or that value was issued before: ${listed(kept)}`]
        : []),
    ]
    return { words: words.join('; '), ...(other && { outcome: other }) }
  },
}
