import { checkAssumptions } from './assumptions.ts'
import { coloursFor } from './colours.ts'
import { findConfig } from './config-file.ts'
import { configure } from './configuration.ts'
import { print, printJson } from './print.ts'
import { sheetOf } from './sheet.ts'
import { sheetMarkdown } from './sheet-markdown.ts'
import { sheetText } from './sheet-text.ts'

interface ShowOptions {
  config?: string
  format: 'text' | 'markdown' | 'json'
  json?: boolean
  assume?: Readonly<Record<string, string>>
}

/** What is said of a provider and its environments. */
const ownOf = <T>(by: Readonly<Record<string, T>> = {}, id: string): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(by).filter(([name]) => name.split(':')[0] === id))

/** Prints everything that a provider definition says, as `serve` would play it here, and how each value is known. */
export async function show(name: string, { config: path, format, json, assume }: ShowOptions): Promise<void> {
  const config = await configure(path ?? findConfig(), { providers: [name], ...(assume && { assume }) }, new Set())
  const [provider = name] = config.providers ?? []
  if (assume) checkAssumptions([provider], assume)
  const id = typeof provider === 'string' ? provider : provider.id
  const sheet = sheetOf(provider, config.assume, config.lifetimes?.[id], ownOf(config.rotation, id))
  if (json || format === 'json') printJson(sheet)
  else
    print(
      format === 'markdown'
        ? sheetMarkdown(sheet)
        : sheetText(sheet, coloursFor(process.stdout), process.stdout.columns),
    )
}
