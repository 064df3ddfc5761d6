import { MockOAuthError } from '../vocabulary/misuse.ts'
import { Stop } from './stop.ts'

/** Ends the process as it should end whatever happens: a closed pipe is no error, a mistake is a sentence, the rest is our bug. */
export function catchBugs(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  process.stderr.on('error', () => {})
  process.on('uncaughtException', end)
}

function end(error: unknown): void {
  if (error instanceof Stop) say(error.message, error.exitCode)
  else if (error instanceof MockOAuthError) say(error.message, 2)
  else {
    say(`mock-oauth has a bug; please report it:\n${error instanceof Error ? error.stack : String(error)}`, 5)
    process.exit()
  }
}

/** Output that is still on its way is let through: the process ends by itself. */
function say(sentence: string, exitCode: number): void {
  process.stderr.write(`${sentence}\n`)
  process.exitCode = exitCode
}
