import type { Clause } from '../../src/contract/clause.ts'
import { disconnect } from './disconnect.ts'
import { elsewhere } from './elsewhere.ts'

export const revocation: readonly Clause[] = [...disconnect, ...elsewhere]
