import { createMockOAuth } from 'mock-oauth'

export const mock = await createMockOAuth({ providers: ['mekari'] })
export const id: string = mock.provider('mekari').clientId
// @ts-expect-error a seed is a text
export const wrong: number = mock.seed
