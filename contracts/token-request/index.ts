import type { Clause } from '../../src/contract/clause.ts'
import { bodyFormat } from './body-format.ts'
import { channel } from './channel.ts'
import { clientAuthentication } from './client-authentication.ts'
import { codeOnce } from './code-once.ts'
import { fields } from './fields.ts'
import { verifier } from './verifier.ts'

/** The code exchange, as it is asked for. */
export const tokenRequest: readonly Clause[] = [
  ...channel,
  ...bodyFormat,
  ...clientAuthentication,
  ...fields,
  ...verifier,
  ...codeOnce,
]
