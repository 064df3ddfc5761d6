import { isUsedUp } from '../store/rotation.ts'
import type { RefreshToken } from '../store/store.ts'
import type { Refusal } from '../vocabulary/refusal.ts'
import { rotationOf } from '../vocabulary/rotation.ts'
import { disconnect } from './connection.ts'
import type { TokenAttempt } from './token-attempt.ts'
import type { Visit } from './visit.ts'

/**
 * What a refusal costs beyond the answer. A second use of a code or refresh token may be theft: some providers then end
 * every token of the family. A wrong verifier may spend the code's challenge.
 */
export async function punish(
  { environment, world, now, exchange }: Visit,
  { kind }: Refusal,
  { authorization, code }: TokenAttempt,
): Promise<void> {
  if (!authorization) return
  const { authorize, refresh } = environment.rules
  const ending = { at: now, request: exchange }
  const isVerifierWrong = kind === 'verifier_missing' || kind === 'verifier_malformed' || kind === 'verifier_mismatch'
  if (code && isVerifierWrong && authorize.code.failedVerifier === 'challengeLost') {
    await world.store.loseChallenge(code.value, ending)
  }
  if ((kind === 'code_used' || kind === 'device_code_used') && authorize.code.replay === 'familyRevoked') {
    await disconnect(world, authorization.id, 'code_replay', ending)
  }
  if (kind === 'refresh_token_reused' && refresh && rotationOf(refresh.token.rotation).reuse === 'familyRevoked') {
    await disconnect(world, authorization.id, 'refresh_token_reuse', ending)
  }
}

/** Whether a refresh token may not be used any more, by the policy that is in force now. */
export async function isSuperseded({ environment, world, now }: Visit, token: RefreshToken): Promise<boolean> {
  const { refresh } = environment.rules
  const rotation = rotationOf(refresh?.token.rotation ?? 'none')
  if (isUsedUp(token, rotation, now)) return true
  if (!token.rotated || rotation.again?.brings !== 'theSamePair') return false
  const { pair } = token.rotated
  const access = await world.store.findAccessToken(pair.accessToken)
  const next = await world.store.findRefreshToken(pair.refreshToken)
  return !access || access.revoked !== undefined || !next || next.uses !== undefined
}
