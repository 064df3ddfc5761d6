import { listKeys, type RotationInput, rotateKeys } from '../control/keys.ts'
import type { ControlRoute } from './control-route.ts'
import { object, said, text, truth } from './schema.ts'

/** Signing keys, for providers with ID tokens. */
export const keyRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/keys',
    summary: 'The public keys that a provider shows, newest first, and which of them sign now',
    query: object({ provider: text }),
    answer: (world, { query }) => listKeys(world, query.provider),
  },
  {
    method: 'POST',
    path: '/keys/rotate',
    summary: 'Makes new keys sign; the old ones are shown on, so that what they signed verifies',
    body: object({ provider: text, retire: said(truth, 'takes the old keys off at once; default: false') }),
    answer: (world, { body }) => rotateKeys(world, body as RotationInput),
  },
]
