import type { Evidence, Seen } from '../../src/contract/evidence.ts'
import { tokenRequests } from '../../src/contract/reading.ts'

/** The token requests to whose answers something was done on purpose. */
export const struck = (seen: readonly Seen[]): readonly Seen[] =>
  tokenRequests(seen).filter(({ faults = [] }) => faults.length > 0)

/** A reach check: so many token answers were other than usual. */
export const unlessStruck =
  (count = 1) =>
  ({ exchanges }: Evidence): string | undefined => {
    const came = struck(exchanges).length
    return came >= count ? undefined : `${came} of ${count} token answers were fetched`
  }
