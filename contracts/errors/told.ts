import type { Evidence } from '../../src/contract/evidence.ts'

/** Whether an operator could read a code: in an answer, or in the log. */
export const isTold = ({ steps, output }: Evidence, code: string): boolean =>
  output.includes(code) || steps.some(({ answer }) => answer && 'code' in answer && answer.code?.includes(code))
