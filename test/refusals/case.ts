import type { Exchange } from 'mock-oauth'
import type { Integration } from '../suites/mekari/client.ts'

/** Why something was refused, as the journal keeps it. */
export type Because = Exchange['refusal']

/** Something that is refused: in words, as an act, and why, exactly. */
export type Case = readonly [refused: string, act: (program: Integration) => Promise<Because>]

/** The redirect URI of the default client. */
export const callback = 'http://localhost:3000/callback'
