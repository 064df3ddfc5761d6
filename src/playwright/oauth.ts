import type { BrowserContext, Page } from '@playwright/test'
import { worldCookie } from '../entrance/entrance.ts'
import { isLoopback } from '../entrance/host.ts'
import { decide } from './decide.ts'
import * as pages from './provider-pages.ts'
import type { WorkerWorld } from './worker-world.ts'

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

/** The world of a worker, and the provider's pages there. */
export function oauthOf(world: WorkerWorld): OAuth {
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
