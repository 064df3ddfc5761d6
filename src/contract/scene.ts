import type { BrowserOutcome, PersonInput } from '../control/browser.ts'
import type { FaultInput } from '../control/faults.ts'
import type { MockWorld } from '../control/mock-world.ts'
import type { Exchange } from '../world/journal.ts'
import type { ProviderId } from './clause.ts'
import type { Answered, Asked, CallAnswer, CallbackAnswer, Env, Feature, Op } from './protocol/messages.ts'

/** A webhook as the provider would send it. */
export type Letter = Asked['webhook']

/** One process of the client under test. */
export interface Player {
  /** Asks anything; what cannot be answered ends the story. */
  ask<Name extends Op>(op: Name, asked: Asked[Name]): Promise<Answered[Name]>
  begin(session?: string, link?: string): Promise<string>
  callback(session: string, url: string): Promise<CallbackAnswer>
  /** The whole login: begins, has the person approve, brings the callback. */
  connect(session?: string, link?: string, person?: PersonInput): Promise<CallbackAnswer>
  call(asked?: Asked['call']): Promise<CallAnswer>
  /** So many calls at the same time. */
  calls(count: number, asked?: Asked['call']): Promise<readonly CallAnswer[]>
  status(link?: string): Promise<Answered['status']>
  disconnect(link?: string): Promise<Answered['disconnect']>
  webhook(letter: Letter): Promise<Answered['webhook']>
  /** A call that can be given up. */
  cancellable(asked?: Asked['call']): { readonly answer: Promise<CallAnswer>; cancel(): Promise<void> }
  /** SIGKILL, or the object dropped: nothing is saved any more. */
  kill(): Promise<void>
}

/** What a story may do: it plays the browser, the person, time and bad luck around a client. Its client is process `a`. */
export interface Scene extends Player {
  readonly provider: ProviderId
  readonly env: Env
  /** Whether the client says so of itself: for a part of a story that other clients are spared. */
  claims(feature: Feature): boolean
  /** The provider's side: tokens, grants, faults, journal. */
  readonly world: MockWorld
  /** Arms a fault; nothing in the control. */
  arm(fault: FaultInput): void
  /** The second of these, which is wrong; in the control the first. */
  wrong<Value>(right: Value, wrong: Value): Value
  /** Does something wrong; nothing in the control. */
  wrongly(act: () => unknown): Promise<void>
  /** Opens an authorization URL as the person's browser does. Returns the callback's URL. */
  visit(url: string, person?: PersonInput): Promise<string>
  /** The same, wherever it ends. */
  browse(url: string, person?: PersonInput): Promise<BrowserOutcome>
  /** Moves the provider's clock, and the client's where that can be moved. `5s`, `61m`, `29d`; in steps, where the client should get to act between. */
  advance(by: string, step?: string): Promise<void>
  /** The access token's life ends: by the clock, where the provider says how long it lives and a refresh outlives it; else at its next use. */
  expire(): Promise<void>
  /** Names what comes from here on. */
  mark(name: string): void
  /** Writes something down for the judgement. */
  note(name: string, value: string): void
  /** Waits for an exchange that is like this, already there or to come. Never longer than the run's patience. */
  until(what: string, like: (exchange: Exchange) => boolean): Promise<Exchange>
  /** Starts the client again on the same store; process `a` is now this one. */
  restart(env?: Partial<Env>): Promise<void>
  /** The same with an env that it should not work with: whether it refuses to start, by an answer or by ending. */
  refuses(env: Partial<Env>): Promise<boolean>
  /** Another process on the same store. */
  second(): Promise<Player>
  /** The webhooks that the provider has sent so far, oldest first. */
  letters(): Promise<readonly Letter[]>
  /** A server that speaks TLS with a certificate that nobody trusts: where it is, and how many bytes it was told within TLS. */
  untrusted(): Promise<{ readonly url: string; received(): number }>
  /** The same URL by a name or address of this machine where nothing but ::1 listens; itself where this machine has no ::1. */
  byIPv6(url: string): Promise<string>
}
