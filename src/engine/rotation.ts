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
