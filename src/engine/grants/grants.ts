import { deviceGrant } from '../../store/store.ts'
import type { Environment } from '../../vocabulary/environment.ts'
import type { Plain } from '../../vocabulary/plain.ts'
import type { GrantRules } from '../../vocabulary/token.ts'
import type { TokenAttempt } from '../token-attempt.ts'
import type { Outcome, Visit } from '../visit.ts'
import { redeemCode } from './authorization-code.ts'
import { grantToTheClient } from './client-credentials.ts'
import { redeemDeviceCode } from './device-code.ts'
import { refresh } from './refresh-token.ts'

/** A grant that a provider has. */
export interface OfferedGrant {
  readonly rules: Plain<GrantRules>
  /** Where its rules stand in the definition. */
  readonly path: string
  /** Carries it out for an attempt that passed every check. */
  readonly fulfil: (visit: Visit, attempt: TokenAttempt) => Promise<Outcome>
}

const known = new WeakMap<Environment, ReadonlyMap<string, OfferedGrant>>()

/** The grants of an environment, by grant type. */
export function grantsOf(environment: Environment): ReadonlyMap<string, OfferedGrant> {
  const before = known.get(environment)
  if (before) return before
  const { token, refresh: renewal, clientCredentials, device } = environment.rules
  const offered = new Map<string, OfferedGrant>()
  offered.set('authorization_code', { rules: token.exchange, path: 'token.exchange', fulfil: redeemCode })
  if (renewal && renewal.offered !== false)
    offered.set('refresh_token', { rules: renewal, path: 'refresh', fulfil: refresh })
  if (clientCredentials) {
    offered.set('client_credentials', { rules: clientCredentials, path: 'clientCredentials', fulfil: grantToTheClient })
  }
  if (device) offered.set(deviceGrant, { rules: device.grant, path: 'device.grant', fulfil: redeemDeviceCode })
  known.set(environment, offered)
  return offered
}
