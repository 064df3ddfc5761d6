import type { Clause } from '../src/contract/clause.ts'
import { api } from './api/index.ts'
import { authorizationRequest } from './authorization-request/index.ts'
import { callback } from './callback/index.ts'
import { errors } from './errors/index.ts'
import { expiry } from './expiry/index.ts'
import { refresh } from './refresh/index.ts'
import { resilience } from './resilience/index.ts'
import { revocation } from './revocation/index.ts'
import { rotation } from './rotation/index.ts'
import { security } from './security/index.ts'
import { tokenRequest } from './token-request/index.ts'
import { tokenResponse } from './token-response/index.ts'
import { webhooks } from './webhooks/index.ts'

/** Every clause, theme by theme, in the order in which a client meets what they are about. */
export const clauses: readonly Clause[] = [
  ...authorizationRequest,
  ...callback,
  ...tokenRequest,
  ...tokenResponse,
  ...refresh,
  ...rotation,
  ...expiry,
  ...api,
  ...errors,
  ...revocation,
  ...webhooks,
  ...resilience,
  ...security,
]
