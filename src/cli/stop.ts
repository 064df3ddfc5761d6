/** Ends a command with a sentence: exit code 1 where what was checked failed, 2 for wrong usage. */
export class Stop extends Error {
  override readonly name = 'Stop'
  readonly exitCode: 1 | 2

  constructor(exitCode: 1 | 2, message: string) {
    super(message)
    this.exitCode = exitCode
  }
}
