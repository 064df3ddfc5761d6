import { duration } from '../vocabulary/duration.ts'
import type { Environment } from '../vocabulary/environment.ts'
import { decidedBy, type WebhookFault, type WebhookFaultKind } from '../vocabulary/fault.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'

/** What may be said of each kind, and what is expected of it. */
interface Said {
  readonly expected: string
  readonly required?: true
  holds(value: unknown): boolean
}

const number: Said = {
  expected: 'a whole number from 2 to 100',
  holds: (value) => Number.isInteger(value) && Number(value) >= 2 && Number(value) <= 100,
}
const length: Said = { expected: 'a length of time, such as 10m', required: true, holds: isLength }
const secret: Said = {
  expected: '1 to 1024 printable characters',
  holds: (value) => typeof value === 'string' && /^[\x20-\x7e]{1,1024}$/.test(value),
}

const kinds: Readonly<Record<WebhookFaultKind, Readonly<Record<string, Said>>>> = {
  drop: {},
  delay: { by: length },
  duplicate: { copies: number },
  reorder: { count: number },
  early: {},
  wrongSignature: {},
  noSignature: {},
  replay: {},
  newSecret: { secret },
}
const ofEvery = ['on', 'kind', 'provider', 'client', 'event', 'nth', 'times', 'rate', 'cites']

/**
 * Refuses a fault in webhook deliveries that says what it cannot, or that could never strike at what is played. How it
 * counts is judged where every fault is.
 * @throws {MockOAuthError} `invalid_fault`
 */
export function judgeWebhookFault(environments: readonly Environment[], input: WebhookFault): void {
  judgeWords(input)
  const { kind, provider, event } = input
  const aimed = environments.filter((one) => provider === undefined || [one.key, one.provider].includes(provider))
  const senders = aimed.filter(({ rules }) => rules.webhooks)
  if (senders.length === 0) {
    const others = keysOf(environments.filter(({ rules }) => rules.webhooks))
    throw wrong(
      `${namesOf(aimed)} sends no webhooks, so that nothing can be done to them. Played and sending: ${others}.`,
    )
  }
  const known = [...new Set(senders.flatMap(({ rules }) => Object.keys(rules.webhooks?.events ?? {})))]
  if (event !== undefined && !known.includes(event)) {
    throw wrong(`${namesOf(senders)} has no event "${event}". It has: ${known.join(', ')}.`)
  }
  if (decidedBy[kind] !== 'signature' || senders.some(isSigning)) return
  const possible = Object.keys(kinds).filter((one) => decidedBy[one as WebhookFaultKind] !== 'signature')
  const others = keysOf(environments.filter(isSigning))
  throw wrong(
    `${namesOf(senders)} does not sign its webhooks, so that no ${kind} can be. Possible: ${possible.join(', ')}. Played and signing: ${others}.`,
  )
}

/** Refuses a kind that is none, and fields that it does not have or that are not as expected. */
function judgeWords(input: WebhookFault): void {
  const given: Readonly<Record<string, unknown>> = { ...input }
  const { kind } = input
  const may = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined
  if (!may) throw wrong(`"${kind}" cannot be done to a webhook. Possible: ${Object.keys(kinds).join(', ')}.`)
  const names = Object.keys(may)
  const unknown = Object.keys(given).find((name) => !ofEvery.includes(name) && !names.includes(name))
  if (unknown !== undefined) {
    throw wrong(`A ${kind} of a webhook has no "${unknown}". It may have: ${[...names, ...ofEvery].join(', ')}.`)
  }
  for (const [name, { expected, required, holds }] of Object.entries(may)) {
    const value = given[name]
    if (value === undefined ? required : !holds(value)) {
      const came = value === undefined ? 'is missing' : `is ${JSON.stringify(value)}`
      throw wrong(`"${name}" of ${kind} ${came}. Expected ${expected}.`)
    }
  }
}

function isLength(value: unknown): boolean {
  try {
    return typeof value === 'string' && duration(value) > 0
  } catch {
    return false
  }
}

const wrong = (message: string) => new MockOAuthError('invalid_fault', message)
const isSigning = ({ rules }: Environment) => rules.webhooks?.signature.sign !== undefined
const namesOf = (environments: readonly Environment[]) => environments.map(({ name }) => name).join(', ') || 'Nothing'
const keysOf = (environments: readonly Environment[]) => environments.map(({ key }) => key).join(', ') || 'none'
