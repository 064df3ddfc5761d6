import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root, run } from '../cli/command.ts'

const examples = `${root}examples/run`
const home = mkdtempSync(`${tmpdir()}/mock-oauth-go-`)

beforeAll(() => {
  // Debian's own packages: nothing is fetched.
  const env = { ...process.env, GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOFLAGS: '' }
  execFileSync('go', ['build', '-o', `${home}/client`, `${examples}/client.go`], { env, cwd: home })
}, 180_000)
afterAll(() => rmSync(home, { recursive: true }))

const log = (text: string) =>
  text
    .replace(/^\S+Z /gm, '')
    .trimEnd()
    .split('\n')

describe('a program that nobody changed', () => {
  it.each([
    ['Node by fetch', [process.execPath, `${examples}/fetch.js`]],
    ['Node by node:https, with an agent of its own', [process.execPath, `${examples}/https.js`]],
    ['Node by axios', [process.execPath, `${examples}/axios.js`]],
    ["Node by undici's own client", [process.execPath, `${examples}/undici.js`]],
    ['Python by requests', ['/usr/bin/python3', `${examples}/client.py`]],
  ])('is played Mekari at its real hosts: %s', async (_, command) => {
    const { code, stdout, stderr } = await run([
      ...['run', '--provider', 'mekari', '--consent', 'approve', '--quiet', '--log', '--', ...command],
    ])
    expect(log(stderr)).toEqual([
      'GET  /mekari/auth 302 (r1)',
      'POST /mekari/auth/oauth2/token 200 (r2)',
      'POST /mekari/auth/oauth2/token 200 (r3)',
      'GET  /mekari/v1/me 200 (r4)',
    ])
    expect(JSON.parse(stdout)).toMatchObject({ status: 200, me: { email: expect.stringContaining('@') } })
    expect(code).toBe(0)
  })

  it('is played Mekari at its real hosts: curl', async () => {
    const { code, stdout, stderr } = await run([
      ...['run', '--provider', 'mekari', '--consent', 'approve', '--quiet', '--', 'sh', `${examples}/curl.sh`],
    ])
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: expect.stringMatching(/^\{.*\}\n200\n$/), stderr: '' })
  })

  it.each([
    ['Go by golang.org/x/oauth2', [`${home}/client`]],
    ['Python by requests-oauthlib', ['/usr/bin/python3', `${examples}/mercado-pago.py`]],
  ])('is played Mercado Pago at its real hosts: %s', async (_, command) => {
    const { code, stdout, stderr } = await run([
      ...['run', '--provider', 'mercado-pago@2024', '--consent', 'approve', '--quiet', '--log', '--', ...command],
    ])
    expect(log(stderr)).toEqual([
      'GET  /mercado-pago@2024/authorization 302 (r1)',
      'POST /mercado-pago@2024/oauth/token 200 (r2)',
      'POST /mercado-pago@2024/oauth/token 200 (r3)',
      'GET  /mercado-pago@2024/users/me 200 (r4)',
    ])
    expect(JSON.parse(stdout)).toMatchObject({ status: 200, me: { email: expect.stringContaining('@') } })
    expect(code).toBe(0)
  })
})
