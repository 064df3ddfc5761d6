/** Writes lines for the reader of standard output. */
export const print = (...lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`)

/** Writes a value as JSON, for programs. */
export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2))

/** Text from the wire with its control characters made visible, so that it cannot play tricks on a terminal. */
export const printable = (text: string): string =>
  text.replace(/\p{Cc}/gu, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
