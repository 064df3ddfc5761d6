import { hours, type ProviderDefinition } from 'mock-oauth/define'

export const life: number = hours(1)
// @ts-expect-error a definition says more than its name
export const wrong: ProviderDefinition = { id: 'acme' }
