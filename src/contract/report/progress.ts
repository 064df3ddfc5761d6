import { quiet, type Verdict, type VerdictKind } from '../verdict.ts'

/** Where progress is shown. */
export interface ProgressOutput {
  /** One line that is written over; otherwise a line now and then. */
  readonly isTerminal: boolean
  write(text: string): void
}

/** What is shown while a run goes on. */
export interface Progress {
  /** @param total how many verdicts there will be */
  judged(verdict: Verdict, total: number): void
  /** Takes the line away. */
  end(): void
}

/** Elsewhere than at a terminal a line comes after so many parts of the whole. */
const parts = 10

/** `37/115 mekari · 2 broken` */
export function createProgress({ isTerminal, write }: ProgressOutput): Progress {
  const counts = new Map<VerdictKind, number>()
  let done = 0
  return {
    judged({ kind, provider, assumed }, total) {
      done++
      if (!quiet.has(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1)
      const found = [...counts].map(([one, count]) => ` · ${count} ${one}`).join('')
      const line = `${done}/${total} ${assumed ?? provider}${found}`
      if (isTerminal) write(`\r\u001b[2K${line.slice(0, 79)}`)
      else if (Math.floor((done * parts) / total) > Math.floor(((done - 1) * parts) / total)) write(`${line}\n`)
    },
    end() {
      if (isTerminal && done > 0) write('\r\u001b[2K')
    },
  }
}
