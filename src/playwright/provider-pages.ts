import type { Locator, Page } from '@playwright/test'

/** Only what a page of the mock holds: an application may have such a form, too. */
const mainOf = (page: Page): Locator => page.locator('body > header:has-text("mock-oauth") + main')

/** What a person types who makes an account. */
export interface NewAccount {
  name: string
  company: string
  email: string
  password: string
}

/** The page where a person signs in. */
export interface SignInPage {
  readonly heading: Locator
  /** A button for each person who is offered. */
  readonly people: Locator
  readonly email: Locator
  readonly password: Locator
  readonly submit: Locator
  /** Why the last attempt failed. */
  readonly alert: Locator
  /** Picks a person who is offered, by e-mail address; the first one when none is named. */
  pick(email?: string): Promise<void>
  /** Types an address and a password, and sends them. */
  signIn(email: string, password: string): Promise<void>
  /** Follows the link of somebody without an account, where the provider has one. */
  toSignUp(): Promise<void>
}

/** The page where a person makes an account, at providers that have one. */
export interface SignUpPage {
  readonly heading: Locator
  readonly alert: Locator
  /** Fills the form and sends it. */
  signUp(account: NewAccount): Promise<void>
}

/** The page where a person approves or denies. */
export interface ConsentPage {
  /** Who asks, and where. */
  readonly heading: Locator
  /** Whose account it is: name, address, company. */
  readonly account: Locator
  /** The name of each scope that is asked for. */
  readonly scopes: Locator
  readonly approveButton: Locator
  approve(): Promise<void>
  deny(): Promise<void>
  /** Goes back to the sign-in page. */
  useAnotherAccount(): Promise<void>
}

/** The page where a person types the code that a device shows (RFC 8628 §3.3). */
export interface DevicePage {
  readonly heading: Locator
  readonly alert: Locator
  /** Types the code and goes on to sign-in and consent. */
  enter(userCode: string): Promise<void>
}

/** The page that asks whether to sign out. */
export interface LogoutPage {
  readonly heading: Locator
  readonly account: Locator
  signOut(): Promise<void>
}

/** The page for a request that must not be redirected. */
export interface ErrorPage {
  readonly heading: Locator
  /** The error code. */
  readonly code: Locator
  /** What the developer of the application does about it. */
  readonly fix: Locator
}

/** @see SignInPage */
export function signInPage(page: Page): SignInPage {
  const main = mainOf(page)
  const people = main.locator('button.person')
  const [email, password, submit] = [
    main.locator('#user_email'),
    main.locator('#user_password'),
    main.locator('#new-signin-button'),
  ]
  return {
    heading: main.locator('h1'),
    people,
    email,
    password,
    submit,
    alert: main.getByRole('alert'),
    pick: (who) => (who === undefined ? people.first() : people.filter({ has: exactly(page, who) })).click(),
    async signIn(address, secret) {
      await email.fill(address)
      await password.fill(secret)
      await submit.click()
    },
    toSignUp: () => main.locator('p.below a').click(),
  }
}

const exactly = (page: Page, text: string) => page.getByText(text, { exact: true })

/** @see SignUpPage */
export function signUpPage(page: Page): SignUpPage {
  const main = mainOf(page)
  return {
    heading: main.locator('h1'),
    alert: main.getByRole('alert'),
    async signUp({ name, company, email, password }) {
      for (const [field, text] of Object.entries({ name, company, email, password })) {
        await main.locator(`#new_${field}`).fill(text)
      }
      await main.locator('button.primary').click()
    },
  }
}

/** @see ConsentPage */
export function consentPage(page: Page): ConsentPage {
  const main = mainOf(page)
  const decide = (decision: string) => main.locator(`button[name=decision][value=${decision}]`)
  return {
    heading: main.locator('h1'),
    account: main.locator('.account'),
    scopes: main.locator('.scopes code'),
    approveButton: decide('approve'),
    approve: () => decide('approve').click(),
    deny: () => decide('deny').click(),
    useAnotherAccount: () => decide('switch').click(),
  }
}

/** @see DevicePage */
export function devicePage(page: Page): DevicePage {
  const main = mainOf(page)
  return {
    heading: main.locator('h1'),
    alert: main.getByRole('alert'),
    async enter(userCode) {
      await main.locator('#user_code').fill(userCode)
      await main.locator('button.primary').click()
    },
  }
}

/** @see LogoutPage */
export function logoutPage(page: Page): LogoutPage {
  const main = mainOf(page)
  return {
    heading: main.locator('h1'),
    account: main.locator('.account'),
    signOut: () => main.locator('form:has([name=page_token]) button.primary').click(),
  }
}

/** @see ErrorPage */
export function errorPage(page: Page): ErrorPage {
  const main = mainOf(page)
  return {
    heading: main.locator('h1'),
    code: main.locator('> dl dd code').first(),
    fix: main.locator('> p[lang=en]').last(),
  }
}
