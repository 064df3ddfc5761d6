import type { Clause } from '../../src/contract/clause.ts'
import { comingAgain } from './again.ts'
import { errorCallbacks } from './errors.ts'
import { otherServers } from './other-servers.ts'
import { callbackPages } from './pages.ts'
import { parameters } from './parameters.ts'
import { stateChecks } from './state.ts'

/** The callback: how the browser comes back. */
export const callback: readonly Clause[] = [
  ...stateChecks,
  ...errorCallbacks,
  ...parameters,
  ...callbackPages,
  ...otherServers,
  ...comingAgain,
]
