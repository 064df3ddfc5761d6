import type { AuthorizationCode, Client, Grant } from '../store/store.ts'
import { looksAtChallenges } from './checks/pkce.ts'
import { connect } from './connection.ts'
import type { Parameters } from './parameters.ts'
import type { Visit } from './visit.ts'

/** Starts a token family with a code for it. */
export async function startGrant(
  { world, environment, now, exchange }: Visit,
  { client, parameters, returnTo }: { client: Client; parameters: Parameters; returnTo: string },
  { scope, scopeAsked, userId, signedInAt }: Pick<Grant, 'scope' | 'scopeAsked' | 'signedInAt'> & { userId: string },
): Promise<{ grant: Grant; code: AuthorizationCode }> {
  const { code: rules } = environment.rules.authorize
  const grant: Grant = {
    id: newGrantId(world),
    environment: environment.key,
    clientId: client.id,
    scope,
    scopeAsked,
    type: 'authorization_code',
    startedAt: now,
    userId,
    ...(signedInAt === undefined ? {} : { signedInAt }),
  }
  const looks = looksAtChallenges(environment.rules, client)
  const challenge = looks ? parameters.get('code_challenge') : undefined
  const nonce = environment.rules.openid ? parameters.get('nonce') : undefined
  const plain = (parameters.get('code_challenge_method') ?? 'plain').toLowerCase() === 'plain'
  const code: AuthorizationCode = {
    value: rules.value.make({ chance: world.chance.tokens, now, clientId: client.id, userId }),
    environment: environment.key,
    clientId: client.id,
    grantId: grant.id,
    issuedAt: now,
    expiresAt: now + rules.lifetime,
    issuedBy: exchange,
    redirectUri: returnTo,
    redirectUriSent: parameters.get('redirect_uri') !== undefined,
    ...(nonce === undefined ? {} : { nonce }),
    ...(challenge === undefined ? {} : { challenge, challengeMethod: plain ? 'plain' : 'S256' }),
  }
  await connect(world, grant, { code })
  return { grant, code }
}

/** A fresh id for a grant; ids are for the control API and never on a provider's wire. */
export const newGrantId = ({ chance }: Visit['world']): string => `grant_${chance.ids.string('0123456789abcdef', 16)}`
