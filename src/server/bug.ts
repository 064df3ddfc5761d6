/** Shows a bug in the terminal; its trace says whose it is. */
export const showBug = (bug: unknown): void =>
  console.error(
    'mock-oauth has a bug, or a function in a definition of your own. If the trace names no file of yours, please report it:',
    bug,
  )
