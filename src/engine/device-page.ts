import { unknownEndpoint } from './unknown.ts'
import type { Outcome, Visit } from './visit.ts'

export async function decideForDevice({ request, url, environment }: Visit): Promise<Outcome> {
  return unknownEndpoint(request, url, environment)
}
