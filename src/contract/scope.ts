import type { Clause, Level, ProviderId } from './clause.ts'

/** How binding a clause is at a provider. */
export const levelAt = ({ level, levels }: Clause, provider: ProviderId): Level => levels?.[provider] ?? level
