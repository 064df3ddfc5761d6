import type { LifeEvent } from '../engine/life.ts'

/** What happened, in words; a moment beside it, or a request before it, is the caller's. */
const words: Readonly<Record<LifeEvent['event'], string>> = {
  issued: 'issued',
  minted: 'minted',
  challenge_lost: 'challenge spent',
  rotated: 'first used',
  window_over: 'no longer usable',
  spent: 'spent',
  replaced: 'replaced',
  revoked: 'revoked',
  expired: 'expired',
  grant_ended: 'authorization ended',
}

/** Who ended an authorization, in words. */
const enders: Readonly<Record<NonNullable<LifeEvent['by']>, string>> = {
  user: 'the user',
  client: 'the client',
  provider: 'the provider',
  code_replay: 'a second use of the code',
  refresh_token_reuse: 'a second use of a refresh token',
}

/** `spent by r5`, `revoked by the user (r7)` */
export function eventWords({ event, by, request }: LifeEvent): string {
  const who = by && enders[by]
  if (who) return `${words[event]} by ${who}${request === undefined ? '' : ` (${request})`}`
  return request === undefined ? words[event] : `${words[event]} by ${request}`
}

/** How long ago something was, in one unit. */
export function agoOf(at: string, now: number): string {
  const seconds = Math.floor((now - Date.parse(at)) / 1000)
  if (seconds < 1) return 'just now'
  const [length, unit] =
    seconds < 60
      ? [seconds, 's']
      : seconds < 3_600
        ? [Math.floor(seconds / 60), 'm']
        : seconds < 172_800
          ? [Math.floor(seconds / 3_600), 'h']
          : [Math.floor(seconds / 86_400), 'd']
  return `${length}${unit} ago`
}
