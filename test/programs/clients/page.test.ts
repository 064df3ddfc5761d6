import { expect, it } from 'vitest'
import { root, runProgram } from '../../cli/command.ts'

it('a library is judged as the page says', async () => {
  const shown = await runProgram(process.execPath, [`${root}scripts/clients.js`, '--check', 'golang.org/x/oauth2'])
  expect(shown).toMatchObject({ code: 0, stderr: '' })
}, 300_000)
