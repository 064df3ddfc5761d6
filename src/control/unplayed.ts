import type { StoreState } from '../store/store-state.ts'
import type { Environment } from '../vocabulary/environment.ts'

/** The environments that clients of a state are registered at, and which are not played. */
export function unplayedIn({ clients }: StoreState, environments: readonly Environment[]): readonly string[] {
  const played = environments.map(({ key }) => key)
  const needed = new Set(clients.map(({ record }) => record.environment))
  return [...needed].filter((key) => !played.includes(key)).map(brief)
}

/** A state that somebody has changed may name anything. */
const brief = (key: string) => (key.length > 60 ? `${key.slice(0, 60)}…` : key)
