import { serveConnections } from './connections-page.ts'
import { wordsFor } from './language.ts'
import { findSession, sendToSignIn } from './session.ts'
import type { Outcome, Visit } from './visit.ts'

/** The page where a person sees the applications connected to the account, and disconnects them. */
export async function connectedApps(visit: Visit): Promise<Outcome> {
  const { world, environment } = visit
  const session = await findSession(visit)
  const user = session && (await world.store.findUser(session.userId))
  if (!session || !user) return sendToSignIn(visit)
  return serveConnections(visit, {
    session,
    title: environment.rules.connectedApps?.title ?? '',
    whose: [user.name, user.email, user.company],
    leave: wordsFor(visit).useAnotherAccount,
    by: 'user',
    isOwn: ({ userId }) => userId === user.id,
    otherEndOf: ({ clientId }) => clientId,
    describe: async ({ clientId }) => [(await world.store.findClient(environment.key, clientId))?.name ?? clientId],
  })
}
