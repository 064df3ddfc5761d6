import pc from 'picocolors'

/** Colours for a stream: none where it is no terminal, or where NO_COLOR or a dumb terminal asks for none. */
export function coloursFor({ isTTY }: NodeJS.WriteStream) {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env
  return pc.createColors(!NO_COLOR && (FORCE_COLOR ? FORCE_COLOR !== '0' : isTTY && TERM !== 'dumb'))
}

export type Colours = ReturnType<typeof coloursFor>
