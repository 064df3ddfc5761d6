import { finexer } from './providers/finexer.ts'
import { mekari } from './providers/mekari.ts'
import { mercury } from './providers/mercury.ts'
import type { ProviderDefinition } from './vocabulary/definition.ts'

/** Every provider that mock-oauth plays, by name: the only list. */
export const providers: Readonly<Record<string, ProviderDefinition>> = { mekari, finexer, mercury }
