import fc from 'fast-check'

/** One thing done to a document: somewhere in it, another value or none. */
export interface Damage {
  /** Which of all places, over and over. */
  readonly place: number
  /** Nothing takes what stands there away. */
  readonly value: unknown
}

const deep = (depth: number): unknown => (depth === 0 ? 1 : [deep(depth - 1)])

const odd = fc.constantFrom<unknown>(
  ...[undefined, null, true, false, 0, -1, 0.5, 1e308, -1e308, Number.MAX_SAFE_INTEGER, 2 ** 53, 8.64e15 + 1],
  ...['', 'x', '__proto__', 'constructor', 'toString', '\u0000', '\ud800', 'r1', 'f1', 'w1', 'token', '9'.repeat(400)],
  ...[[], {}, [null], [[]], [{}], { a: 1 }, { length: 3 }, JSON.parse('{"__proto__":{"a":1}}'), { constructor: 1 }],
  ...[deep(200), 'y'.repeat(9_000)],
)

/** Things done to a document. */
export const damages: fc.Arbitrary<Damage[]> = fc.array(
  fc.record<Damage>({ place: fc.noBias(fc.nat({ max: 999_999 })), value: odd }),
  { minLength: 1, maxLength: 2 },
)

type Holder = Record<string, unknown>

/** Every place in a document, a list and what stands in it alike. */
function placesIn(document: object): (readonly [holder: Holder, key: string])[] {
  const places: (readonly [Holder, string])[] = []
  const waiting: object[] = [document]
  for (let holder = waiting.pop(); holder; holder = waiting.pop()) {
    for (const [key, value] of Object.entries(holder)) {
      places.push([holder as Holder, key])
      if (typeof value === 'object' && value !== null) waiting.push(value)
    }
  }
  return places
}

/** A copy of a document with something done to it. */
export function damaged<T extends object>(document: T, all: readonly Damage[]): T {
  const copy = structuredClone(document)
  for (const { place, value } of all) {
    const places = placesIn(copy)
    const [holder, key] = places[place % places.length] ?? []
    if (!holder || key === undefined) continue
    if (value === undefined) delete holder[key]
    else holder[key] = value
  }
  return copy
}
