import { toldExchanges } from '../lines/told-exchanges.ts'
import type { Exchange } from '../world/journal.ts'
import type { Judged } from './judged.ts'

/** What `expect.extend` wants of a matcher, in Vitest, Jest and Playwright. */
export interface Verdict {
  readonly pass: boolean
  message(): string
}

/**
 * A verdict that says what was expected of the client, what it did, and the requests that show it.
 * @param wanted after `Expected the client to`
 * @param seen after `but`
 * @param shown the requests that matter; the whole journal where there is none
 */
export const verdict = (
  { exchanges, explain }: Judged,
  pass: boolean,
  { wanted, seen, shown }: { wanted: string; seen: string; shown: readonly Exchange[] },
): Verdict => ({
  pass,
  message() {
    const told = toldExchanges(shown.length > 0 ? shown : exchanges, explain)
    const lines = told.length > 0 ? told : ['No request has been answered.']
    return [`Expected the client ${pass ? 'not to' : 'to'} ${wanted}, but ${seen}.`, '', ...lines].join('\n')
  },
})

/** `once`, `twice`, `3 times` */
export const timesOf = (count: number): string =>
  count === 1 ? 'once' : count === 2 ? 'twice' : count === 0 ? 'never' : `${count} times`
