import type { Verdict } from '../verdict.ts'

/** What a run was started with, as far as one clause of it needs that. */
export interface Started {
  /** How the driver is started. */
  readonly command: string
  readonly seed: string
}

/** The command that runs one clause again: `mock-oauth contract --provider mekari --clause cb-error --seed 7 --client "…"` */
export const replayLine = (
  { command, seed }: Started,
  { provider, clause, assumed }: Pick<Verdict, 'provider' | 'clause' | 'assumed'>,
): string =>
  [
    'mock-oauth contract',
    `--provider ${quoted(provider)}`,
    ...(assumed === undefined ? [] : [`--assume ${quoted(assumed)}`]),
    `--clause ${quoted(clause)}`,
    `--seed ${quoted(seed)}`,
    `--client ${quoted(command)}`,
  ].join(' ')

/** As a POSIX shell takes it for one word. */
const quoted = (text: string): string => {
  if (/^[\w./:=@,+-]+$/.test(text)) return text
  return /["$`\\!\n]/.test(text) ? `'${text.replaceAll("'", `'\\''`)}'` : `"${text}"`
}
