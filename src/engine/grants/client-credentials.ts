import type { Grant } from '../../store/store.ts'
import { scopesOf } from '../../vocabulary/scope.ts'
import { connect } from '../connection.ts'
import { newGrantId } from '../grant.ts'
import { makeTokens } from '../issue.ts'
import { refuseToken, succeed } from '../token-answer.ts'
import type { TokenAttempt } from '../token-attempt.ts'
import type { Outcome, Visit } from '../visit.ts'

/** Grants tokens to the client itself, for nobody's account (RFC 6749 §4.4). */
export async function grantToTheClient(visit: Visit, attempt: TokenAttempt): Promise<Outcome> {
  const { world, environment, now, exchange } = visit
  const { client, parameters } = attempt
  const rules = environment.rules.clientCredentials
  if (!client || !rules) return refuseToken(visit, { kind: 'client_unknown', parameter: 'client_id' }, attempt)
  // A scope that the provider does not read widens nothing.
  const reads = (rules.parameters.scope?.presence ?? 'ignored') !== 'ignored'
  const scopeAsked = (reads ? parameters.get('scope') : undefined) ?? client.scopes.join(' ')
  const grant: Grant = {
    id: newGrantId(world),
    environment: environment.key,
    clientId: client.id,
    scope: scopesOf(scopeAsked).join(' '),
    scopeAsked,
    type: 'client_credentials',
    startedAt: now,
  }
  const tokens = makeTokens({
    orders: visit.orders && (await visit.orders()),
    world,
    environment,
    grant,
    client,
    now,
    exchange,
    withRefreshToken: false,
    test: attempt.test,
    accessTokenLifetime: rules.lifetime,
  })
  if (!(await connect(world, grant, { tokens }))) {
    return refuseToken(visit, { kind: 'client_unknown', parameter: 'client_id' }, attempt)
  }
  return succeed(visit, attempt, rules.answer, { grant, ...tokens })
}
