import * as v from 'valibot'
import { type FaultKind, faultMoments } from '../vocabulary/fault.ts'
import { readRotation } from '../vocabulary/rotation.ts'

const text = v.string()
const moment = v.number()
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const maybe = <S extends v.GenericSchema>(schema: S) => v.exactOptional(schema)
const texts = v.array(text)
const truth = v.boolean()
/** JSON writes an end that never comes as null. */
const end = v.nullable(moment)
const ending = v.looseObject({ at: moment, request: maybe(text) })
const plain = v.record(text, v.unknown())

const life = { environment: text, clientId: text, expiresAt: end }
const issued = { ...life, value: text, grantId: text, issuedAt: moment, revoked: maybe(ending), spent: maybe(ending) }
const receiver = v.looseObject({ url: text, secret: maybe(text), events: maybe(texts) })

/** What each table holds. */
const records = {
  clients: {
    ...{ environment: text, id: text, secret: maybe(text), name: text, redirectUris: v.pipe(texts, v.minLength(1)) },
    ...{ scopes: texts, status: v.picklist(['active', 'pending', 'suspended']), firstParty: truth, grantTypes: texts },
    ...{ ownerId: text, postLogoutRedirectUris: maybe(texts), webhooks: maybe(receiver) },
    jwks: maybe(v.looseObject({ keys: v.array(plain) })),
  },
  applications: {
    ...{ id: text, environment: text, answers: plain },
    status: v.picklist(['submitted', 'information_requested', 'approved', 'rejected', 'set_up']),
  },
  users: { id: text, name: text, email: text, password: text, company: text, role: maybe(text) },
  keyRings: { environment: text, newest: count, oldest: count },
  sessions: { ...{ id: text, environment: text, startedAt: moment, expiresAt: end }, signedInFor: maybe(text) },
  pages: { id: text, sessionId: text, request: text, expiresAt: end },
  requests: { ...life, uri: text, query: text, spent: maybe(ending) },
  devices: {
    ...{
      ...life,
      deviceCode: text,
      userCode: text,
      plainUserCode: text,
      scope: text,
      issuedAt: moment,
      interval: moment,
    },
    decided: maybe(v.picklist(['approved', 'denied'])),
  },
  assertions: { id: text, expiresAt: moment },
  forgetting: { forgotten: moment, fullAt: count },
  grants: {
    ...{ id: text, environment: text, clientId: text, userId: maybe(text), scope: text, scopeAsked: text, type: text },
    ...{ startedAt: moment, ended: maybe(v.looseObject({ at: moment, by: text })) },
  },
  codes: { ...issued, redirectUri: text, redirectUriSent: truth },
  accessTokens: { ...issued, scope: text },
  refreshTokens: {
    ...{ ...issued, accessToken: text },
    rotated: maybe(
      v.looseObject({
        ...{ at: moment, until: moment },
        pair: v.looseObject({ accessToken: text, refreshToken: text }),
      }),
    ),
  },
}

const table = (fields: v.ObjectEntries) =>
  v.array(v.strictObject({ place: count, record: v.looseObject(fields), buried: maybe(count) }))

const word = v.pipe(v.number(), v.integer(), v.minValue(-0x8000_0000), v.maxValue(0xffff_ffff))
const stream = v.strictTuple([word, word, word, word])

const headers = v.array(v.tuple([text, text]))
const exchange = v.looseObject({
  ...{ id: v.pipe(text, v.regex(/^r\d+$/)), at: moment },
  request: v.looseObject({ method: text, url: text, headers: plain, body: text }),
  response: v.looseObject({ status: count, headers, body: text }),
})

const webhook = v.looseObject({
  event: v.looseObject({
    ...{ id: v.pipe(text, v.regex(/^w\d+$/)), at: moment, environment: text, clientId: text, event: text, body: text },
    ...{ state: text, attempts: v.array(v.looseObject({ at: moment, url: text, headers: plain })) },
  }),
  letter: v.looseObject({ environment: text, clientId: text, query: v.record(text, text), body: text }),
  round: v.looseObject({ since: moment, made: count }),
  due: maybe(moment),
})

const isKind = (kind: string) => Object.hasOwn(faultMoments, kind)
const armed = v.looseObject({
  ...{ id: v.pipe(text, v.regex(/^f\d+$/)), seen: count, fired: count, rounds: count, until: maybe(moment) },
  at: v.picklist(['before', 'after']),
  fault: v.looseObject({
    kind: v.pipe(
      text,
      v.check((kind) => isKind(kind as FaultKind), 'is no kind of fault'),
    ),
  }),
})

const shape = v.strictObject({
  format: text,
  version: count,
  seed: text,
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
  faults: v.looseObject({ taken: count, armed: v.array(armed) }),
})

/** What is wrong with a snapshot, if anything: the first mistake, with its place and without what stands there. */
export function mistakeIn(snapshot: unknown): string | undefined {
  const result = v.safeParse(shape, snapshot, { abortEarly: true })
  if (!result.success) {
    const [issue] = result.issues
    return `${v.getDotPath(issue) ?? 'it'}: expected ${issue.expected ?? 'another'}.`
  }
  const { store } = result.output
  const grants = new Set(store.grants.map(({ record }) => record.id))
  const kinds = ['codes', 'accessTokens', 'refreshTokens'] as const
  const orphan = kinds.find((kind) =>
    store[kind].some(({ record, buried }) => buried === undefined && !grants.has(record.grantId)),
  )
  return orphan && `store.${orphan}: one is alive whose grant is not there.`
}
