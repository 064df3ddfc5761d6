import { errorPage } from '../pages/error.ts'
import type { PageRefusalKind, Refusal, RefusalKind, RequestRefusalKind } from '../vocabulary/refusal.ts'
import type { HttpResponse } from '../vocabulary/wire.ts'
import { html } from './answers.ts'
import { explanations } from './explanations.ts'
import { wordsFor } from './language.ts'
import { newNonce } from './page-secrets.ts'
import { readForm } from './parameters.ts'
import { splitUrl } from './url.ts'
import type { Outcome, Visit } from './visit.ts'

const statuses: Partial<Record<RefusalKind, number>> = { method_not_allowed: 405, body_too_large: 413 }

/** The page for what must not be redirected: what was wrong, and how to mend it. */
export function showError(
  visit: Visit,
  refusal: Refusal,
  shown: { error: string; description: string | undefined },
  refused: { id: string; url: string } = { id: visit.exchange, url: visit.request.url },
): HttpResponse {
  const { environment, world, address } = visit
  const nonce = newNonce(world)
  const { expected, came, parameter, kind } = refusal
  const { rule, source, fix } = explanations[kind]
  const clientId = readForm(splitUrl(refused.url).query).get('client_id')
  const blanks: Record<string, string | undefined> = {
    '<id>': clientId === undefined ? undefined : encodeURIComponent(clientId),
    // Between single quotes a shell takes anything else as it is.
    '<uri>': parameter === 'redirect_uri' && !came?.includes("'") ? came && `'${came}'` : undefined,
  }
  const page = {
    nonce,
    provider: environment.name,
    words: wordsFor(visit),
    ...shown,
    rule,
    source,
    fix: fix.replace(/<id>|<uri>/g, (blank) => blanks[blank] ?? blank),
    parameter,
    expected,
    came,
    exchange: refused.id,
    again: kind === 'consent_expired' ? address.publicUrl(refused.url) : undefined,
  }
  return html(statuses[kind] ?? 400, errorPage(page), nonce)
}

/** A refusal of a page for people, shown right there. */
export const refusePage = (visit: Visit, refusal: Refusal<PageRefusalKind | RequestRefusalKind>): Outcome => ({
  response: showError(visit, refusal, { error: 'invalid_request', description: undefined }),
  refusal,
})

/** The provider's own error page: says what the redirect to it said, and where this mock sent the browser here also why. */
export async function openErrorPage(visit: Visit): Promise<Outcome> {
  const { world, address, url, query } = visit
  const here = address.publicUrl(`${url}?${query}`)
  const sender = world.journal
    .list()
    .findLast(({ response }) => response.headers.some(([name, value]) => name === 'location' && value === here))
  // What came in the URL is not repeated unless this mock wrote it.
  if (!sender?.refusal) return refusePage(visit, { kind: 'error_page_unasked' })
  const asked = readForm(query)
  const shown = { error: asked.get('error') ?? 'invalid_request', description: asked.get('error_description') }
  return { response: showError(visit, sender.refusal, shown, { id: sender.id, url: sender.request.url }) }
}
