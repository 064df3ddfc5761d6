import * as v from 'valibot'
import { meanings } from '../meanings.ts'
import type { Plain } from '../plain.ts'
import type { WebhookEventRules, WebhookMessage, WebhookRules } from '../webhook.ts'
import type { Received, Retries } from '../webhook-delivery.ts'
import type { SignatureScheme, SignedDelivery } from '../webhook-signature.ts'
import { shape } from './answer.ts'
import { format } from './format.ts'
import { lifetime } from './lifetime.ts'
import { count, functionThat, listOf, oneOf, optional, recordOf, section, text } from './section.ts'
import { faultOf, tried } from './trial.ts'

const delivery: SignedDelivery = { at: 0, requestId: 'request', query: {}, body: '{}' }

/** The text that is signed, then name and value of the header that carries the signature. */
function signedBy({ sign }: SignatureScheme): unknown {
  const signed = sign?.(delivery)
  return signed && [signed.text, signed.header('00')].flat()
}

const isSigned = (value: unknown) =>
  value === undefined || (Array.isArray(value) && value.length === 3 && value.every((one) => typeof one === 'string'))

const signature = v.pipe(
  section<SignatureScheme>(
    {
      words: text,
      sign: optional(functionThat('makes { text, header } from a delivery')),
    },
    "a way to sign: signedBody('x-signature'), unsigned",
  ),
  tried((scheme) => {
    const fault = faultOf(() => signedBy(scheme), isSigned)
    return fault && `is a function that ${fault}. Expected { text, header }, where header(hex) returns [name, value].`
  }, 'sign'),
)

const received = v.pipe(
  section<Received>(
    {
      words: text,
      counts: functionThat('says whether a status counts'),
    },
    'which answers count: any2xx, statuses(200)',
  ),
  tried(({ counts }) => {
    const fault = faultOf(
      () => counts(200),
      (value) => typeof value === 'boolean',
    )
    return fault && `is a function that ${fault}. Expected true or false.`
  }, 'counts'),
)

const message = { query: optional(shape), body: shape }

/** What a client's receiver is told. */
export const webhooks = section<Plain<WebhookRules>>({
  events: recordOf(
    'an object of events by name',
    section<Plain<WebhookEventRules>>(
      {
        ...message,
        when: oneOf(meanings['webhooks.events'].when),
      },
      'an event: { when, body }',
    ),
  ),
  eventId: format,
  secret: format,
  requestIdHeader: optional(text),
  signature,
  received,
  answerWithin: lifetime,
  retryAnswerWithin: optional(lifetime),
  retries: section<Retries>(
    {
      words: text,
      after: listOf('a list of lengths of time', lifetime),
    },
    'when to try again: retriesAfter(minutes(1), …), retriesEvery(minutes(1), 3)',
  ),
  pausedAfter: optional(count),
  test: optional(section<Plain<WebhookMessage>>(message, 'a message: { body }')),
})
