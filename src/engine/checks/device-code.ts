import type { Refusal, TokenRefusalKind } from '../../vocabulary/refusal.ts'
import type { TokenAttempt } from '../token-attempt.ts'

export const deviceCodeIsOwn = (_: TokenAttempt): Refusal<TokenRefusalKind> | undefined => undefined
export const deviceCodeIsApproved = (_: TokenAttempt): Refusal<TokenRefusalKind> | undefined => undefined
