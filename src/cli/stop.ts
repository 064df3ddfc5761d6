/** 3 says that a client could not be started; 126 and 127 say of a program what a shell says by them: it may not be run, it is not there. */
type ExitCode = 1 | 2 | 3 | 126 | 127

/** Ends a command with a sentence: exit code 1 where what was checked failed, 2 for wrong usage. */
export class Stop extends Error {
  override readonly name = 'Stop'
  readonly exitCode: ExitCode

  constructor(exitCode: ExitCode, message: string) {
    super(message)
    this.exitCode = exitCode
  }
}
