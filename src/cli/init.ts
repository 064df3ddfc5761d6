import { existsSync, writeFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { playable } from '../control/playable.ts'
import { providers } from '../providers.ts'
import type { ProviderDefinition } from '../vocabulary/definition.ts'
import { assumptionsOf } from './assumptions.ts'
import { configNames } from './config-file.ts'
import { type ConfigFormat, configText } from './config-text.ts'
import { isPath } from './path.ts'
import { print } from './print.ts'
import { loadProvider } from './provider-files.ts'
import { Stop } from './stop.ts'

interface InitOptions {
  provider?: readonly string[]
  format: ConfigFormat
  force?: boolean
}

/** Writes a configuration to begin with, and says what to do next. */
export async function init({ provider = Object.keys(providers), format, force = false }: InitOptions): Promise<void> {
  const name = `mock-oauth.config.${format}`
  const other = configNames.find((one) => one !== name && existsSync(one))
  if (other !== undefined) {
    throw new Stop(2, `There is a configuration here already: ${other}. Remove it first, or go on with it.`)
  }
  if (existsSync(name) && !force) {
    throw new Stop(2, `There is a configuration here already: ${name}. --force writes a new one over it.`)
  }
  const chosen: (string | ProviderDefinition)[] = []
  for (const one of provider) chosen.push(isPath(one) ? await loadProvider(one, process.cwd(), new Set()) : one)
  const environments = playable(chosen)
  const text = configText(format, {
    providers: provider,
    first: environments[0]?.provider ?? '',
    assumption: assumptionsOf(chosen)[0]?.split('='),
    webhooks: environments.some(({ rules }) => rules.webhooks !== undefined),
    schema: installedSchema(),
  })
  writeFileSync(name, text)
  print(
    `wrote ${name}`,
    '',
    'Next:',
    '  mock-oauth validate        says whether it is right',
    '  mock-oauth serve --watch   plays it, and takes each change of it',
  )
}

/** The schema in the nearest installation, as seen from the working directory. */
function installedSchema(from = process.cwd()): string | undefined {
  const file = resolve(from, 'node_modules/mock-oauth/dist/config.schema.json')
  if (existsSync(file))
    return relative(process.cwd(), file)
      .replaceAll('\\', '/')
      .replace(/^(?!\.)/, './')
  return dirname(from) === from ? undefined : installedSchema(dirname(from))
}
