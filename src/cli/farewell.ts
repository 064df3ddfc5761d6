/** Ends the process at once, without error, when it is asked to: nothing is left to save, and no connection may hold it. */
export function stopWhenAsked(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0))
  if (process.env.npm_lifecycle_event === 'npx') stopWithParent()
}

/**
 * npx runs a command below a shell that may not pass signals on: then the shell ends, and the command finds itself with
 * another parent. A server that was not started by npx outlives the shell that started it.
 */
function stopWithParent(): void {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) process.exit(0)
  }, 200).unref()
}
