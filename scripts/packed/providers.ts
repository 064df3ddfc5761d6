import type { ProviderDefinition } from 'mock-oauth/define'
import { providers } from 'mock-oauth/providers'

export const all: readonly ProviderDefinition[] = Object.values(providers)
// @ts-expect-error a definition is no name
export const wrong: readonly string[] = Object.values(providers)
