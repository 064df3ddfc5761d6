import type { Clause } from '../../src/contract/clause.ts'
import { fields } from './fields.ts'
import { lifetime } from './lifetime.ts'
import { noToken } from './no-token.ts'
import { onTheWire } from './on-the-wire.ts'
import { refreshToken } from './refresh-token.ts'
import { scope } from './scope.ts'
import { tokenType } from './token-type.ts'

/** What a client makes of the token answer. */
export const tokenResponse: readonly Clause[] = [
  ...tokenType,
  ...fields,
  ...lifetime,
  ...scope,
  ...refreshToken,
  ...noToken,
  ...onTheWire,
]
