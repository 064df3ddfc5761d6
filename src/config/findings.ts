import { MockOAuthError } from '../vocabulary/misuse.ts'
import { type Mistake, mistakeAt } from './mistake.ts'

type Path = readonly string[]

/** The mistakes found in a configuration so far. */
export interface Findings {
  readonly mistakes: readonly Mistake[]
  add(path: Path, rest: string): void
  /** Whether nothing is wrong at a path, within it or around it. */
  isSound(path: Path): boolean
  /** Makes something of what stands at a path, if that is sound; what it throws is one more mistake. */
  attempt<T>(path: Path, make: () => T): T | undefined
  /** The entries of what stands at a path; none where that is no object. */
  entriesOf(value: unknown, path: Path): readonly (readonly [key: string, value: unknown])[]
}

const startsWith = (path: Path, start: Path) => start.every((key, i) => path[i] === key)

/** @param first what was found before */
export function createFindings(first: readonly Mistake[]): Findings {
  const mistakes = [...first]
  const isSound = (path: Path) =>
    !mistakes.some((mistake) => startsWith(path, mistake.path) || startsWith(mistake.path, path))
  const add = (path: Path, rest: string) => void mistakes.push(mistakeAt(path, rest))
  return {
    mistakes,
    add,
    isSound,
    attempt(path, make) {
      if (!isSound(path)) return undefined
      try {
        return make()
      } catch (error) {
        if (!(error instanceof MockOAuthError)) throw error
        add(path, `: ${error.message}`)
        return undefined
      }
    },
    entriesOf: (value, path) =>
      typeof value === 'object' && value !== null && !mistakes.some((one) => startsWith(path, one.path))
        ? Object.entries(value)
        : [],
  }
}
