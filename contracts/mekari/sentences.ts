import type { Sentences } from '../sentences.ts'

/** What each sentence of the page asks of a client. */
export const mekari: Sentences = {}
