import type { Refusal } from '../vocabulary/refusal.ts'
import type { TokenAttempt } from './token-attempt.ts'
import type { Visit } from './visit.ts'

/** A second use of a code or refresh token may be theft: some providers then end every token of the family. */
export async function endFamilyOnReuse(
  { environment, world, now, exchange }: Visit,
  { kind }: Refusal,
  { authorization }: TokenAttempt,
): Promise<void> {
  if (!authorization) return
  const { authorize, refresh } = environment.rules
  const ending = { at: now, request: exchange }
  if (kind === 'code_used' && authorize.code.replay === 'familyRevoked') {
    await world.store.endGrant(authorization.id, 'code_replay', ending)
  }
  if (kind === 'refresh_token_reused' && refresh?.token.rotation === 'singleUse+familyRevoked') {
    await world.store.endGrant(authorization.id, 'refresh_token_reuse', ending)
  }
}
