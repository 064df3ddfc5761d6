import type { Clause } from '../../src/contract/clause.ts'
import { accounts } from './accounts.ts'
import { cancelled } from './cancelled.ts'
import { crash } from './crash.ts'
import { family } from './family.ts'
import { lateCaller } from './late-caller.ts'
import { losers } from './losers.ts'
import { lostResponse } from './lost-response.ts'
import { newerWins } from './newer-wins.ts'
import { singleFlight } from './single-flight.ts'
import { twoProcesses } from './two-processes.ts'
import { unsaved } from './unsaved.ts'

/** Rotation, and many at once. */
export const rotation: readonly Clause[] = [
  ...singleFlight,
  ...lateCaller,
  ...twoProcesses,
  ...losers,
  ...cancelled,
  ...family,
  ...lostResponse,
  ...crash,
  ...newerWins,
  ...unsaved,
  ...accounts,
]
