import { limitsOf } from '../control/world-limits.ts'
import type { Config } from './config.ts'
import { createFindings } from './findings.ts'
import { judgeFaults } from './judge-faults.ts'
import { judgePlayed } from './judge-played.ts'
import { judgeRegistered } from './judge-registered.ts'
import type { Mistake } from './mistake.ts'
import { schemaMistakes } from './schema-mistakes.ts'

/**
 * Every mistake in a configuration.
 * @param config what a file says, its own providers as definitions
 * @param first what was found before: providers whose own file could not be read
 */
export async function mistakesIn(config: unknown, first: readonly Mistake[] = []): Promise<readonly Mistake[]> {
  const findings = createFindings([...first, ...(await schemaMistakes(asData(config)))])
  if (!findings.mistakes.some(({ path }) => path.length === 0)) {
    const played = judgePlayed(config as Config, findings, first.length > 0)
    judgeRegistered(config as Config, played, findings)
    judgeFaults(config as Config, played, findings)
    const { idle } = (config as Config).worlds ?? {}
    if (idle !== undefined) findings.attempt(['worlds', 'idle'], () => limitsOf({ idle }))
  }
  return findings.mistakes
}

/** The schema knows providers as text. */
function asData(config: unknown): unknown {
  const { providers } = (config ?? {}) as Config
  if (!Array.isArray(providers)) return config
  return { ...(config as object), providers: providers.map((one) => (typeof one?.id === 'string' ? one.id : one)) }
}
