/** The door for Playwright: its `test` with a provider, each worker's in a world of its own. */

import { test as base } from '@playwright/test'
import { unfiredLine } from './lines/unfired-line.ts'
import { journalText } from './playwright/journal-text.ts'
import { type OAuth, oauthOf } from './playwright/oauth.ts'
import type { MockOAuthUse } from './playwright/reach-server.ts'
import { openWorkerWorld, type WorkerWorld } from './playwright/worker-world.ts'

export type { PlayedProvider } from './embedded/types.ts'
export type { Decider, OAuth } from './playwright/oauth.ts'
export type * from './playwright/provider-pages.ts'
export type { MockOAuthUse } from './playwright/reach-server.ts'
export type { WorkerWorld } from './playwright/worker-world.ts'
export type { RemoteWorld } from './remote/remote-world.ts'

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
    for (const fault of await oauthWorld.faults.unfired()) {
      testInfo.annotations.push({ type: 'mock-oauth', description: unfiredLine(fault) })
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
