import type { Evidence } from '../../src/contract/evidence.ts'

/** Whether an operator could read a code: in an answer, or in the log. */
export const isTold = ({ steps, output }: Evidence, code: string): boolean =>
  output.includes(code) || steps.some(({ answer }) => answer && 'code' in answer && answer.code?.includes(code))

/** Whether a text tells a status, and not the same digits in a time, a port or an id. */
export const isStatusIn = (text: string, status: number): boolean =>
  new RegExp(`(?<![\\da-f.,])${status}(?![\\da-z]| ?ms\\b)`, 'i').test(text)
