/** The door for what a worker cannot answer in a browser: redirects to a provider, and popups. */

export { askConsent } from './in-page/ask-consent.ts'
export { catchNavigations } from './in-page/catch-navigations.ts'
export { goTo } from './in-page/go-to.ts'
