import type { Chance } from './chance.ts'

/** What a generated value may be made of. */
export interface Ingredients {
  readonly chance: Chance
  /** World time in milliseconds. */
  readonly now: number
  readonly clientId?: string
  readonly userId?: string
}

/** How a provider's ids, secrets, codes and tokens look. */
export interface Format {
  readonly words: string
  readonly make: (from: Ingredients) => string
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const digits = '0123456789'

/** `length` letters and digits of both cases. */
export const alphanumeric = (length: number): Format => ({
  words: `${length} letters and digits`,
  make: ({ chance }) => chance.string(letters + digits, length),
})
