import { readFileSync } from 'node:fs'

/** Ends the process at once, without error, when it is asked to: nothing is left to save, and no connection may hold it. */
export function stopWhenAsked(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0))
  if (process.env.npm_lifecycle_event === 'npx') stopWithParent()
}

/**
 * npx does not pass every signal on: it may end, or the shell that it started, and leave the command behind, which then
 * finds itself with another parent. A server that was not started by npx outlives the shell that started it.
 */
function stopWithParent(): void {
  const parent = process.ppid
  if (isNoParent(parent)) process.exit(0)
  setInterval(() => {
    if (process.ppid !== parent) process.exit(0)
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
