import type { Environment } from '../vocabulary/environment.ts'
import { type FaultKind, letsThrough } from '../vocabulary/fault.ts'
import { readRotation } from '../vocabulary/rotation.ts'
import type { HttpResponse } from '../vocabulary/wire.ts'
import type { Exchange, FaultAct } from '../world/journal.ts'
import { faultAdvice, type StruckCall } from './explanations/faults.ts'
import { isSecretOfAnswer } from './redact.ts'
import { isSecret, pairsOfJson } from './sent-secrets.ts'
import { splitUrl } from './url.ts'

/** A fault that struck a request. */
export interface ExplainedFault extends FaultAct {
  /** What a client does about it. */
  readonly fix: string
}

/** What was done on purpose to a request, what came of it, and what a client does about it. */
export interface Misbehaviour {
  readonly faults: readonly ExplainedFault[]
  /** What the engine had really answered: the status, and what it issued. */
  readonly done: string
  /** What the client was sent of it. */
  readonly sent: string
}

/** Explains the faults of a redacted exchange; nothing where none struck. */
export function explainFaults(exchange: Exchange, environment: Environment | undefined): Misbehaviour | undefined {
  const { faults, endpoint, grantType, response, refusal } = exchange
  if (!faults || faults.length === 0) return undefined
  const isDone = !faults.some(({ at, kind }) => at === 'before' && !letsThrough.has(kind))
  const answered = exchange.done ?? response
  const issued = isDone ? issuedIn(answered) : []
  const { rotation } = environment?.rules.refresh?.token ?? {}
  const call: StruckCall = {
    endpoint,
    grantType,
    isDone,
    isRefused: refusal !== undefined,
    isRenewed: issued.some(([name]) => /refresh/i.test(name)),
    rotation: rotation === undefined ? undefined : readRotation(rotation),
    replay: environment?.rules.authorize.code.replay ?? 'refused',
  }
  return {
    faults: faults.map((act) => ({ ...act, fix: faultAdvice[act.kind as FaultKind](call) })),
    done: isDone ? doneIn(answered, issued) : 'nothing',
    sent: sentOf(response),
  }
}

/** The secrets that an answer brings, as they are shown: on the way back to the client, or in its JSON. */
function issuedIn({ headers, body }: HttpResponse): (readonly [name: string, value: string])[] {
  const location = headers.find(([name]) => name.toLowerCase() === 'location')?.[1] ?? ''
  const inLocation = [...new URLSearchParams(splitUrl(location).query)].filter(([name]) => isSecret(name))
  const inBody = pairsOfJson(body).filter(([name]) => isSecretOfAnswer(name))
  return [...inLocation, ...inBody]
}

/** `200, with access_token jEDl…917e6b` */
function doneIn({ status }: HttpResponse, issued: readonly (readonly [string, string])[]): string {
  const what = issued.map(([name, value]) => `${name} ${value}`).join(', ')
  return what === '' ? `${status}` : `${status}, with ${what}`
}

/** How an answer went on its way. */
function sentOf({ status, delivery = {} }: HttpResponse): string {
  const { drop, hang, truncateAt, delayMs, bytesPerSecond, closeAfter } = delivery
  const late = delayMs === undefined ? [] : [`after ${delayMs} ms`]
  if (drop) return ['nothing: the connection was reset', ...late].join(' ')
  if (hang) return 'nothing, as long as the client waited'
  const how = [
    `${status}`,
    ...late,
    ...(truncateAt === undefined ? [] : [`broken off behind ${truncateAt} bytes of the body`]),
    ...(bytesPerSecond === undefined ? [] : [`${bytesPerSecond} bytes a second`]),
    ...(closeAfter ? ['and the connection was closed behind it'] : []),
  ]
  return how.join(', ')
}
