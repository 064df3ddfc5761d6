import { goTo } from 'mock-oauth/consent'

export const typed: typeof goTo = goTo
// @ts-expect-error it is a function
export const wrong: string = goTo
