import type { Chance } from './chance.ts'

/** What a generated value may be made of. */
export interface Ingredients {
  readonly chance: Chance
  /** World time in milliseconds. */
  readonly now: number
  readonly clientId?: string
  readonly userId?: string
  /** For tokens of the test mode. */
  readonly test?: boolean
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

/** A random UUID (RFC 9562 §5.4). */
export const uuid: Format = {
  words: 'a UUID',
  make: ({ chance }) => {
    const [a, b, c, d, e] = [8, 3, 3, 12, 4].map((length) => chance.string('0123456789abcdef', length))
    return `${a}-${e}-4${b}-${chance.string('89ab', 1)}${c}-${d}`
  },
}

/** `length` characters of base64url. */
export const base64url = (length: number): Format => ({
  words: `${length} base64url characters`,
  make: ({ chance }) => chance.string(`${letters}${digits}-_`, length),
})

/** `length` decimal digits, the first one not zero. */
export const decimal = (length: number): Format => ({
  words: `${length} digits`,
  make: ({ chance }) => chance.string('123456789', 1) + chance.string(digits, length - 1),
})

/** `length` lower-case hexadecimal digits. */
export const hexadecimal = (length: number): Format => ({
  words: `${length} hexadecimal digits`,
  make: ({ chance }) => chance.string('0123456789abcdef', length),
})

/** `length` of these characters. */
export const charactersOf = (alphabet: string, length: number): Format => ({
  words: `${length} characters of ${alphabet}`,
  make: ({ chance }) => chance.string(alphabet, length),
})

/** Fixed text and formats, one after another. */
export const joined = (...parts: readonly (string | Format)[]): Format => ({
  words: parts.map((part) => (typeof part === 'string' ? part : `(${part.words})`)).join(''),
  make: (from) => parts.map((part) => (typeof part === 'string' ? part : part.make(from))).join(''),
})

/** The id of the client that the value is made for. */
export const ofTheClient: Format = { words: 'the client id', make: ({ clientId = '0' }) => clientId }

/** The id of the user whose account it is, or of the client's owner. */
export const ofTheUser: Format = { words: "the user's id", make: ({ userId = '0' }) => userId }

/** One text for ordinary values and another one in test mode. */
export const liveOrTest = (live: string, test: string): Format => ({
  words: `${live}, in test mode ${test}`,
  make: (from) => (from.test ? test : live),
})

/** The moment of issue as Unix seconds in eight hexadecimal digits, as ObjectIds of MongoDB begin. */
export const secondsInHex: Format = {
  words: 'the Unix time in 8 hexadecimal digits',
  make: ({ now }) =>
    Math.floor(now / 1000)
      .toString(16)
      .padStart(8, '0'),
}

/** The moment of issue as month, day and hour, in the time zone so many hours from UTC. */
export const monthDayHour = (zone: number): Format => ({
  words: `the time of issue as MMddHH in UTC${zone < 0 ? '' : '+'}${zone}`,
  make: ({ now }) => new Date(now + zone * 3_600_000).toISOString().slice(5, 13).replace(/[-T]/g, ''),
})
