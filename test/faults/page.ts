import { textOf } from '../architecture/source.ts'

/** The rows of the table with these headings in `docs/faults.md`; `\|` is no border. */
export function tableOf(...headings: readonly string[]): string[][] {
  const lines = textOf('docs/faults.md').split('\n')
  const head = lines.indexOf(`| ${headings.join(' | ')} |`)
  if (head < 0) throw new Error(`docs/faults.md has no table ${headings.join(', ')}`)
  const after = lines.slice(head + 2)
  const end = after.findIndex((line) => !line.startsWith('|'))
  return after.slice(0, end < 0 ? undefined : end).map((line) => {
    const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'))
    if (cells.length !== headings.length + 2) throw new Error(`docs/faults.md: not ${headings.length} cells: ${line}`)
    return cells.slice(1, -1)
  })
}

/** The text of a cell that is code. */
export const codeIn = (cell: string): string => /^`(.*)`$/s.exec(cell)?.[1] ?? ''
