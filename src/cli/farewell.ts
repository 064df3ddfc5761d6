import { readFileSync } from 'node:fs'
import { constants } from 'node:os'

/**
 * Ends the process at once when it is asked to: nothing is left to save, and no connection may hold it.
 * @param lastWords says what is left to say, and returns the exit code. It gets the number of the signal, if that is what asks
 */
export function stopWhenAsked(lastWords: (signal?: number) => number): void {
  const stop = (number?: number) => process.exit(lastWords(number))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(constants.signals[signal]))
  whenOrphaned(stop)
}

/**
 * npx does not pass every signal on: it may end, or the shell that it started, and leave the command behind, which then
 * finds itself with another parent. A server that was not started by npx outlives the shell that started it.
 */
export function whenOrphaned(stop: () => void): void {
  if (process.env.npm_lifecycle_event !== 'npx') return
  const parent = process.ppid
  if (isNoParent(parent)) stop()
  setInterval(() => {
    if (process.ppid !== parent) stop()
  }, 200).unref()
}

/** Whether what started this command had ended before it could be seen. Process 1 may be npx itself in a container. */
function isNoParent(pid: number): boolean {
  if (!process.env.npm_lifecycle_script?.includes('mock-oauth')) return false
  if (process.platform !== 'linux') return pid === 1
  try {
    return !/\b(npm|npx|node)\b|\0-c\0/.test(readFileSync(`/proc/${pid}/cmdline`, 'latin1'))
  } catch {
    return true
  }
}
