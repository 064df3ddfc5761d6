import { unknownEndpoint } from './unknown.ts'
import type { Outcome, Visit } from './visit.ts'

export async function authorizeDevice({ request, url, environment }: Visit): Promise<Outcome> {
  return unknownEndpoint(request, url, environment)
}
