import {
  type AuthorizationCode,
  type DeviceRequest,
  deviceGrant,
  type Grant,
  type RefreshToken,
} from '../store/store.ts'
import type { Environment } from '../vocabulary/environment.ts'
import type { Refusal, RequestRefusalKind } from '../vocabulary/refusal.ts'
import { challengeOf } from './challenge.ts'
import { type ClientAttempt, gatherClientAttempt } from './client-attempt.ts'
import { grantsOf, type OfferedGrant } from './grants/grants.ts'
import type { Visit } from './visit.ts'

/** All that is known about a token request before it is judged. Everything is looked up first, so that checks may stand in any order. */
export interface TokenAttempt extends ClientAttempt {
  readonly now: number
  readonly grantType: string | undefined
  /** What the provider says of this grant type, and where in its definition; nothing for one that it lacks. */
  readonly grant: OfferedGrant | undefined
  /** The grants that the provider has, by grant type. */
  readonly grants: ReadonlyMap<string, OfferedGrant>
  readonly code: AuthorizationCode | undefined
  /** What the device that polls has asked for. */
  readonly deviceRequest: DeviceRequest | undefined
  /** The same once a person has approved. */
  readonly deviceCode: AuthorizationCode | undefined
  readonly refreshToken: RefreshToken | undefined
  /** What the provider says of refreshing. */
  readonly refresh: Environment['rules']['refresh'] | undefined
  /** The authorization that the code or refresh token descends from. */
  readonly authorization: Grant | undefined
  /** The challenge that the verifier sent would answer. */
  readonly challengeOfVerifier: string | undefined
  /** Whether tokens of the test mode are asked for. */
  readonly test: boolean
}

/** Reads a token request and looks up everything it names. */
export async function gatherTokenAttempt(
  visit: Visit,
): Promise<TokenAttempt | { unreadable: Refusal<RequestRefusalKind> }> {
  const { environment, world, now } = visit
  const attempt = await gatherClientAttempt(visit)
  if ('unreadable' in attempt) return attempt
  const { parameters, isEmpty, credentials, accepted, client, assertionRefusal, oneWayOnly, elsewhere } = attempt
  const grantType = parameters.get('grant_type')
  const grants = grantsOf(environment)
  const { store } = world
  const key = environment.key
  const here = <T extends { environment: string }>(found: T | undefined) =>
    found?.environment === key ? found : undefined
  const codeValue = grantType === 'authorization_code' ? parameters.get('code') : undefined
  const refreshValue = grantType === 'refresh_token' ? parameters.get('refresh_token') : undefined
  const deviceValue = grantType === deviceGrant ? parameters.get('device_code') : undefined
  const found = codeValue === undefined ? undefined : here(await store.findCode(codeValue))
  const approved = deviceValue === undefined ? undefined : here(await store.findCode(deviceValue))
  // Each is good for its own grant only, whatever the values look like.
  const code = found?.device ? undefined : found
  const deviceCode = approved?.device ? approved : undefined
  const deviceRequest = deviceValue === undefined ? undefined : here(await store.findDevice(deviceValue))
  const refreshToken = refreshValue === undefined ? undefined : here(await store.findRefreshToken(refreshValue))
  const grantId = code?.grantId ?? deviceCode?.grantId ?? refreshToken?.grantId
  const verifier = code?.challenge === undefined ? undefined : parameters.get('code_verifier')
  const { parameter: testMode = '' } = environment.rules.token.testMode ?? {}
  const grant = grantType === undefined ? undefined : grants.get(grantType)
  // Written out: an object that another one is spread into is slow to make and to read.
  return {
    parameters,
    isEmpty,
    credentials,
    accepted,
    client,
    assertionRefusal,
    oneWayOnly,
    elsewhere,
    now,
    grantType,
    grant,
    grants,
    code,
    deviceRequest,
    deviceCode,
    refreshToken,
    refresh: environment.rules.refresh,
    authorization: grantId === undefined ? undefined : await store.findGrant(grantId),
    challengeOfVerifier: code?.challengeMethod === 'plain' ? verifier : verifier && (await challengeOf(verifier)),
    test:
      refreshToken?.test ?? (grant?.rules.parameters[testMode] !== undefined && parameters.get(testMode) === 'true'),
  }
}
