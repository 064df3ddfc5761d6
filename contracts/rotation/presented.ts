import type { ProviderId } from '../../src/contract/clause.ts'
import type { Evidence, Seen } from '../../src/contract/evidence.ts'
import type { CallAnswer } from '../../src/contract/protocol/messages.ts'
import { refreshes, stepsOf, tokenFields } from '../../src/contract/reading.ts'
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

export const unsaid = 'no answer said that the grant is over'

/** Whether a client may just be waiting after a failure: nobody can move its clock, and it says nothing but that it may work later. */
export const mayBeWaiting = (evidence: Evidence, answers: readonly CallAnswer['result'][]): boolean =>
  stepsOf(evidence, 'advance').length === 0 && answers.every((one) => one === 'transient')

export const stillWaiting = 'it waits longer after a failure than the story lasts, and its clock cannot be moved'
