/** The door for Vitest: a mock for each test, and matchers over what it has seen. Importing it registers the matchers. */

import { expect, type TestAPI, type TestContext, test as vitest } from 'vitest'
import type { Listening, MockOAuth, MockOAuthOptions } from './embedded/mock-oauth.ts'
import { createMockOAuth } from './index.ts'
import { toldExchanges } from './lines/told-exchanges.ts'
import { unfiredLine } from './lines/unfired-line.ts'
import { type OAuthMatchers, oauthMatchers } from './matchers/oauth-matchers.ts'

export type { RefusalKind, Verdict, WhichCalls, Whose } from './matchers.ts'
export { type OAuthMatchers, oauthMatchers }

/** What a test may take. */
export interface OAuthFixtures {
  /** What the mock is made from; `test.override` sets it for a file or a block (in Vitest 3 and 4.0 `test.scoped`). Default: nothing, which plays every provider. */
  mockOptions: MockOAuthOptions
  /** Whether a test fails that armed a fault which never fired; else that is only told. Default: false. */
  strictFaults: boolean
  /** A mock of the test's own, closed after it. When the test fails, what the mock has seen is printed, without secrets. */
  mock: MockOAuth
  /** The mock over HTTP, on a free port; it listens for the tests that take it. */
  server: Listening
}

/** Vitest's `test`, with a mock for each test. */
export const test: TestAPI<OAuthFixtures> = vitest.extend<OAuthFixtures>({
  mockOptions: {},
  strictFaults: false,
  mock: async ({ mockOptions, strictFaults, task, onTestFailed }, use) => {
    const mock = await createMockOAuth(mockOptions)
    let held: readonly string[] = []
    // Runs last: a fault that never fired fails the test only at its end.
    onTestFailed(() => {
      // Of tests at the same time, the reporter does not know which one speaks.
      if (!task.fails) tell(`"${nameOf(task)}" has failed.`, ...seenBy(mock), ...held, ...unfiredIn(mock))
    })
    await use(mock)
    held = heldIn(mock)
    await mock.close()
    const unfired = unfiredIn(mock)
    if (unfired.length === 0 || task.result?.state === 'fail') return
    if (strictFaults) throw new Error(unfired.join('\n'))
    tell(`"${nameOf(task)}" has armed what it did not need.`, ...unfired)
  },
  server: async ({ mock }, use) => use(await mock.listen({ port: 0 })),
})

expect.extend(oauthMatchers)

const tell = (...lines: readonly string[]): void => console.error(lines.join('\n'))

const nameOf = ({ name, suite }: Pick<TestContext['task'], 'name' | 'suite'>): string =>
  suite ? `${nameOf(suite)} > ${name}` : name

function seenBy(mock: MockOAuth): readonly string[] {
  const told = toldExchanges(mock.requests(), (id) => mock.explain(id))
  return told.length > 0 ? ['The mock has seen:', ...told] : ['No request has been answered.']
}

const heldIn = ({ faults }: MockOAuth): readonly string[] =>
  faults.list().flatMap(({ id, text, waiting = 0 }) => {
    if (waiting === 0) return []
    return [`fault ${id} still held ${waiting === 1 ? '1 request' : `${waiting} requests`}: ${text}`]
  })

const unfiredIn = ({ worlds }: MockOAuth): readonly string[] =>
  worlds.unfired().faults.map((fault) => unfiredLine(fault, fault.world))

declare global {
  // What Vitest's Assertion is made from, in the same words in every version.
  namespace Chai {
    interface Assertion extends OAuthMatchers {}
  }
}
