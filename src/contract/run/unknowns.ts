import type { MockOAuth } from '../../embedded/mock-oauth.ts'
import type { ProviderId } from '../clause.ts'

/** A behaviour that is plausible where a page is silent: `mekari.errors=kong`. */
export interface Unknown {
  readonly provider: ProviderId
  readonly choice: string
}

/** Every other behaviour that a provider's definition offers. */
export function choicesOf(mock: MockOAuth, provider: ProviderId): readonly Unknown[] {
  const found = new Set<string>()
  for (const { as, otherwise = {} } of mock.evidence(provider).evidence) {
    if (as !== undefined) for (const choice of Object.keys(otherwise)) found.add(`${provider}.${as}=${choice}`)
  }
  return [...found].map((choice) => ({ provider, choice }))
}
