import type { ProviderDefinition } from 'mock-oauth/define'
import { providers } from 'mock-oauth/providers'

export const all: readonly ProviderDefinition[] = Object.values(providers)
// @ts-expect-error nobody plays it
export const wrong = providers.nobody
