import { deviceCodePage, deviceDonePage } from '../pages/device.ts'
import type { Client, DeviceRequest } from '../store/store.ts'
import type { PageRefusalKind, Refusal } from '../vocabulary/refusal.ts'
import { scopesOf } from '../vocabulary/scope.ts'
import { html } from './answers.ts'
import { clientIsActive } from './checks/client.ts'
import { isOver, useBefore } from './checks/lifetime.ts'
import { userMayConnect } from './checks/user.ts'
import { askForConsent, takeAnswer } from './consent.ts'
import { decideForDevice } from './device-decision.ts'
import { refusePage } from './error-page.ts'
import { wordsFor } from './language.ts'
import { withAllow } from './methods.ts'
import { newNonce } from './page-secrets.ts'
import { readForm } from './parameters.ts'
import { findSession, sendToSignIn } from './session.ts'
import { plainUserCode } from './user-code.ts'
import type { Decision, Outcome, Visit } from './visit.ts'

/**
 * The page where a person enters the code that a device shows, sees who asks for what, and decides (RFC 8628 §3.3). A
 * code that comes in the URL is shown again to be compared, and the provider's own applications are asked about too:
 * who sends the link may not be who clicks on it (§5.4).
 */
export async function serveDevicePage(visit: Visit): Promise<Outcome> {
  if (visit.request.method !== 'POST') return visit.decision ? decide(visit, visit.decision) : askThePerson(visit)
  const answer = await takeAnswer(visit)
  if ('kind' in answer) {
    const refused = refusePage(visit, answer)
    return answer.kind === 'method_not_allowed' ? withAllow(refused, 'GET, HEAD') : refused
  }
  return 'decision' in answer ? decide(visit, answer) : sendToSignIn(visit, undefined, [answer.leaving])
}

/** Lets the person sign in, enter the code, and see what it is about. */
async function askThePerson(visit: Visit): Promise<Outcome> {
  const session = await findSession(visit)
  if (!session) return sendToSignIn(visit)
  if (userCodeOf(visit) === undefined) return askForCode(visit)
  const waiting = await findWaiting(visit)
  if ('kind' in waiting) return askForCode(visit, waiting)
  const refused = await mayNot(visit, waiting.client, session.userId)
  if (refused) return refusePage(visit, refused)
  const { client, device } = waiting
  return askForConsent(visit, client, scopesOf(device.scope), session, device.userCode)
}

/** Carries out what the person decided, and sends them back to the device. */
async function decide(visit: Visit, decision: Decision): Promise<Outcome> {
  const userId = decision.userId ?? (await visit.world.people())[0]?.id ?? ''
  const waiting = await findWaiting(visit)
  if ('kind' in waiting) return askForCode(visit, waiting)
  const { client, device } = waiting
  const refused = await mayNot(visit, client, userId)
  if (refused) return refusePage(visit, refused)
  if (!(await decideForDevice(visit, device, { ...decision, userId }))) return askForCode(visit, usedBefore(device))
  const nonce = newNonce(visit.world)
  const isApproved = decision.decision === 'approve'
  const body = deviceDonePage({ nonce, provider: visit.environment.name, words: wordsFor(visit), isApproved })
  return { response: html(200, body, nonce), clientId: client.id }
}

const userCodeOf = ({ query }: Visit) => readForm(query).get('user_code')

type UserCodeRefusal = Refusal<'user_code_unknown' | 'user_code_used'>

const usedBefore = ({ userCode }: DeviceRequest): UserCodeRefusal => ({
  kind: 'user_code_used',
  parameter: 'user_code',
  expected: 'a code that nobody has decided about',
  came: userCode,
})

/** The device that waits with the code of the URL, and its client. */
async function findWaiting(visit: Visit): Promise<{ device: DeviceRequest; client: Client } | UserCodeRefusal> {
  const { world, environment, now } = visit
  const came = userCodeOf(visit)
  const about = { kind: 'user_code_unknown', parameter: 'user_code', ...(came && { came }) } as const
  const device = await world.store.findDeviceByUserCode(environment.key, plainUserCode(came ?? ''))
  const client = device && (await world.store.findClient(environment.key, device.clientId))
  if (!device || !client) return { ...about, expected: 'a code that a device shows' }
  if (device.decided) return usedBefore(device)
  if (isOver(device, now)) return { ...about, rule: 'device.lifetime', expected: useBefore(device) }
  return { device, client }
}

/** Why this person cannot decide about this client. */
async function mayNot(visit: Visit, client: Client, userId: string): Promise<Refusal<PageRefusalKind> | undefined> {
  return clientIsActive({ client }) ?? userMayConnect(visit.environment, await visit.world.store.findUser(userId))
}

/** Asks for the code; the form leads to the page that the device's own link leads to. */
function askForCode(visit: Visit, refusal?: UserCodeRefusal): Outcome {
  const { environment, address, url, world } = visit
  const nonce = newNonce(world)
  const words = wordsFor(visit)
  const body = deviceCodePage({
    nonce,
    provider: environment.name,
    words,
    action: address.publicUrl(url),
    typed: userCodeOf(visit) ?? '',
    failure: refusal && words.device.failures[refusal.kind],
  })
  return { response: html(200, body, nonce), ...(refusal ? { refusal } : {}) }
}
