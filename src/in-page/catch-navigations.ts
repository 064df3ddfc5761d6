import { insideOf } from '../control/inside.ts'
import type { MockWorld } from '../control/mock-world.ts'
import { goTo, leadsToPlayed } from './go-to.ts'

/**
 * Catches what would leave for a provider that the mock plays: a redirect of this page (where the browser has the
 * Navigation API), and a popup that is opened for it. Each goes through the consent, and on to the client's redirect URI.
 * @returns the way to stop
 * @throws {MockOAuthError} `invalid_option` for what is no mock
 */
export function catchNavigations(mock: MockWorld): () => void {
  // What is no mock is refused here, and not when the person goes.
  insideOf(mock)
  const caught = (event: NavigateEvent) => {
    const { url } = event.destination
    if (!event.cancelable || event.formData || !leadsToPlayed(mock, url)) return
    event.preventDefault()
    void goTo(mock, url)
  }
  const open = window.open
  const openCaught: typeof open = (url, target, features) => {
    if (url === undefined || !leadsToPlayed(mock, String(url))) return open.call(window, url, target, features)
    // Empty, so that it is of this origin and the consent can be shown in it.
    const popup = open.call(window, '', target, features?.replace(/\b(noopener|noreferrer)\b/g, ''))
    if (popup) void goTo(mock, String(url), popup)
    return popup
  }
  // Browsers without it are told of in docs/browser.md.
  const navigation = window.navigation as Navigation | undefined
  navigation?.addEventListener('navigate', caught)
  window.open = openCaught
  return () => {
    navigation?.removeEventListener('navigate', caught)
    if (window.open === openCaught) window.open = open
  }
}
