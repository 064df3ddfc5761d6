import { textOf } from '../architecture/source.ts'

/** One sentence of a provider's page, and where it is shown. */
export interface Row {
  readonly number: string
  readonly section: string
  readonly rule: string
  /** Each test, fixture or reason of the last cell. */
  readonly shownBy: readonly string[]
}

/** The rows of `docs/rules/<page>.md`; `\|` is no border. */
export function rowsOf(path: string): Row[] {
  const [, body = ''] = textOf(path).split('\n| --- | --- | --- | --- |\n')
  return body
    .trimEnd()
    .split('\n')
    .map((line) => {
      const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'))
      const [before, number = '', section = '', rule = '', shown = '', behind] = cells
      if (before !== '' || behind !== '' || cells.length !== 6) throw new Error(`${path}: not four cells: ${line}`)
      return { number, section, rule, shownBy: shown.split('<br>') }
    })
}
