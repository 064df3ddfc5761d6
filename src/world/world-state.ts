import type { Client, User } from '../store/store.ts'
import type { StoreState } from '../store/store-state.ts'
import type { RotationPolicy } from '../vocabulary/rotation.ts'
import type { ClockState } from './clock.ts'
import type { FaultState } from './faults.ts'
import type { JournalState } from './journal.ts'
import type { OutboxState } from './outbox/state.ts'
import type { StreamsState } from './streams.ts'

/** A world as plain data: all that it takes to go on from there as if nothing had happened since. */
export interface WorldState {
  readonly seed: string
  readonly clock: ClockState
  /** How often a process had gone on with what another had kept. */
  readonly run: number
  readonly chance: StreamsState
  /** Whether the people were asked for, and with that made up. */
  readonly peopled: boolean
  /** Rotation policies that were set since the start, by name. */
  readonly rotations: Readonly<Record<string, RotationPolicy>>
  readonly store: StoreState
  readonly journal: JournalState
  readonly webhooks: OutboxState
  readonly faults: FaultState
}

/** What is registered at the start. */
export interface AtStart {
  readonly clients: readonly Client[]
  /** Nothing where they are made up. */
  readonly people: readonly User[] | undefined
}

/** What outlives the process that kept it. Its journal and its faults do not, and chance is drawn anew. */
export interface KeptState
  extends Pick<WorldState, 'seed' | 'clock' | 'run' | 'peopled' | 'rotations' | 'store' | 'webhooks'> {
  /** No id of a journal entry up to it may be taken again. */
  readonly takenIds: number
  /** What its setup had registered. */
  readonly atStart: AtStart
}
