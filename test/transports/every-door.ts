import { describe, expect, it } from 'vitest'
import { type Answer, byName, type Door, type Init } from '../doors/door.ts'
import { doors } from '../doors.ts'

/** A request of a test, and its answer once that is there. */
interface Exchange {
  readonly request: string
  answer?: Answer
  /** Those that are under way at once have one number: which of them is answered first is chance. */
  readonly batch: number
}

/** What each test sent and got through a door, by the name of the test. */
type Recording = Map<string, Exchange[]>

/**
 * Runs suites through every door, and then holds what came through each against what a direct call brings, byte for byte.
 *
 * Set aside: headers that belong to one connection only (test/doors/send.ts); Date, for tests that leave the clock running
 * (test/transports.test.ts compares it where it stands still); the order of headers where a door keeps none; and, of requests
 * that are under way at once, their order and what they draw from the seed in that order. The public origin is the provider's
 * own at each of these doors.
 */
export function throughEveryDoor(what: string, suites: (door: Door) => void): void {
  const recordings = doors.map((door) => ({ door, recording: new Map() as Recording }))
  for (const { door, recording } of recordings) {
    describe(`${what} through ${door.name}`, () => suites(recorded(door, recording)))
  }
  describe(`${what} by a direct call`, () => {
    const [first, ...others] = recordings
    it('is recorded', () => {
      expect(first?.recording.size).toBeGreaterThan(0)
    })
    it.each(others)('is the same as through $door.name', ({ recording }) => {
      expect(differences(first?.recording ?? new Map(), recording)).toEqual([])
    })
  })
}

/** The same door, whose exchanges are written down. */
function recorded(door: Door, recording: Recording): Door {
  return {
    name: door.name,
    async open(options) {
      const { mock, request } = await door.open(options)
      const name = testName()
      const exchanges = recording.get(name) ?? []
      recording.set(name, exchanges)
      let underWay = 0
      let batch = exchanges.at(-1)?.batch ?? 0
      return {
        mock,
        async request(url, init) {
          if (underWay++ === 0) batch++
          const exchange: Exchange = { request: written(url, init), batch }
          exchanges.push(exchange)
          try {
            exchange.answer = await request(url, init)
            return exchange.answer
          } finally {
            underWay--
          }
        },
      }
    },
  }
}

/** The name of the running test, without the suite around it, which names the door. */
const testName = () => (expect.getState().currentTestName ?? '').replace(/^.*? > /, '')

const written = (url: string, { method = 'GET' }: Init = {}) => `${method} ${url.replace(/\?.*$/s, '')}`

/** What is not the same, a sentence each: which test, which of its requests, and the first thing that differs. */
function differences(expected: Recording, seen: Recording): readonly string[] {
  const missing = [...expected.keys()].filter((name) => !seen.has(name)).map((name) => `${name}: did not come through`)
  const more = [...seen.keys()].filter((name) => !expected.has(name)).map((name) => `${name}: came through here alone`)
  const others = [...expected].flatMap(([name, exchanges]) => {
    const found = firstDifference(inOrder(exchanges), inOrder(seen.get(name) ?? exchanges))
    return found === undefined ? [] : [`${name}: ${found}`]
  })
  return [...missing, ...more, ...others]
}

function firstDifference(expected: readonly Exchange[], seen: readonly Exchange[]): string | undefined {
  for (const [i, { request, answer }] of expected.entries()) {
    const other = seen[i]
    const where = `request ${i + 1}, ${request}`
    if (other?.request !== request) return `${where}, was ${other?.request ?? 'not sent'}`
    const lines = linesOf(answer, other.answer)
    const theirs = linesOf(other.answer, answer)
    const at = lines.findIndex((line, n) => line !== theirs[n])
    if (at >= 0 || lines.length !== theirs.length) {
      return `${where}: expected ${lines[at] ?? 'no more'}, got ${theirs[at === -1 ? lines.length : at] ?? 'no more'}`
    }
  }
  return seen.length > expected.length ? `${seen.length - expected.length} requests more` : undefined
}

/** An answer as lines; headers in the order of names where one of the two has no other. */
function linesOf(answer: Answer | undefined, other: Answer | undefined): readonly string[] {
  if (!answer) return ['no answer']
  const undated = answer.headers.filter(([name]) => name !== 'date')
  const headers = answer.isUnordered || other?.isUnordered ? byName(undated) : undated
  return [`status ${answer.status}`, ...headers.map(([name, value]) => `${name}: ${value}`), ...answer.body.split('\n')]
}

function inOrder(exchanges: readonly Exchange[]): readonly Exchange[] {
  const isAlone = ({ batch }: Exchange) => exchanges.filter((one) => one.batch === batch).length === 1
  return exchanges
    .map((one) => (isAlone(one) || !one.answer ? one : { ...one, answer: withoutDrawn(one.answer) }))
    .toSorted((one, other) => one.batch - other.batch || (keyOf(one) < keyOf(other) ? -1 : 1))
}

/** Codes, tokens and nonces are long words. */
const masked = (text: string) => text.replace(/[\w-]{20,}/g, 'drawn')

const withoutDrawn = ({ headers, body, ...rest }: Answer): Answer => ({
  ...rest,
  headers: headers.map(([name, value]) => [name, masked(value)]),
  body: masked(body),
})

const keyOf = ({ request, answer }: Exchange) => `${request} ${answer?.status} ${answer?.body}`
