import type { Answered, Asked, DriverProblem, Env, Op, Started } from '../protocol/messages.ts'

/** A process in which one story is played after the other. */
export interface SharedProcess {
  /** How it ended by itself after a story had been over in it, if it did. */
  lateEnd(): string | undefined
}

/** One running client, by whichever way it is driven. */
export interface Running {
  readonly started: Started
  /** Where its process is not its own. */
  readonly shared?: SharedProcess | undefined
  /**
   * @throws {DriverError} the driver could not do it, or answered what is no answer
   * @throws {ClientLost} the client ended, or did not answer in time
   */
  ask<Name extends Op>(op: Name, asked: Asked[Name]): Asking<Name>
  /** SIGKILL, or the object dropped. */
  kill(): Promise<void>
  /** Ends it in good order, and by force where that does not help within so many real milliseconds. Default: 300. */
  end(graceMs?: number): Promise<void>
  /** Ends it, or keeps it for another story where it can begin again. */
  release(): Promise<void>
  /** What it wrote besides the protocol, so far. */
  output(): string
  /** The lines on its standard output that are no answers. */
  strays(): readonly string[]
  /** How it ended by itself, if it did: "exit code 1", "signal SIGABRT". */
  ended(): string | undefined
}

/** A question under way, and its number for `cancel`. */
export interface Asking<Name extends Op> {
  readonly id: number
  readonly answer: Promise<Answered[Name]>
}

/** Starts clients. */
export interface Launcher {
  /** The command, or "in process". */
  readonly words: string
  readonly kind: 'stdio' | 'in process'
  /** How many clients may sensibly run at the same time. */
  readonly parallel: number
  /**
   * @param alone in a process that plays no other story, and is watched for a while when the story is over
   * @throws {DriverError} @throws {ClientLost}
   */
  launch(env: Env, alone?: boolean): Promise<Running>
  /** Ends what is kept for another story. */
  close(): Promise<void>
}

/** The driver could not do what it was asked. */
export class DriverError extends Error {
  override readonly name = 'DriverError'
  readonly problem: DriverProblem

  constructor(problem: DriverProblem) {
    super(problem.message)
    this.problem = problem
  }
}

/** The client ended, or is silent. */
export class ClientLost extends Error {
  override readonly name = 'ClientLost'
  readonly how: 'died' | 'timed out'

  constructor(how: 'died' | 'timed out', message: string) {
    super(message)
    this.how = how
  }
}

/** Longer output is cut: a client may write for ever. */
export const longestOutput = 1_000_000
