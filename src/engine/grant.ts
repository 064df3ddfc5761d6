import { type AuthorizationCode, type Client, type DeviceRequest, deviceGrant, type Grant } from '../store/store.ts'
import { looksAtChallenges } from './checks/pkce.ts'
import { connect } from './connection.ts'
import { drawn, orderedValue } from './orders.ts'
import type { Parameters } from './parameters.ts'
import type { Visit } from './visit.ts'

/** What a person has granted. */
type Approval = Pick<Grant, 'scope' | 'signedInAt'> & { readonly userId: string }

/** Starts a token family with a code for it; nothing when the client is gone by now. */
export async function startGrant(
  visit: Visit,
  { client, parameters, returnTo }: { client: Client; parameters: Parameters; returnTo: string },
  { scopeAsked, ...approval }: Approval & Pick<Grant, 'scopeAsked'>,
): Promise<{ grant: Grant; code: AuthorizationCode } | undefined> {
  const { world, environment, now, exchange } = visit
  const { code: rules } = environment.rules.authorize
  const { userId } = approval
  const grant = newGrant(visit, { clientId: client.id, scopeAsked, type: 'authorization_code' }, approval)
  const looks = looksAtChallenges(environment.rules, client)
  const challenge = looks ? parameters.get('code_challenge') : undefined
  const nonce = environment.rules.openid ? parameters.get('nonce') : undefined
  const plain = (parameters.get('code_challenge_method') ?? 'plain').toLowerCase() === 'plain'
  const own = drawn(world, () => rules.value.make({ chance: world.chance.tokens, now, clientId: client.id, userId }))
  const code: AuthorizationCode = {
    value: orderedValue(visit.orders && (await visit.orders()), 'code', own),
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
  return (await connect(world, grant, { code })) ? { grant, code } : undefined
}

/** Starts a token family for a device that was approved: its device code becomes the code, and keeps its life. */
export async function startDeviceGrant(visit: Visit, device: DeviceRequest, approval: Approval): Promise<void> {
  const { deviceCode, environment, clientId, scope, issuedAt, expiresAt, issuedBy } = device
  const grant = newGrant(visit, { clientId, scopeAsked: scope, type: deviceGrant }, approval)
  const code: AuthorizationCode = {
    value: deviceCode,
    environment,
    clientId,
    grantId: grant.id,
    issuedAt,
    expiresAt,
    issuedBy,
    redirectUri: '',
    redirectUriSent: false,
    device: true,
  }
  await connect(visit.world, grant, { code })
}

const newGrant = (
  { world, environment, now }: Visit,
  { clientId, scopeAsked, type }: Pick<Grant, 'clientId' | 'scopeAsked' | 'type'>,
  { scope, userId, signedInAt }: Approval,
): Grant => ({
  id: newGrantId(world),
  environment: environment.key,
  clientId,
  scope,
  scopeAsked,
  type,
  startedAt: now,
  userId,
  ...(signedInAt === undefined ? {} : { signedInAt }),
})

/** A fresh id for a grant; ids are for the control API and never on a provider's wire. */
export const newGrantId = ({ chance }: Visit['world']): string => `grant_${chance.ids.string('0123456789abcdef', 16)}`
