import type { Op } from '../protocol/messages.ts'

/** What happened in a clause's story, without secrets, for people. */
export interface Story {
  readonly events: readonly Event[]
  /** Ids of the exchanges that show what the client did wrong. */
  readonly shownBy: readonly string[]
  /** The last lines that the client wrote. */
  readonly output: readonly string[]
}

export type Event = MarkEvent | AskedEvent | AnsweredEvent | ExchangeEvent | DeathEvent

/** A part of the story begins. */
export interface MarkEvent {
  readonly what: 'mark'
  readonly name: string
}

/** The client was asked something. */
export interface AskedEvent {
  readonly what: 'asked'
  /** Counts from 1; its answer has the same number. */
  readonly step: number
  readonly process: string
  readonly op: Op
  /** JSON. */
  readonly text: string
}

/** What came back. */
export interface AnsweredEvent {
  readonly what: 'answered'
  readonly step: number
  readonly process: string
  readonly op: Op
  /** `answer`: JSON; `problem`: why the driver could not; `lost`: nothing came. */
  readonly how: 'answer' | 'problem' | 'lost'
  readonly text: string
}

/** A process of the client ended by itself. */
export interface DeathEvent {
  readonly what: 'death'
  readonly process: string
  readonly how: string
}

/** A request to the provider and what became of it. */
export interface ExchangeEvent {
  readonly what: 'exchange'
  readonly id: string
  /** World seconds since the exchange before it, where time was moved on. */
  readonly later?: number
  readonly method: string
  readonly url: string
  /** Those that matter, names in lower case. */
  readonly requestHeaders: readonly Header[]
  readonly requestBody: string
  /** What was answered, and what became of it on its way: `200 → dropped` */
  readonly status: string
  readonly responseHeaders: readonly Header[]
  readonly responseBody: string
  /** Why the provider refused: `code_used` */
  readonly refused?: string
  /** What was done to it on purpose, in words. */
  readonly faults: readonly string[]
}

export type Header = readonly [name: string, value: string]
