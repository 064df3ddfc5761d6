import { hours, inWords, type Milliseconds, seconds } from './duration.ts'
import { MockOAuthError } from './misuse.ts'

/**
 * What happens to a refresh token when it is used.
 *
 * - `none`: it lives on and is returned again
 * - `singleUse`: it is dead, a new one comes; using it again is refused and does nothing else
 * - `singleUse+familyRevoked`: the same, and using it again ends every token of the family (RFC 9700 §4.14.2)
 * - `grace:30`: a new one comes, and for 30 seconds each further use of the old one brings a pair of its own; after that it is
 *   `singleUse+familyRevoked`
 * - `grace:30,1`: the same, for one further use
 * - `samePair:30`: for 30 seconds each further use of the old one brings the very pair of the first use again, as long as that
 *   lives and the new one was not used; after that it is `singleUse+familyRevoked`
 * - `keepsOld:24`: the old one works on for 24 hours, each use with a new pair; after that it is `singleUse`
 * - `optionalNew`: the first two uses bring no new one and the old one lives on; the third is `singleUse`
 */
export type RotationPolicy =
  | 'none'
  | 'singleUse'
  | 'singleUse+familyRevoked'
  | `grace:${number}`
  | `grace:${number},${number}`
  | `samePair:${number}`
  | `keepsOld:${number}`
  | 'optionalNew'

/** A rotation policy, taken apart. */
export interface Rotation {
  /** At which uses of a token a new one comes: at each, at each third, at none. */
  readonly renewsAt: 'eachUse' | 'thirdUse' | 'noUse'
  /** For how long, and how often, the old one may be used again. */
  readonly again?: {
    readonly within: Milliseconds
    readonly times: number
    readonly brings: 'aNewPair' | 'theSamePair'
  }
  /** What a use beyond that costs besides the refusal. */
  readonly reuse: 'refused' | 'familyRevoked'
}

/** The policies without a number. */
const plain: Readonly<Record<string, Rotation>> = {
  none: { renewsAt: 'noUse', reuse: 'refused' },
  singleUse: { renewsAt: 'eachUse', reuse: 'refused' },
  'singleUse+familyRevoked': { renewsAt: 'eachUse', reuse: 'familyRevoked' },
  optionalNew: { renewsAt: 'thirdUse', reuse: 'refused' },
}

/** How each policy is written, for those who have to choose one. */
export const rotationPolicies = [
  'none',
  'singleUse',
  'singleUse+familyRevoked',
  'grace:<seconds>',
  'grace:<seconds>,<uses>',
  'samePair:<seconds>',
  'keepsOld:<hours>',
  'optionalNew',
] as const

const longest = hours(24) * 36_525
const read = new Map<string, Rotation | undefined>()

/** Takes a policy apart; nothing for what is none. */
export function readRotation(text: string): Rotation | undefined {
  if (!read.has(text)) {
    if (read.size > 1_000) read.clear()
    read.set(text, parse(text))
  }
  return read.get(text)
}

function parse(text: string): Rotation | undefined {
  if (Object.hasOwn(plain, text)) return plain[text]
  const [, name, length = '', uses] = /^(grace|samePair|keepsOld):(\d+)(?:,(\d+))?$/.exec(text) ?? []
  const within = name === 'keepsOld' ? hours(Number(length)) : seconds(Number(length))
  const times = uses === undefined ? Number.POSITIVE_INFINITY : Number(uses)
  if (name === undefined || within === 0 || within > longest || times === 0) return undefined
  if (uses !== undefined && name !== 'grace') return undefined
  return {
    renewsAt: 'eachUse',
    again: { within, times, brings: name === 'samePair' ? 'theSamePair' : 'aNewPair' },
    reuse: name === 'keepsOld' ? 'refused' : 'familyRevoked',
  }
}

/**
 * Takes a policy apart.
 * @throws {MockOAuthError} `invalid_rotation`
 */
export function rotationOf(text: string): Rotation {
  const found = readRotation(text)
  if (found) return found
  throw new MockOAuthError(
    'invalid_rotation',
    `"${text}" is not a rotation policy. Expected ${rotationPolicies.join(', ')}.`,
  )
}

/** What a policy with a number does, in words. */
export function rotationInWords(text: string): string | undefined {
  const { again } = readRotation(text) ?? {}
  if (!again) return undefined
  const { within, times, brings } = again
  const length = inWords(within)
  if (brings === 'theSamePair') {
    return `a refresh token works once and each answer brings the next; for ${length} using the old one again brings the same pair again, unless the next was used; after that it ends every token of the authorization`
  }
  if (text.startsWith('keepsOld')) {
    return `each answer brings a new refresh token, and the old one works on for ${length}; after that using it is refused and changes nothing`
  }
  const often =
    times === Number.POSITIVE_INFINITY ? 'again' : `again${times === 1 ? ', once,' : `, up to ${times} times,`}`
  return `a refresh token works once and each answer brings the next; for ${length} using the old one ${often} brings another pair; after that it ends every token of the authorization`
}
