// Builds dist/ where a source is newer than it. `npx mock-oauth` in a clone prepares the clone once more: what is built already must not cost
// it a second build.
import { existsSync, readdirSync, statSync } from 'node:fs'

const under = (folder) => readdirSync(folder, { recursive: true }).map((file) => `${folder}/${file}`)
const sources = [
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
  ...under('src'),
  ...under('contracts'),
  ...under('scripts'),
]
const built = 'dist/cli/main.js'

const madeAt = (file) => statSync(file).mtimeMs
if (!existsSync(built) || sources.some((file) => madeAt(file) > madeAt(built))) await import('./build.js')
