import { insideOf } from '../control/inside.ts'
import type { MockWorld } from '../control/mock-world.ts'
import { locate } from '../engine/locate.ts'
import type { PostedAnswer } from '../vocabulary/wire.ts'
import { askConsent } from './ask-consent.ts'
import { showRefusal, showSignedOut } from './notices.ts'
import { penFor } from './pen.ts'

/** Whether a mock plays what a navigation to this URL leads to: an authorization endpoint, or where clients sign people out. */
export const leadsToPlayed = (mock: MockWorld, url: string): boolean => placeAt(mock, url) !== undefined

function placeAt(mock: MockWorld, url: string) {
  const { environment, routes } = locate(url, insideOf(mock).worlds.main)
  const endpoint = routes?.get('GET')?.endpoint
  return environment && (endpoint === 'authorize' || endpoint === 'logout') ? { environment, endpoint } : undefined
}

/**
 * Goes where a redirect to a provider leads: through its consent, shown in the window, and on to the client's redirect URI.
 * A URL that the mock does not play is gone to as it is. For code that can be told how to redirect.
 * @param window the one that is redirected: this one, or a popup
 * @throws {MockOAuthError} as `mock.authorize` does
 */
export async function goTo(mock: MockWorld, url: string, window: Window = globalThis.window): Promise<void> {
  const place = placeAt(mock, url)
  if (!place) window.location.assign(url)
  else if (place.endpoint === 'logout') await signOut(mock, url, place.environment.name, window)
  else {
    const outcome = await askConsent(mock, url, window.document)
    if (outcome?.redirectTo !== undefined) window.location.assign(outcome.redirectTo)
    else if (outcome?.formPost) post(window.document, outcome.formPost)
    else if (outcome?.errorPage) await showRefusal(window.document, place.environment.name, outcome.errorPage)
  }
}

async function signOut(mock: MockWorld, url: string, provider: string, { document, location }: Window): Promise<void> {
  const { status, headers } = await mock.handle({ method: 'GET', url, headers: {}, body: '' })
  const to = headers.find(([name]) => name === 'location')?.[1]
  if (to !== undefined) location.assign(to)
  else if (status < 400) await showSignedOut(document, provider)
  else await showRefusal(document, provider, mock.explain(mock.requests().at(-1)?.id))
}

function post(document: Document, { url, fields }: PostedAnswer): void {
  const { make } = penFor(document)
  const inputs = Object.entries(fields).map(([name, value]) => make('input', { type: 'hidden', name, value }))
  const form = make('form', { method: 'post', action: url }, ...inputs)
  document.body.append(form)
  form.submit()
}
