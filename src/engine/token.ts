import type { TokenCheck, TokenErrors } from '../vocabulary/errors.ts'
import type { Refusal, TokenRefusalKind } from '../vocabulary/refusal.ts'
import { assertionIsRight, clientIsActive, clientIsKnown, clientMethodIsRight, secretIsRight } from './checks/client.ts'
import { codeIsLive, codeIsOwn } from './checks/code.ts'
import { deviceCodeIsLive, deviceCodeIsOwn } from './checks/device-code.ts'
import { clientMayUseTheGrant, grantTypeIsOffered } from './checks/grant.ts'
import { bodyIsThere, tokenParametersAreComplete } from './checks/parameters.ts'
import { verifierMatches } from './checks/pkce.ts'
import { redirectUriIsOfTheCode } from './checks/redirect-uri.ts'
import { refreshTokenIsLive, refreshTokenIsOwn } from './checks/refresh-token.ts'
import { scopeIsExpected, scopeIsStillRegistered } from './checks/scope.ts'
import { judge } from './refusal.ts'
import { punish } from './rotation.ts'
import { refuseToken } from './token-answer.ts'
import { gatherTokenAttempt, type TokenAttempt } from './token-attempt.ts'
import type { Outcome, Visit } from './visit.ts'

type Check = (attempt: TokenAttempt) => Refusal<TokenRefusalKind> | undefined

/** The steps in their usual order; a dialect may state another order, but leaves none out. */
const checks: Record<TokenCheck, Check> = {
  'grant-type': grantTypeIsOffered,
  body: bodyIsThere,
  client: clientIsKnown,
  'client-method': clientMethodIsRight,
  'client-secret': secretIsRight,
  'client-assertion': assertionIsRight,
  'client-status': clientIsActive,
  'client-grant': clientMayUseTheGrant,
  parameters: tokenParametersAreComplete,
  'code-owner': codeIsOwn,
  code: codeIsLive,
  'refresh-token-owner': refreshTokenIsOwn,
  'refresh-token': refreshTokenIsLive,
  'device-code-owner': deviceCodeIsOwn,
  'device-code': deviceCodeIsLive,
  'redirect-uri': redirectUriIsOfTheCode,
  verifier: verifierMatches,
  scope: scopeIsExpected,
  'scope-registered': scopeIsStillRegistered,
}
const noGrant: Refusal<TokenRefusalKind> = { kind: 'grant_type_unsupported', parameter: 'grant_type' }
const usualOrder = Object.keys(checks) as TokenCheck[]

/** The token endpoint (RFC 6749 §3.2): look everything up, judge, then act. */
export async function token(visit: Visit): Promise<Outcome> {
  const attempt = await gatherTokenAttempt(visit)
  if ('unreadable' in attempt) return refuseToken(visit, attempt.unreadable)
  const { allTaken, inOrder } = stepsOf(visit.environment.rules.token.errors)
  const refusal = judge(attempt, allTaken, 'last') ?? judge(attempt, inOrder)
  const { grant } = attempt
  const outcome =
    refusal || !grant ? refuseToken(visit, refusal ?? noGrant, attempt) : await grant.fulfil(visit, attempt)
  if (outcome.refusal) await punish(visit, outcome.refusal, attempt)
  return outcome
}

const steps = new WeakMap<TokenErrors, { allTaken: Check[]; inOrder: Check[] }>()

/** The steps as a dialect orders them. */
function stepsOf(errors: TokenErrors): { allTaken: Check[]; inOrder: Check[] } {
  const before = steps.get(errors)
  if (before) return before
  const { order = [], lastWins = [] } = errors
  const named = (names: Iterable<TokenCheck>) => [...names].map((name) => checks[name])
  const rest = [...new Set([...order, ...usualOrder])].filter((name) => !lastWins.includes(name))
  const made = { allTaken: named(lastWins), inOrder: named(rest) }
  steps.set(errors, made)
  return made
}
