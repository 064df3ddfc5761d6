import type { Milliseconds } from './duration.ts'
import type { Endpoint } from './endpoint.ts'
import type { Graded } from './evidence.ts'
import type { Format } from './format.ts'
import type { ParameterRule } from './parameter.ts'
import type { GrantRules } from './token.ts'

/** Device authorization (RFC 8628): a code for the device, a shorter one for the person who approves elsewhere. */
export interface DeviceRules {
  /** The device authorization endpoint; clients authenticate there as at the token endpoint. */
  at: Graded<Endpoint>
  parameters: Record<string, Graded<ParameterRule>>
  /** The page where a person enters the user code (`verification_uri`). */
  verification: Graded<Endpoint>
  deviceCode: Graded<Format>
  userCode: Graded<Format>
  /** The life of both codes. */
  lifetime: Graded<Milliseconds>
  /** The least time between two polls. */
  interval: Graded<Milliseconds>
  /** The grant at the token endpoint. */
  grant: GrantRules
}
