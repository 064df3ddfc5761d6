import { inWords, type Milliseconds } from './duration.ts'

/** Which answers of a receiver count as received. */
export interface Received {
  readonly words: string
  readonly counts: (status: number) => boolean
}

/** Any status from 200 to 299. */
export const any2xx: Received = { words: 'any 2xx', counts: (status) => status >= 200 && status < 300 }

/** These statuses and no other. */
export const statuses = (...received: readonly number[]): Received => ({
  words: received.join(' or '),
  counts: (status) => received.includes(status),
})

/** When an event that was not received is sent again. The list ends, and with it the attempts. */
export interface Retries {
  readonly words: string
  /** Since the first attempt, ascending. */
  readonly after: readonly Milliseconds[]
}

/** At these times after the first attempt. */
export const retriesAfter = (...after: readonly Milliseconds[]): Retries => ({
  words: `${after.map(inWords).join(', ')} after the first attempt`,
  after,
})

/** At equal distances, so many times. */
export const retriesEvery = (distance: Milliseconds, times: number): Retries => ({
  words: `every ${inWords(distance)}, ${times} times`,
  after: Array.from({ length: times }, (_, i) => (i + 1) * distance),
})
