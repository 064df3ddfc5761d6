import type { Arrival } from '../entrance/entrance.ts'

/** A web Request as it comes to a door. */
export async function arrivalOf(request: Request): Promise<Arrival> {
  const { origin, pathname, search } = new URL(request.url)
  return {
    method: request.method,
    origin,
    target: pathname + search,
    headers: Object.fromEntries(request.headers),
    body: request.body === null ? '' : await request.text(),
  }
}
