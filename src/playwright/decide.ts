import type { Page } from '@playwright/test'
import type { User } from '../embedded/types.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import { consentPage, errorPage, signInPage } from './provider-pages.ts'

/** Longer than any page of the mock takes, and shorter than a test. */
const patience = 10_000

/**
 * Signs in where that is asked for, then approves or denies, and is through once that page is left.
 * @param person who signs in; the first one who is offered, or who is signed in already, when left out
 * @throws {MockOAuthError} `page_not_shown`
 */
export async function decide(page: Page, decision: 'approve' | 'deny', person?: User): Promise<void> {
  const consent = consentPage(page)
  if (await asksToSignIn(page)) await signInAs(page, person)
  else if (person && (await consent.account.filter({ hasText: person.email }).count()) === 0) {
    await consent.useAnotherAccount()
    await signInAs(page, person)
  }
  await arrive(page, false)
  await consent[decision]()
  await consent.approveButton.waitFor({ state: 'detached' })
}

const signInAs = (page: Page, person: User | undefined) =>
  person ? signInPage(page).signIn(person.email, person.password) : signInPage(page).pick()

async function asksToSignIn(page: Page): Promise<boolean> {
  await arrive(page, true)
  return (await signInPage(page).submit.count()) > 0
}

/** Waits for the consent page, or for the one before it as well; an error page is told of at once. */
async function arrive(page: Page, orBefore: boolean): Promise<void> {
  const { approveButton } = consentPage(page)
  const { code, fix, heading } = errorPage(page)
  const wanted = orBefore ? approveButton.or(signInPage(page).submit) : approveButton
  await wanted
    .or(code)
    .waitFor({ timeout: patience })
    .catch(() => {
      throw notShown(
        `The browser is at ${withoutQuery(page.url())}, which is no page of the mock for ${orBefore ? 'signing in or ' : ''}approving. Let the application send it there first. A server with --consent approve shows no page.`,
      )
    })
  if ((await code.count()) > 0) {
    const [title, error, remedy] = [await heading.textContent(), await code.textContent(), await fix.textContent()]
    throw notShown(`The provider shows an error page: ${title} (${error}). ${remedy}`)
  }
}

const notShown = (message: string) => new MockOAuthError('page_not_shown', message)

/** A code or a token may stand in it. */
const withoutQuery = (url: string) => url.replace(/[?#].*$/s, '')
