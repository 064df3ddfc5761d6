import type { ProviderDefinition } from './definition.ts'

/** Declares a provider. The compiler checks it against the vocabulary; the value is returned as it is. */
export const defineProvider = <const D extends ProviderDefinition>(definition: D): D => definition
