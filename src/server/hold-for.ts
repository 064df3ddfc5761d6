import type { ServerResponse } from 'node:http'

/** Lets go once an answer is over, whichever way. */
export function holdFor(answer: ServerResponse, letGo: () => void): void {
  if (answer.closed) letGo()
  else answer.once('close', letGo)
}
