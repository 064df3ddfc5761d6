import type { DeviceRequest } from '../store/store.ts'
import type { Refusal, TokenRefusalKind } from '../vocabulary/refusal.ts'
import { json, withParameters } from './answers.ts'
import { recognition } from './checks/client.ts'
import { clientMayAskForADevice } from './checks/grant.ts'
import { deviceParametersAreComplete } from './checks/parameters.ts'
import { deviceScopeIsRegistered } from './checks/scope.ts'
import { userMayConnect } from './checks/user.ts'
import { gatherClientAttempt } from './client-attempt.ts'
import { type DeviceAttempt, deviceScopesAsked } from './device-attempt.ts'
import { decideForDevice } from './device-decision.ts'
import { drawn, orderedValue } from './orders.ts'
import { judge } from './refusal.ts'
import { refuseToken } from './token-answer.ts'
import { unknownEndpoint } from './unknown.ts'
import { plainUserCode } from './user-code.ts'
import type { Outcome, Visit } from './visit.ts'

/** Who authenticates by the header and asks for no scope has nothing to say in a body. */
const checks: readonly ((attempt: DeviceAttempt) => Refusal<TokenRefusalKind> | undefined)[] = [
  ...recognition,
  clientMayAskForADevice,
  deviceParametersAreComplete,
  deviceScopeIsRegistered,
]

/** Takes what a device asks for, and answers a code for it and one for the person (RFC 8628 §3.1, §3.2). */
export async function authorizeDevice(visit: Visit): Promise<Outcome> {
  const { environment, world, now, exchange, address, request, url } = visit
  const rules = environment.rules.device
  if (!rules) return unknownEndpoint(request, url, environment)
  const gathered = await gatherClientAttempt(visit)
  if ('unreadable' in gathered) return refuseToken(visit, gathered.unreadable)
  const attempt = { ...gathered, rules }
  const { client } = attempt
  const refusal = judge(attempt, checks)
  if (refusal || !client) {
    return refuseToken(visit, refusal ?? { kind: 'client_unknown', parameter: 'client_id' }, attempt)
  }
  const made = { chance: world.chance.tokens, now, clientId: client.id }
  const orders = visit.orders && (await visit.orders())
  const userCode = orderedValue(
    orders,
    'userCode',
    drawn(world, () => rules.userCode.make(made)),
  )
  const device: DeviceRequest = {
    deviceCode: orderedValue(
      orders,
      'deviceCode',
      drawn(world, () => rules.deviceCode.make(made)),
    ),
    userCode,
    plainUserCode: plainUserCode(userCode),
    environment: environment.key,
    clientId: client.id,
    scope: deviceScopesAsked(attempt, client).join(' '),
    issuedAt: now,
    issuedBy: exchange,
    expiresAt: now + rules.lifetime,
    interval: rules.interval,
  }
  await world.store.putDevice(device)
  await decideWithoutPage(visit, device)
  const verification = address.publicUrl(environment.urlOf(rules.verification))
  const body = {
    device_code: device.deviceCode,
    user_code: userCode,
    verification_uri: verification,
    verification_uri_complete: withParameters(verification, { user_code: userCode }),
    expires_in: Math.round(rules.lifetime / 1000),
    interval: Math.ceil(rules.interval / 1000),
  }
  return { response: json(200, body, [['cache-control', 'no-store']]), clientId: client.id }
}

/** Where no page is shown, the first person decides at once. One whose role does not let them approve denies. */
async function decideWithoutPage(visit: Visit, device: DeviceRequest): Promise<void> {
  const { consent } = visit.world
  if (consent === 'page') return
  const [user] = await visit.world.people()
  if (!user) return
  const decision = userMayConnect(visit.environment, user) ? 'deny' : consent
  await decideForDevice(visit, device, { decision, userId: user.id })
}
