import type { BrowserOutcome } from '../control/browser.ts'
import { consentAsked } from '../control/consent-asked.ts'
import { insideOf } from '../control/inside.ts'
import type { MockWorld } from '../control/mock-world.ts'
import { chosenIn, consentForm } from './consent-form.ts'
import { showDialog } from './dialog.ts'
import { penFor } from './pen.ts'

/**
 * Asks the person at the screen, in a dialog of this page, what the provider's consent page would ask, and plays the
 * browser by the answer. Where nobody is asked, as for a request that is refused, there is no dialog.
 * @param document where it is shown: this one, or a popup's
 * @returns where the browser would end up; nothing where the dialog was closed without an answer
 * @throws {MockOAuthError} as `mock.authorize` does
 */
export async function askConsent(
  mock: MockWorld,
  url: string,
  document: Document = globalThis.document,
): Promise<BrowserOutcome | undefined> {
  const { main } = insideOf(mock).worlds
  const asked = await consentAsked(main, url)
  if (!asked) return mock.authorize(url, main.consent === 'page' ? {} : { decision: main.consent })
  const pen = penFor(document)
  const title = document.createDocumentFragment()
  title.append(pen.make('bdi', {}, asked.application), ` ${asked.words.asksForAccess(asked.provider)}`)
  const form = consentForm(pen, asked)
  const answer = await showDialog(pen, { ...asked, title }, form)
  if (answer !== 'approve' && answer !== 'deny') return undefined
  return mock.authorize(url, chosenIn(form, answer, asked))
}
