import type { Session } from '../store/store.ts'
import { newPageSecret } from './page-secrets.ts'
import type { Visit } from './visit.ts'

const lifetime = 30 * 60_000

/** A request as a page remembers it: URL and query, exactly. */
export const requestOf = ({ url, query }: Visit) => (query === '' ? url : `${url}?${query}`)

/** Makes the id under which a page that is about to be shown can be answered once. */
export async function openPage(visit: Visit, session: Session): Promise<string> {
  const { world, now } = visit
  const id = newPageSecret(world)
  await world.store.putPage({ id, sessionId: session.id, request: requestOf(visit), expiresAt: now + lifetime })
  return id
}

/** Whether an answer counts: once, in the browser that the page was shown to, for its own request, within half an hour. */
export async function takePage(visit: Visit, session: Session | undefined, id: string): Promise<boolean> {
  const page = await visit.world.store.takePage(id)
  return (
    session !== undefined &&
    page?.sessionId === session.id &&
    page.request === requestOf(visit) &&
    page.expiresAt > visit.now
  )
}
