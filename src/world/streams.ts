import { type ChanceState, createChance, type Stream } from './chance.ts'

const purposes = ['tokens', 'pages', 'ids', 'own', 'webhooks', 'headers', 'faults'] as const

type ByPurpose<T> = Readonly<Record<(typeof purposes)[number], T>>

/** Streams of chance, a separate one for each purpose, so that one does not shift another. */
export type Streams = ByPurpose<Stream>

/** Where each stream has come to. */
export type StreamsState = ByPurpose<ChanceState>

const each = <T>(make: (purpose: (typeof purposes)[number]) => T) =>
  Object.fromEntries(purposes.map((purpose) => [purpose, make(purpose)])) as unknown as ByPurpose<T>

/**
 * The streams of a seed.
 * @param run how often a process has gone on with what another had kept: each run draws anew, so that nothing comes twice,
 *   but what belongs to somebody by the seed alone, such as a signing key, stays theirs
 */
export function createStreams(seed: string, run = 0): Streams {
  const chance = createChance(seed)
  const ofRun = run === 0 ? chance : chance.fork(`run ${run}`)
  return each((purpose) => (purpose === 'own' ? chance : ofRun).fork(purpose))
}

/** Where streams have come to. */
export const dumpStreams = (streams: Streams): StreamsState => each((purpose) => streams[purpose].dump())

/** The streams of a seed, from there on. */
export function loadStreams(seed: string, run: number, state: StreamsState): Streams {
  const streams = createStreams(seed, run)
  for (const purpose of purposes) streams[purpose].load(state[purpose])
  return streams
}
