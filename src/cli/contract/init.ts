import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { clientsFolder } from '../../contract/clients-folder.ts'
import { print } from '../print.ts'
import { Stop } from '../stop.ts'

interface InitOptions {
  language: 'typescript' | 'python' | 'go'
  folder: string
  force?: boolean
}

/** How a driver in a language is started from where `init` was. */
const starts: Readonly<Record<InitOptions['language'], (folder: string) => string>> = {
  // It comes with us; a newer Node does it alone, and faster.
  typescript: (folder) => `npx jiti ${folder}/driver.ts`,
  python: (folder) => `python3 ${folder}/driver.py`,
  go: (folder) => `go run ${folder}/*.go`,
}

/** Writes a careful client and its driver, and says what to do next. */
export function init({ language, folder, force = false }: InitOptions): void {
  const from = clientsFolder(language)
  const names = readdirSync(from).filter((name) => /\.(ts|py|go|mod)$/.test(name))
  const there = names.find((name) => existsSync(join(folder, name)))
  if (there !== undefined && !force) {
    throw new Stop(
      2,
      `${join(folder, there)} is there already. --force writes over it, --folder chooses another place.`,
    )
  }
  mkdirSync(folder, { recursive: true })
  for (const name of names) copyFileSync(join(from, name), join(folder, name))
  const command = starts[language](folder)
  print(
    ...names.map((name) => `wrote ${join(folder, name)}`),
    '',
    'Next:',
    `  mock-oauth contract smoke --client "${command}"`,
    `  mock-oauth contract --provider mekari --client "${command}"`,
    'then put your own client in the place of this one: the driver stays as it is.',
  )
}
