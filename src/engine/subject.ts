import type { Refusal } from '../vocabulary/refusal.ts'
import type { Subject, SubjectKind } from '../world/subject.ts'
import type { World } from '../world/world.ts'

/**
 * What a refused request presented, whatever it was presented as and wherever it was issued: an access token in place of a
 * refresh token is known too, and a code of another environment. Kept with the refusal, so that it can be explained when the
 * store has forgotten it.
 */
export async function subjectOf({ store }: World, { came }: Refusal): Promise<Subject | undefined> {
  if (came === undefined) return undefined
  const code = await store.findCode(came)
  const found: readonly [SubjectKind, Subject['record'] | undefined][] = [
    [code?.device ? 'device_code' : 'code', code],
    ['refresh_token', await store.findRefreshToken(came)],
    ['access_token', await store.findAccessToken(came)],
    ['device_code', await store.findDevice(came)],
    ['request_uri', await store.findRequest(came)],
  ]
  for (const [kind, record] of found) {
    if (!record) continue
    const grant = 'grantId' in record ? await store.findGrant(record.grantId) : undefined
    return { kind, value: came, record, grant }
  }
  return undefined
}
