import * as v from 'valibot'
import { records } from './records.ts'
import {
  callKind,
  count,
  eventId,
  exchangeId,
  maybe,
  moment,
  only,
  plain,
  refusalKind,
  text,
  texts,
  truth,
  webhookKind,
} from './values.ts'

const names = v.record(text, text)
const response = v.looseObject({
  ...{ status: count, headers: v.array(v.tuple([text, text])), body: text },
  delivery: maybe(plain),
})
const said = maybe(text)
const act = { id: text, words: text, cites: said }

const { codes, devices, requests, accessTokens, refreshTokens, grants } = records
const known = { value: text, isUsedUp: truth, grant: maybe(v.looseObject(grants)) }
const subject = v.variant('kind', [
  v.looseObject({ ...known, kind: v.literal('code'), record: v.looseObject(codes) }),
  v.looseObject({
    ...{ ...known, kind: v.literal('device_code') },
    record: v.union([v.looseObject(codes), v.looseObject(devices)]),
  }),
  v.looseObject({ ...known, kind: v.literal('access_token'), record: v.looseObject(accessTokens) }),
  v.looseObject({ ...known, kind: v.literal('refresh_token'), record: v.looseObject(refreshTokens) }),
  v.looseObject({ ...known, kind: v.literal('request_uri'), record: v.looseObject(requests) }),
])

/** An exchange as the journal keeps it. */
export const exchange = v.looseObject({
  ...{ id: exchangeId, at: moment, environment: said, endpoint: said, grantType: said, clientId: said },
  request: v.looseObject({ method: text, url: text, headers: names, body: text }),
  response,
  done: maybe(response),
  posted: maybe(v.looseObject({ url: text, fields: names })),
  refusal: maybe(
    v.looseObject({ kind: refusalKind, parameter: said, rule: said, expected: said, came: said, fault: said }),
  ),
  subject: maybe(subject),
  faults: maybe(v.array(v.looseObject({ ...act, kind: callKind, at: v.picklist(['before', 'after']) }))),
  redacted: maybe(only),
})

const attempt = v.looseObject({ at: moment, url: text, headers: names, status: maybe(count), failure: said })

/** An event as the outbox keeps it. */
export const webhook = v.looseObject({
  event: v.looseObject({
    ...{ id: eventId, at: moment, environment: text, clientId: text, event: text, grantId: said, body: text },
    ...{ test: maybe(only), replays: said, nextAt: maybe(moment), state: text, attempts: v.array(attempt) },
    faults: maybe(v.array(v.looseObject({ ...act, kind: webhookKind }))),
  }),
  letter: v.looseObject({
    ...{ environment: text, clientId: text, query: names, body: text },
    receiver: maybe(v.looseObject({ url: text, secret: said, events: maybe(texts) })),
    missigned: maybe(v.union([v.picklist(['wrong', 'none']), v.looseObject({ secret: text })])),
    asBefore: maybe(v.looseObject({ url: text, headers: names })),
  }),
  round: v.looseObject({ since: moment, made: count }),
  due: maybe(moment),
  place: count,
  heldBy: said,
  copies: maybe(count),
})
