import { assertions } from './assertions.ts'
import { codes } from './codes.ts'
import { devices } from './devices.ts'
import { endings } from './endings.ts'
import { introspection } from './introspection.ts'
import type { Law } from './law.ts'
import { lifetimes } from './lifetimes.ts'
import { proofs } from './proofs.ts'
import { pushedRequests } from './pushed-requests.ts'
import { redirects } from './redirects.ts'
import { refreshes } from './refreshes.ts'
import { strangers } from './strangers.ts'

/** The laws of the engine, each with its control: first the thing works, then it does not. */
export const laws: readonly Law[] = [
  ...codes,
  ...devices,
  ...proofs,
  ...refreshes,
  ...lifetimes,
  ...endings,
  ...redirects,
  ...strangers,
  ...pushedRequests,
  ...assertions,
  ...introspection,
]
