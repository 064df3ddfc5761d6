import { createMockOAuth, type MockOAuth, type MockOAuthOptions } from 'mock-oauth'
import { expect, onTestFinished } from 'vitest'

/** What a test sends; header names are lower case. */
export interface Init {
  method?: string
  headers?: Record<string, string>
  body?: string
}

/** What comes back. Headers that belong to one connection only are left out. */
export interface Answer {
  status: number
  headers: [name: string, value: string][]
  body: string
  /** Its headers came in no order: a Headers object keeps none. */
  isUnordered?: true
}

/** Sends a request to a provider's own URL. */
export type Send = (providerUrl: string, init?: Init) => Promise<Answer>

/** A mock and a way to its providers' own URLs. Closed when the test ends. */
export interface Open {
  mock: MockOAuth
  request: Send
}

/** One way to reach a mock. The suites do not know which. */
export interface Door {
  name: string
  open(options: MockOAuthOptions): Promise<Open>
}

/** A door that needs to know no more than how a mock is reached. */
export const doorOf = (name: string, reach: (mock: MockOAuth) => Send | Promise<Send>): Door => ({
  name,
  async open(options) {
    const mock = await createMockOAuth(options)
    onTestFinished(() => mock.close())
    return { mock, request: await reach(mock) }
  },
})

/** Headers of different names have no order (RFC 9110 §5.3); those of one name do. */
export const byName = (headers: Answer['headers']): Answer['headers'] =>
  headers.toSorted(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))

const isAnswer = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && 'headers' in value && Array.isArray(value.headers)

// What a suite expects stands in the order of the wire.
expect.addEqualityTesters([
  function (one: unknown, other: unknown, testers) {
    if (!isAnswer(one) || !isAnswer(other) || one.isUnordered === other.isUnordered) return undefined
    const ordered = ({ isUnordered, headers, ...rest }: Answer) => ({ ...rest, headers: byName(headers) })
    return this.equals(ordered(one), ordered(other), testers)
  },
])
