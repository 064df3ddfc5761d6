import { leaveNothing } from '../../contract/run/left-behind.ts'
import { stopWhenAsked } from '../farewell.ts'

/** However the command ends, no client and no folder of a story outlives it. */
export function leaveNothingAtTheEnd(): void {
  process.on('exit', leaveNothing)
  stopWhenAsked((signal) => (signal === undefined ? 1 : 128 + signal))
}

/**
 * Ends the command as soon as all is told. Left to end by itself, Node at times waits for ever, with a core of its own, for a
 * connection that was cut.
 */
export function endWith(exitCode: number): void {
  process.stdout.write('', () => process.exit(exitCode))
}
