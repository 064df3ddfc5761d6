/** Writes lines for the reader of standard output. */
export const print = (...lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`)

/** Writes a value as JSON, for programs. */
export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2))
