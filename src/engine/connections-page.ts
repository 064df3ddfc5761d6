import { connectionsPage } from '../pages/connections.ts'
import type { EndedBy, Grant, Session } from '../store/store.ts'
import { scopesOf } from '../vocabulary/scope.ts'
import { html, redirect } from './answers.ts'
import { disconnect } from './connection.ts'
import { wordsFor } from './language.ts'
import { openPage, takePage } from './open-page.ts'
import { newNonce } from './page-secrets.ts'
import { readBody } from './parameters.ts'
import { closeSession } from './session.ts'
import type { Outcome, Visit } from './visit.ts'

/** Somebody's connections: whose they are, what is at their other ends, and who ends one here. */
export interface Connections {
  readonly session: Session
  readonly title: string
  /** Whose connections these are, line by line. */
  readonly whose: readonly string[]
  /** What the button says that ends the session. */
  readonly leave: string
  readonly by: EndedBy
  /** The other end of a grant: a key that is the same for all grants to it. */
  readonly otherEndOf: (grant: Grant) => string
  /** The other end for people, line by line: its name first. */
  readonly describe: (grant: Grant) => Promise<readonly string[]>
  readonly isOwn: (grant: Grant) => boolean
}

/** Shows what is connected, and disconnects the one that was clicked. */
export async function serveConnections(visit: Visit, own: Connections): Promise<Outcome> {
  const { request, world, address, url, now, exchange } = visit
  if (request.method !== 'POST') return show(visit, own)
  const form = readBody(request, ['form'])
  const page = 'unreadable' in form ? undefined : form.get('page_token')
  if ('unreadable' in form || page === undefined || !(await takePage(visit, own.session, page))) {
    return show(visit, own, true)
  }
  const cookies = form.get('leave') === undefined ? [] : [await closeSession(visit, own.session)]
  const ending = { at: now, request: exchange }
  for (const grant of await listOwn(visit, own)) {
    if (own.otherEndOf(grant) === form.get('disconnect')) await disconnect(world, grant.id, own.by, ending)
  }
  return { response: redirect(address.publicUrl(url), cookies, 303) }
}

async function listOwn({ world, environment, now }: Visit, { isOwn }: Connections): Promise<readonly Grant[]> {
  await world.store.sweep(now)
  return (await world.store.listStanding(environment.key)).filter(isOwn)
}

async function show(visit: Visit, own: Connections, isStale = false): Promise<Outcome> {
  const { environment, world, address, url, query } = visit
  const known = environment.rules.scopes
  const byEnd = new Map<string, [Grant, ...Grant[]]>()
  for (const grant of await listOwn(visit, own)) {
    const end = own.otherEndOf(grant)
    const before = byEnd.get(end)
    byEnd.set(end, before ? [...before, grant] : [grant])
  }
  const connected = await Promise.all(
    [...byEnd].map(async ([end, grants]) => ({
      end,
      lines: await own.describe(grants[0]),
      since: new Date(Math.min(...grants.map(({ startedAt }) => startedAt))).toISOString().slice(0, 10),
      scopes: [...new Set(grants.flatMap(({ scope }) => scopesOf(scope)))].map((name) => ({
        name,
        words: Object.hasOwn(known, name) ? known[name] : undefined,
      })),
    })),
  )
  const nonce = newNonce(world)
  const body = connectionsPage({
    nonce,
    provider: environment.name,
    words: wordsFor(visit),
    title: own.title,
    whose: own.whose,
    leave: own.leave,
    action: address.publicUrl(query === '' ? url : `${url}?${query}`),
    token: await openPage(visit, own.session),
    connected,
    isStale,
  })
  return { response: html(200, body, nonce), ...(isStale ? { refusal: { kind: 'sign_in_stale' } as const } : {}) }
}
