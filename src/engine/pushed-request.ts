import type { AuthorizeRefusalKind, Refusal, TokenRefusalKind } from '../vocabulary/refusal.ts'
import { json } from './answers.ts'
import { stepsOf } from './authorize.ts'
import { attemptOf } from './authorize-attempt.ts'
import { fitsUrl } from './body-limit.ts'
import { clientChecks } from './checks/client.ts'
import { type ClientAttempt, gatherClientAttempt } from './client-attempt.ts'
import { drawn, orderedValue } from './orders.ts'
import type { Parameters } from './parameters.ts'
import { judge, write } from './refusal.ts'
import { refuseToken } from './token-answer.ts'
import { unknownEndpoint } from './unknown.ts'
import type { Outcome, Visit } from './visit.ts'

/** What belongs to the client's authentication, and to no authorization request. */
const credentials = ['client_secret', 'client_assertion', 'client_assertion_type']

/** Takes an authorization request from the client itself, and answers what stands for it at the browser (RFC 9126 §2). */
export async function pushRequest(visit: Visit): Promise<Outcome> {
  const { environment, world, now, request, url } = visit
  const rules = environment.rules.pushedRequests
  if (!rules) return unknownEndpoint(request, url, environment)
  const attempt = await gatherClientAttempt(visit)
  if ('unreadable' in attempt) return refuseToken(visit, attempt.unreadable)
  const { client, parameters } = attempt
  const unproved = judge(attempt, clientChecks) ?? requestIsWhole(attempt)
  if (unproved || !client) {
    return refuseToken(visit, unproved ?? { kind: 'client_unknown', parameter: 'client_id' }, attempt)
  }
  const { before, after } = stepsOf(environment.rules.authorize.errors)
  const sent = withClientId(parameters, client.id)
  const refusal = judge(attemptOf(visit, sent, client), [...before, ...after])
  if (refusal) return { ...refusePushed(visit, refusal), clientId: client.id }
  const pushed = [...sent.entries()].filter(([name]) => !credentials.includes(name))
  const query = String(new URLSearchParams(pushed.map(([name, value]) => [name, value])))
  const tooLong = fitsUrl(query)
  if (tooLong) return refuseToken(visit, tooLong, attempt)
  const own = drawn(world, () => rules.uri.make({ chance: world.chance.tokens, now, clientId: client.id }))
  const uri = orderedValue(visit.orders && (await visit.orders()), 'requestUri', own)
  await world.store.putRequest({
    uri,
    environment: environment.key,
    clientId: client.id,
    query,
    expiresAt: now + rules.lifetime,
  })
  const body = { request_uri: uri, expires_in: Math.round(rules.lifetime / 1000) }
  return { response: json(201, body, unkept), clientId: client.id }
}

const unkept = [['cache-control', 'no-store']] as const

/** What is wrong with the request that was pushed, told to the client itself (RFC 9126 §2.3). */
export function refusePushed({ environment }: Visit, refusal: Refusal<AuthorizeRefusalKind>): Outcome {
  const { error, description } = environment.rules.authorize.errors.rows[refusal.kind]
  const told = description === undefined ? {} : { error_description: write(description, refusal) }
  return { response: json(400, { error: write(error, refusal), ...told }, unkept), refusal }
}

/** A pushed request stands for itself: no other stands in for it (RFC 9126 §2.1). */
function requestIsWhole({ parameters }: ClientAttempt): Refusal<TokenRefusalKind> | undefined {
  const came = parameters.get('request_uri')
  if (came === undefined) return undefined
  return { kind: 'parameter_malformed', parameter: 'request_uri', expected: 'the request itself', came }
}

/** The header may have said which client it is. */
const withClientId = (parameters: Parameters, id: string): Parameters => ({
  get: (name) => (name === 'client_id' ? id : parameters.get(name)),
  entries: () => new Map([...parameters.entries(), ['client_id', id]]),
  repeats: parameters.repeats,
})
