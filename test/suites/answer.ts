import type { Answer } from '../doors.ts'

/** The value of a header. */
export const headerOf = ({ headers }: Answer, name: string): string | undefined =>
  headers.find(([one]) => one === name)?.[1]

/** Where an answer sends the browser; empty when it sends it nowhere. */
export const locationOf = (answer: Answer): string => headerOf(answer, 'location') ?? ''

/** The two tokens of a success. */
export function tokensOf({ body }: Answer): { access: string; refresh: string } {
  const { access_token, refresh_token } = JSON.parse(body) as Record<string, string>
  return { access: access_token ?? '', refresh: refresh_token ?? '' }
}
