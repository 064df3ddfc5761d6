/** Does jobs, so many at a time; results stand in the order of the jobs. */
export async function pooled<Job, Result>(
  jobs: readonly Job[],
  parallel: number,
  act: (job: Job) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = []
  const rest = jobs.entries()
  const worker = async () => {
    for (const [at, job] of rest) results[at] = await act(job)
  }
  await Promise.all(Array.from({ length: parallel }, worker))
  return results
}
