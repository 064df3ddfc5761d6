import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { root, runProgram } from '../cli/command.ts'

const textOf = (path: string) => readFileSync(root + path, 'utf8')
const filesUnder = (folder: string): string[] =>
  readdirSync(root + folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath.slice(root.length)}/${name}`)

describe('examples', () => {
  it('are what the README and the pages show', async () => {
    const shown = await runProgram(process.execPath, [`${root}scripts/examples.js`, '--check'])
    expect(shown).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  it('are run, each of them: by Vitest, or by a test or a step of CI that names it', () => {
    const runners = [...filesUnder('test'), '.ci/run', 'vitest.browser.config.ts'].map(textOf).join('\n')
    const isNamed = (path: string): boolean =>
      runners.includes(path) || (path.split('/').length > 2 && isNamed(path.replace(/\/[^/]*$/, '')))
    const isRun = (path: string) => path.endsWith('.test.ts') || runners.includes(`'${path.slice(9)}'`) || isNamed(path)
    const idle = filesUnder('examples').filter((path) => !isRun(path))
    expect(idle).toEqual([])
  })
})
