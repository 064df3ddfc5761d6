import type { Sentences } from '../sentences.ts'
/** What each sentence of the page asks of a client. */
export declare const mercadoPago: Sentences
