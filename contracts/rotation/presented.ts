import type { ProviderId } from '../../src/contract/clause.ts'
import type { Seen } from '../../src/contract/evidence.ts'
import { refreshes, tokenFields } from '../../src/contract/reading.ts'

/** Where a refresh token works once. */
export const rotating: readonly ProviderId[] = ['mekari', 'mercado-pago', 'mercury', 'standard']

/** The refresh tokens that were presented, in order. */
export const presented = (seen: readonly Seen[]): readonly (string | undefined)[] =>
  refreshes(seen).map((one) => tokenFields(one).refresh_token)
