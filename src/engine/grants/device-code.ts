import { seconds } from '../../vocabulary/duration.ts'
import type { Refusal } from '../../vocabulary/refusal.ts'
import { deviceCodeIsLive } from '../checks/device-code.ts'
import { refuseToken } from '../token-answer.ts'
import type { TokenAttempt } from '../token-attempt.ts'
import type { Outcome, Visit } from '../visit.ts'
import { spendCode } from './spend-code.ts'

const unknown = { kind: 'device_code_unknown', parameter: 'device_code' } as const

/** What is added to the interval each time that it was not kept (RFC 8628 §3.5). */
const slower = seconds(5)

/** Exchanges a device code that passed every check, once a person has approved; until then the device is told to wait. */
export async function redeemDeviceCode(visit: Visit, attempt: TokenAttempt): Promise<Outcome> {
  const { world, environment } = visit
  const { deviceRequest, deviceCode } = attempt
  const rules = environment.rules.device
  if (!rules || (!deviceRequest && !deviceCode)) return refuseToken(visit, unknown, attempt)
  if (!deviceCode) return refuseToken(visit, await notePoll(visit, attempt), attempt)
  const won = await spendCode(visit, attempt, deviceCode, rules.grant.answer)
  if (won) return won
  const late = { ...attempt, deviceCode: await world.store.findCode(deviceCode.value) }
  return refuseToken(visit, deviceCodeIsLive(late) ?? unknown, attempt)
}

/**
 * How a device that nobody has decided for is put off. Here and in no check, so that a poll counts only when all else
 * about it is right: nobody slows a device down that is not theirs. slow_down is a variant of authorization_pending, so
 * a device that has been approved is never slowed down (RFC 8628 §3.5).
 */
async function notePoll(
  { world, now }: Visit,
  { deviceRequest }: TokenAttempt,
): Promise<Refusal<'authorization_pending' | 'polled_too_soon' | 'device_code_unknown'>> {
  if (!deviceRequest) return unknown
  const about = { parameter: 'device_code' }
  if (await world.store.pollDevice(deviceRequest.deviceCode, now, slower)) {
    return { kind: 'authorization_pending', ...about, expected: 'an approval' }
  }
  const expected = `${(deviceRequest.interval + slower) / 1000} seconds from one poll to the next`
  return { kind: 'polled_too_soon', ...about, rule: 'device.interval', expected }
}
