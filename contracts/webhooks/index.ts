import type { Clause } from '../../src/contract/clause.ts'
import { acknowledging } from './acknowledging.ts'
import { endings } from './endings.ts'
import { proof } from './proof.ts'

/** What the provider tells. */
export const webhooks: readonly Clause[] = [...endings, ...proof, ...acknowledging]
