import type { ProviderId } from '../../src/contract/clause.ts'
import type { Seen } from '../../src/contract/evidence.ts'
import { refreshes, tokenFields } from '../../src/contract/reading.ts'
import type { FaultInput } from '../../src/control/faults.ts'

/**
 * Has a dead refresh token refused as invalid_grant, wherever nobody knows the provider's word for it: from words that could mean
 * anything no client has to guess.
 */
export const refusedByName = (nth: string): FaultInput => ({
  ...{ on: 'token:refresh_token', nth, kind: 'tamper' },
  fields: { error: 'invalid_grant' },
})

/** Where a refresh token works once. */
export const rotating: readonly ProviderId[] = ['mekari', 'mercado-pago', 'mercury', 'standard']

/** The refresh tokens that were presented, in order. */
export const presented = (seen: readonly Seen[]): readonly (string | undefined)[] =>
  refreshes(seen).map((one) => tokenFields(one).refresh_token)
