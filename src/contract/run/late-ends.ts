import type { Found } from './bench.ts'
import type { Judged } from './judge.ts'

/**
 * A shared process that ended by itself may have been ended by any story in it, also by one that was over. All of them are judged
 * again, each in processes of its own, and that is their verdict. Where none of them ends one alone, none is kept.
 */
export async function settled<Job>(
  found: ReadonlyMap<Job, Found>,
  again: (jobs: readonly Job[]) => Promise<ReadonlyMap<Job, Judged>>,
): Promise<ReadonlyMap<Job, Judged>> {
  const ended = new Set(
    [...found.values()].flatMap(({ shared }) => shared).filter((process) => process.lateEnd() !== undefined),
  )
  const doubtful = [...found].filter(([, { shared }]) => shared.some((process) => ended.has(process)))
  const alone = await again(doubtful.map(([job]) => job))
  const verdicts = new Map<Job, Judged>([...found, ...alone])
  for (const process of ended) {
    const sharers = doubtful.filter(([, { shared }]) => shared.includes(process)).map(([job]) => job)
    if (sharers.some((job) => alone.get(job)?.played?.evidence.deaths.length)) continue
    const why = `A process that played it and other stories ended by itself (${process.lateEnd()}), and none of them ends one alone.`
    for (const job of sharers) {
      const judged = verdicts.get(job)
      if (judged?.verdict.kind !== 'kept') continue
      verdicts.set(job, { ...judged, verdict: { ...judged.verdict, kind: 'inconclusive', why } })
    }
  }
  return verdicts
}
