import { createHash } from 'node:crypto'

/** Goes with each canary, and is no secret: where a canary could be shown, this must be. */
export const harmless = 'harmless7q'

// Behind the four characters that are shown of every long secret by design, and at its end.
const marks = ['KaNaRyYrAnAk', 'kAnArYyRaNaK'] as const

/** A secret that is recognised whole and by its halves; the same for the same place. Long enough for a code verifier. */
export function canaryAt(place: string): string {
  const own = createHash('sha256').update(place).digest('base64url')
  return `${own.slice(0, 4)}${marks[0]}${own.slice(4, 19)}${marks[1]}`
}

/** A secret that is written in another way in URLs and forms. */
export const awkwardCanaryAt = (place: string): string => canaryAt(place).replace(marks[1], `+/=& ${marks[1]}`)

/** A text in base64, wherever it begins in what is encoded: what lies whole within. */
const inBase64 = (text: string): string[] =>
  [0, 1, 2].map((before) => {
    const encoded = Buffer.from(`${'x'.repeat(before)}${text}`)
      .toString('base64')
      .replace(/=+$/, '')
    return encoded.slice(before === 0 ? 0 : 4, -2)
  })

const halvesOf = (secret: string): string[] => [secret.slice(4, 16), secret.slice(-12)]

const tracesOf = (halves: readonly string[]): string[] => halves.flatMap((half) => [half, ...inBase64(half)])

const traces = tracesOf(marks)

/** The secrets that a text shows, by their places: canaries by their marks, others by their halves; in base64 too. */
export function leaksIn(text: string, secrets: ReadonlyMap<string, string>): string[] {
  const isCanary = (secret: string) => secret.includes(marks[0])
  const hasMark = traces.some((trace) => text.includes(trace))
  const shown = [...secrets].filter(([secret]) =>
    isCanary(secret)
      ? hasMark && text.includes(secret.slice(18, 26))
      : tracesOf(halvesOf(secret)).some((trace) => text.includes(trace)),
  )
  if (hasMark && shown.length === 0) return [`a canary: ${around(text)}`]
  return shown.map(([, place]) => place)
}

/** What stands before the first trace. */
function around(text: string): string {
  const at = Math.min(...traces.map((trace) => text.indexOf(trace)).filter((index) => index >= 0))
  return text.slice(Math.max(0, at - 60), at + 20)
}
