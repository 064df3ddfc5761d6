import { closest } from 'fastest-levenshtein'
import type { PlayedProvider } from '../index.ts'
import { findServer, type ServerOptions } from './control.ts'
import { print } from './print.ts'
import { Stop } from './stop.ts'
import { type VariableFormat, variablesOf, writeVariables } from './variables.ts'

/** Prints URLs and credentials of a provider that is played, or of each but the sandboxes, as environment variables. */
export async function env(
  provider: string | undefined,
  { format, ...server }: ServerOptions & { format: VariableFormat },
): Promise<void> {
  const played = await (await findServer(server)).get<Record<string, PlayedProvider>>('/providers')
  const known = Object.keys(played)
  if (provider !== undefined && !known.includes(provider)) {
    const hint = `Did you mean "${closest(provider, known)}"?`
    throw new Stop(2, `"${provider}" is not played there. ${hint} Played: ${known.join(', ')}.`)
  }
  const chosen = provider === undefined ? known.filter((name) => !name.includes(':')) : [provider]
  const variables = chosen.map((name) => played[name] && variablesOf(name, played[name]))
  print(writeVariables(Object.assign({}, ...variables), format))
}
