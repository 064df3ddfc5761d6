import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '../cli/command.ts'
import { examples, expectMekari, expectPlayed } from '../run/unchanged.ts'

const home = mkdtempSync(`${tmpdir()}/mock-oauth-go-`)

beforeAll(() => {
  // Debian's own packages: nothing is fetched.
  const env = { ...process.env, GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOFLAGS: '' }
  execFileSync('go', ['build', '-o', `${home}/client`, `${examples}/client.go`], { env, cwd: home })
}, 180_000)
afterAll(() => rmSync(home, { recursive: true }))

describe('a program that nobody changed', () => {
  it('is played Mekari at its real hosts: Python by requests', () =>
    expectMekari(['/usr/bin/python3', `${examples}/client.py`]))

  it('is played Mekari at its real hosts: curl', async () => {
    const { code, stdout, stderr } = await run([
      ...['run', '--provider', 'mekari', '--consent', 'approve', '--quiet', '--', 'sh', `${examples}/curl.sh`],
    ])
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: expect.stringMatching(/^\{.*\}\n200\n$/), stderr: '' })
  })

  it.each([
    ['Go by golang.org/x/oauth2', [`${home}/client`]],
    ['Python by requests-oauthlib', ['/usr/bin/python3', `${examples}/mercado-pago.py`]],
  ])('is played Mercado Pago at its real hosts: %s', (_, command) =>
    expectPlayed('mercado-pago@2024', command, {
      authorize: '/authorization',
      token: '/oauth/token',
      api: '/users/me',
    }),
  )
})
