import { spawn } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { acmeFiles, bin, endOf, environment, folderWith, linesOf, run, serve } from './command.ts'

const minted = async (cwd: string, url: string) => (await run(['token', 'acme', '--url', url], {}, cwd)).stdout.trim()
const opens = async (url: string, token: string) =>
  (await fetch(`${url}/acme/me`, { headers: { authorization: `Bearer ${token}` } })).status

describe('a provider of a file', () => {
  it('is played by its path, with nothing installed beside it', async () => {
    const cwd = folderWith({
      ...acmeFiles,
      'my own/a.mts': acmeFiles['acme.ts']?.replace('./life.ts', '../life') ?? '',
    })
    for (const path of ['./acme.ts', 'acme.ts', `${cwd}/acme.ts`, 'my own/a.mts']) {
      const { url, line } = await serve(['--provider', path], {}, cwd)
      expect(Object.keys(JSON.parse(line).providers)).toEqual(['acme'])
      expect(await opens(url, await minted(cwd, url))).toBe(200)
    }
  })

  it('stands beside one that is built in, and its assumptions can be chosen', async () => {
    const cwd = folderWith(acmeFiles)
    const flags = ['--provider', 'mekari,./acme.ts', '--assume', 'acme.errors=message']
    const { line } = await serve(flags, {}, cwd)
    const { acme, ...others } = JSON.parse(line).providers
    expect(Object.keys(others)).toEqual(['mekari', 'mekari:sandbox'])
    const body = new URLSearchParams({ grant_type: 'authorization_code', client_id: acme.clientId, code: 'x' })
    expect(Object.keys(await (await fetch(acme.tokenUrl, { method: 'POST', body })).json())).toEqual(['message'])
  })

  it('is shown to people when it is ready, and by show', async () => {
    const cwd = folderWith(acmeFiles)
    const child = spawn(process.execPath, [bin, 'serve', '--port', '0', '--provider', './acme.ts'], {
      env: environment(),
      stdio: ['ignore', 'pipe', 'inherit'],
      cwd,
    })
    const ended = endOf(child)
    const next = linesOf(child.stdout)
    const lines: string[] = []
    for (let line = await next(); !line.startsWith('Stop'); line = await next()) lines.push(line)
    child.kill()
    await ended
    const text = lines.join('\n')
    expect(text).toMatch(
      /http:\/\/127\.0\.0\.1:\d+\/acme\/authorize\?client_id=\w+&response_type=code&scope=read&state=/,
    )
    expect(text).toMatch(/^Configured by +acme\.ts, life\.ts$/m)
    expect((await run(['show', './acme.ts'], {}, cwd)).stdout).toMatch(/^Acme Bank \(acme\) {2}https:/)
    expect((await run(['show', './acme.ts', '--assume', 'acme.errors=message'], {}, cwd)).stdout).toContain('message')
  })

  it('may come as the default export, or from CommonJS, with every door of this installation at hand', async () => {
    const cwd = folderWith({
      ...acmeFiles,
      'default.js': [
        "import { createMockOAuth } from 'mock-oauth'",
        "import { defineConfig } from 'mock-oauth/config'",
        "import { providers } from 'mock-oauth/providers'",
        "import { acme } from './acme.ts'",
        'export const other = { ...acme, id: "other" }',
        'if (!createMockOAuth || !defineConfig || !providers.mekari) throw new Error("no doors")',
        'export default { ...acme, id: "main" }',
      ].join('\n'),
      'common.cjs': "const { acme } = require('./acme.ts')\nmodule.exports = acme\n",
    })
    const playedFrom = async (path: string) =>
      JSON.parse((await run(['validate', path, '--json'], {}, cwd)).stdout).providers
    expect(await playedFrom('default.js')).toEqual(['main'])
    expect(await playedFrom('common.cjs')).toEqual(['acme'])
  })

  it.each([
    ['./nope.ts', 'There is no file nope.ts.\n'],
    ['./life.ts', 'life.ts defines no provider. Expected export const acme = defineProvider({ id: '],
    [
      './several.ts',
      'several.ts defines several providers: acme, b. Export one of them, or make one the default export.',
    ],
    ['./taken.ts', 'taken.ts has the id "mekari", which is that of a provider that is built in. Give it another.'],
    ['./acme.ts,./again.ts', 'acme: id is "acme", and so is that of another definition. Expected an id of its own'],
    ['./syntax.ts', 'syntax.ts:2 is not TypeScript: '],
    ['./throws.ts', 'throws.ts:3 throws TypeError when it is loaded: '],
    ['./imports.ts', 'throws.ts:3 throws TypeError when it is loaded: '],
    ['./missing.ts', "missing.ts imports what is not there: Cannot find module './nowhere'"],
    ['./', ' is not a file.'],
  ])('is refused in a sentence: %s', async (path, sentence) => {
    const cwd = folderWith({
      ...acmeFiles,
      'several.ts':
        "export { acme } from './acme.ts'\nimport { acme } from './acme.ts'\nexport const b = { ...acme, id: 'b' }\n",
      'taken.ts': "import { acme } from './acme.ts'\nexport const mine = { ...acme, id: 'mekari' }\n",
      'again.ts': "import { acme } from './acme.ts'\nexport const more = { ...acme, name: 'Again' }\n",
      'syntax.ts': 'export const a = 1\nexport const = 2\n',
      'throws.ts': 'const x: any = undefined\n\nexport const a = x.y.z\n',
      'imports.ts': "import './throws.ts'\n",
      'missing.ts': "import './nowhere'\n",
    })
    const { code, stdout, stderr } = await run(['serve', '--port', '0', '--provider', path], {}, cwd)
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining(sentence) })
  })
})
