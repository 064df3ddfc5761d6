import { deviceGrant } from '../../store/store.ts'
import type { Refusal, TokenRefusalKind } from '../../vocabulary/refusal.ts'
import type { TokenAttempt } from '../token-attempt.ts'
import { isOver, useBefore } from './lifetime.ts'

/** The device code was issued to this client. */
export function deviceCodeIsOwn({
  parameters,
  deviceRequest,
  deviceCode,
  client,
}: TokenAttempt): Refusal<'device_code_of_another_client'> | undefined {
  const issued = deviceCode ?? deviceRequest
  if (!issued || !client || issued.clientId === client.id) return undefined
  const came = parameters.get('device_code')
  const about = { parameter: 'device_code', ...(came && { came }) }
  return { kind: 'device_code_of_another_client', ...about, expected: 'an own device code' }
}

/** The device code was issued here, nobody has denied it, it is not too old and was never used. Whether somebody has approved is seen last of all. */
export function deviceCodeIsLive({
  parameters,
  deviceRequest,
  deviceCode,
  grantType,
  now,
}: TokenAttempt): Refusal<TokenRefusalKind> | undefined {
  const came = parameters.get('device_code')
  if (grantType !== deviceGrant || came === undefined) return undefined
  const about = { parameter: 'device_code', came }
  const issued = deviceCode ?? deviceRequest
  if (!issued) return { kind: 'device_code_unknown', ...about, expected: 'a device code that was issued' }
  if (deviceRequest?.decided === 'denied') return { kind: 'device_denied', ...about, expected: 'an approval' }
  if (deviceCode?.spent) {
    const expected = 'a device code not used before'
    return { kind: 'device_code_used', ...about, rule: 'authorize.code.replay', expected }
  }
  if (deviceCode?.revoked) {
    return { kind: 'device_code_revoked', ...about, expected: 'an authorization that stands' }
  }
  if (isOver(issued, now)) {
    return { kind: 'device_code_expired', ...about, rule: 'device.lifetime', expected: useBefore(issued) }
  }
  return undefined
}
