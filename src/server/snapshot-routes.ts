import { restoreSnapshot, type Snapshot, takeSnapshot } from '../control/snapshot.ts'
import type { ControlRoute } from './control-route.ts'
import { object, oneOf, said } from './schema.ts'

/** A thousand exchanges with long bodies, and ten thousand dead tokens, find room. */
const largest = 200_000_000

/** All of a world as one document. */
export const snapshotRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/snapshot',
    summary: 'All of the world at this moment as one document, tokens and secrets included',
    query: object({ secrets: said(oneOf('true', 'false'), 'the requests so far with their secrets, too') }),
    answer: (world, { query }) => takeSnapshot(world, { secrets: query.secrets === 'true' }),
  },
  {
    method: 'PUT',
    path: '/snapshot',
    summary: 'Goes back to a snapshot',
    body: { type: 'object' },
    bodyLimit: largest,
    answer: (world, { body }) => restoreSnapshot(world, body as Snapshot),
  },
]
