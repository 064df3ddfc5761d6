import { checkAssumptions } from './assumptions.ts'
import { coloursFor } from './colours.ts'
import { print, printJson } from './print.ts'
import { sheetOf } from './sheet.ts'
import { sheetMarkdown } from './sheet-markdown.ts'
import { sheetText } from './sheet-text.ts'

interface ShowOptions {
  format: 'text' | 'markdown' | 'json'
  json?: boolean
  assume?: Readonly<Record<string, string>>
}

/** Prints everything that a provider definition says, and how each value is known. */
export function show(provider: string, { format, json, assume }: ShowOptions): void {
  checkAssumptions([provider], assume)
  const sheet = sheetOf(provider, assume)
  if (json || format === 'json') printJson(sheet)
  else
    print(
      format === 'markdown'
        ? sheetMarkdown(sheet)
        : sheetText(sheet, coloursFor(process.stdout), process.stdout.columns),
    )
}
