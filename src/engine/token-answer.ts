import type { AccessToken, Grant } from '../store/store.ts'
import type { Shape } from '../vocabulary/answer.ts'
import type { TokenErrors } from '../vocabulary/errors.ts'
import type { Format } from '../vocabulary/format.ts'
import type { Refusal, TokenRefusalKind } from '../vocabulary/refusal.ts'
import type { HttpResponse } from '../vocabulary/wire.ts'
import type { World } from '../world/world.ts'
import { json } from './answers.ts'
import type { ClientAttempt } from './client-attempt.ts'
import { idTokenFor } from './id-token.ts'
import { render } from './refusal.ts'
import type { TokenAttempt } from './token-attempt.ts'
import type { Outcome, Visit } from './visit.ts'
import { writeAnswer } from './writing.ts'

/** The answer with the tokens just stored. */
export async function succeed(
  visit: Visit,
  { client, grantType, code }: TokenAttempt,
  shape: Shape,
  issued: { grant: Grant; accessToken: AccessToken; refreshToken?: { value: string } },
): Promise<Outcome> {
  const { world, now, environment } = visit
  const { grant, accessToken, refreshToken } = issued
  const idToken =
    environment.rules.openid && (await idTokenFor(visit, { grant, client, accessToken, nonce: code?.nonce }))
  const body = await writeAnswer(world, shape, { now, client, grant, accessToken, refreshToken, idToken })
  return {
    response: json(200, body, writeHeaders(world, environment.rules.token.headers, now)),
    ...(client ? { clientId: client.id } : {}),
    ...(grantType === undefined ? {} : { grantType }),
  }
}

/**
 * A refusal of the token endpoint, in the provider's dialect.
 * @param own the dialect of another endpoint that clients authenticate at
 */
export function refuseToken(
  visit: Visit,
  refusal: Refusal<TokenRefusalKind>,
  attempt?: Pick<ClientAttempt, 'client' | 'credentials'> & { grantType?: string | undefined },
  own?: TokenErrors,
): Outcome {
  const { token } = visit.environment.rules
  const errors = own ?? token.errors
  const byHeader = attempt?.credentials.by === 'basic' ? errors.byHeader?.[refusal.kind] : undefined
  return {
    response: render(errors, refusal, writeHeaders(visit.world, token.headers, visit.now), byHeader),
    refusal,
    ...(attempt?.client ? { clientId: attempt.client.id } : {}),
    ...(attempt?.grantType === undefined ? {} : { grantType: attempt.grantType }),
  }
}

/** Headers as a definition states them, formats filled in. */
const writeHeaders = (
  { chance }: World,
  headers: Readonly<Record<string, string | Format>>,
  now: number,
): HttpResponse['headers'] =>
  Object.entries(headers).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : value.make({ chance: chance.headers, now }),
  ])
