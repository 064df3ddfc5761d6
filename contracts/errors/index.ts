import type { Clause } from '../../src/contract/clause.ts'
import { codes } from './codes.ts'
import { hugeBody } from './huge-body.ts'
import { login } from './login.ts'
import { noOAuth } from './no-oauth.ts'

/** Errors at the token endpoint. */
export const errors: readonly Clause[] = [...codes, ...login, ...noOAuth, ...hugeBody]
