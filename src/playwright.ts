import { type BrowserContext, test as base, type Page } from '@playwright/test'
import { worldCookie } from './entrance/entrance.ts'
import { isLoopback } from './entrance/host.ts'
import { decide } from './playwright/decide.ts'
import { journalText } from './playwright/journal-text.ts'
import * as pages from './playwright/provider-pages.ts'
import type { MockOAuthUse } from './playwright/reach-server.ts'
import { openWorkerWorld, type WorkerWorld } from './playwright/worker-world.ts'

export type { PlayedProvider } from './embedded/types.ts'
export type * from './playwright/provider-pages.ts'
export type { MockOAuthUse } from './playwright/reach-server.ts'
export type { WorkerWorld } from './playwright/worker-world.ts'
export type { RemoteWorld } from './remote/remote-world.ts'

/** Who decides. */
export interface Decider {
  /** An id or e-mail address; default: who is signed in, else the first person who is offered. */
  user?: string
}

/** A provider for one test: its world, which begins anew with the test, and its pages. */
export interface OAuth extends WorkerWorld {
  /** Signs in where the provider asks for that, and approves. */
  approve(page: Page, decider?: Decider): Promise<void>
  /** Signs in where the provider asks for that, and denies. */
  deny(page: Page, decider?: Decider): Promise<void>
  signInPage(page: Page): pages.SignInPage
  signUpPage(page: Page): pages.SignUpPage
  consentPage(page: Page): pages.ConsentPage
  devicePage(page: Page): pages.DevicePage
  logoutPage(page: Page): pages.LogoutPage
  errorPage(page: Page): pages.ErrorPage
  /** Lets a browser that the test opened itself come to this world; the test's own does so. */
  enter(context: BrowserContext): Promise<void>
}

/** What each test may ask for. */
export interface OAuthTestArgs {
  oauth: OAuth
}

/** What each worker has, and what `use` of playwright.config says of it. */
export interface OAuthWorkerArgs {
  mockOAuth: MockOAuthUse
  /** The world of this worker, for what lives longer than a test: an application that each worker starts. */
  oauthWorld: WorkerWorld
}

/** Playwright's `test`, with a provider in a world that no other worker sees. */
export const test = base.extend<OAuthTestArgs, OAuthWorkerArgs>({
  mockOAuth: [{}, { option: true, scope: 'worker' }],

  oauthWorld: [
    async ({ mockOAuth }, use, { parallelIndex }) => {
      const { world, end } = await openWorkerWorld(mockOAuth, parallelIndex)
      await use(world)
      await end()
    },
    { scope: 'worker' },
  ],

  oauth: async ({ oauthWorld }, use, testInfo) => {
    // A token of the test before is no token of this one.
    await oauthWorld.reset(`${oauthWorld.seed}/${testInfo.testId}`)
    await use(oauthOf(oauthWorld))
    for (const { id, text, seen } of await oauthWorld.faults.unfired()) {
      const description = `fault ${id} never fired: ${text} (calls that it saw: ${seen})`
      testInfo.annotations.push({ type: 'mock-oauth', description })
    }
    if (testInfo.status === testInfo.expectedStatus) return
    const body = await journalText(oauthWorld)
    await testInfo.attach('mock-oauth journal', { body, contentType: 'text/plain' })
  },

  context: async ({ context, oauth }, use) => {
    await oauth.enter(context)
    await use(context)
  },
})

function oauthOf(world: WorkerWorld): OAuth {
  const personOf = async ({ user }: Decider = {}) => (user === undefined ? undefined : world.users.find(user))
  return {
    ...world,
    ...pages,
    approve: async (page, decider) => decide(page, 'approve', await personOf(decider)),
    deny: async (page, decider) => decide(page, 'deny', await personOf(decider)),
    enter: (context) => context.addCookies(cookiesFor(world)),
  }
}

/** An application may know a server of this machine by either of its names. */
function cookiesFor({ name, serverUrl }: WorkerWorld) {
  const { hostname, protocol } = new URL(serverUrl)
  const hosts = isLoopback(hostname) ? [...new Set([hostname, 'localhost', '127.0.0.1'])] : [hostname]
  return hosts.map((host) => ({ name: worldCookie, value: name, url: `${protocol}//${host}` }))
}
