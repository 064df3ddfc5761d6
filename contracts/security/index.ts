import type { Clause } from '../../src/contract/clause.ts'
import { leaks } from './leaks.ts'
import { logins } from './logins.ts'
import { callbackPages } from './pages.ts'
import { atRest } from './store.ts'
import { transport } from './transport.ts'

/** What must not come to light, and who must not come in. */
export const security: readonly Clause[] = [...leaks, ...transport, ...callbackPages, ...atRest, ...logins]
