import { identifyPage } from '../pages/identify.ts'
import type { PageRefusalKind } from '../vocabulary/refusal.ts'
import { html } from './answers.ts'
import { serveConnections } from './connections-page.ts'
import { formToken, isFresh } from './form-token.ts'
import { wordsFor } from './language.ts'
import { newNonce } from './page-secrets.ts'
import { readBody } from './parameters.ts'
import { findOwnerSession, openSession } from './session.ts'
import type { Outcome, Visit } from './visit.ts'
import { writeAnswer } from './writing.ts'

/** The page where the owner of a client sees the accounts connected to it, and disconnects them. */
export async function connectedAccounts(visit: Visit): Promise<Outcome> {
  const { world, environment, now } = visit
  const session = await findOwnerSession(visit)
  const client = session && (await world.store.findClient(environment.key, session.clientId))
  if (!session || !client) return identify(visit)
  const { title = '', account } = environment.rules.connectedAccounts ?? {}
  return serveConnections(visit, {
    session,
    title,
    whose: [client.name, client.id],
    leave: wordsFor(visit).useAnotherApplication,
    by: 'client',
    isOwn: ({ clientId, userId }) => clientId === client.id && userId !== undefined,
    otherEndOf: ({ userId = '' }) => userId,
    describe: async (grant) => {
      const user = await world.store.findUser(grant.userId ?? '')
      const id = account && Object.values(await writeAnswer(world, { account }, { grant, client, now }))
      return [user?.name ?? '', user?.email ?? '', user?.company ?? '', ...(id ?? []).map(String)]
    },
  })
}

/** Asks for the client's id and secret, and takes them. */
async function identify(visit: Visit): Promise<Outcome> {
  const { world, environment, request, url } = visit
  const form = readBody(request, ['form'])
  if (request.method !== 'POST' || 'unreadable' in form) return ask(visit)
  const id = form.get('client_id') ?? ''
  if (!isFresh(visit, form, 'authenticity_token')) return ask(visit, 'sign_in_stale', id)
  const client = await world.store.findClient(environment.key, id)
  if (client?.secret === undefined || client.secret !== form.get('client_secret')) {
    return ask(visit, 'owner_unproved', id)
  }
  return openSession(visit, { clientId: client.id }, url)
}

async function ask(visit: Visit, kind?: PageRefusalKind, clientId = ''): Promise<Outcome> {
  const { environment, world, address, url } = visit
  const nonce = newNonce(world)
  const words = wordsFor(visit)
  const { token, cookie } = formToken(visit)
  const body = identifyPage({
    nonce,
    provider: environment.name,
    words,
    title: environment.rules.connectedAccounts?.title ?? '',
    action: address.publicUrl(url),
    token,
    clientId,
    failure: kind && (kind === 'sign_in_stale' ? words.signInStale : words.ownerUnproved),
  })
  return { response: html(200, body, nonce, [cookie]), ...(kind ? { refusal: { kind, parameter: 'client_id' } } : {}) }
}
