import type { Sheet } from './sheet.ts'

const pathOf = (url: string) => new URL(url).pathname

/** Endpoint, methods and URL, as rows; one that stands at several hosts of an environment is listed once. */
export function endpointRows(endpoints: Sheet['endpoints']): string[][] {
  const listed: { first: Sheet['endpoints'][number]; more: number }[] = []
  for (const one of endpoints) {
    const last = listed.at(-1)
    if (last?.first.endpoint === one.endpoint && pathOf(last.first.url) === pathOf(one.url)) last.more++
    else listed.push({ first: one, more: 0 })
  }
  return listed.map(({ first: { endpoint, methods, url }, more }) => [
    endpoint,
    methods.join(', '),
    more === 0 ? url : `${url}, and at ${more} more ${more === 1 ? 'host' : 'hosts'}: see --json`,
  ])
}
