import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ProviderId } from '../../../src/contract/clause.ts'
import { root } from '../../cli/command.ts'
import { driven } from './driven.ts'

const clients = `${root}examples/clients`
const home = mkdtempSync(`${tmpdir()}/mock-oauth-go-`)

beforeAll(() => {
  // Debian's own packages: nothing is fetched.
  const env = { ...process.env, GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOFLAGS: '' }
  execFileSync('go', ['build', '-o', `${home}/client`, '.'], { env, cwd: `${clients}/golang-oauth2` })
}, 180_000)
afterAll(() => rmSync(home, { recursive: true }))

const node = (name: string) => [process.execPath, `${clients}/${name}.js`]
const python = (name: string) => ['/usr/bin/python3', '-B', `${clients}/${name}.py`]
const everywhere: readonly ProviderId[] = ['standard', 'mekari', 'mercado-pago', 'finexer', 'mercury']

/** Each library, and where its app can connect and goes on when the access token has ended, as far as it ends. */
const libraries: readonly (readonly [string, readonly string[], readonly ProviderId[]])[] = [
  ['simple-oauth2', node('simple-oauth2'), everywhere],
  ['openid-client', node('openid-client'), everywhere],
  // Adds no scope to a token request, as Mekari wants, nor to a refresh, as Mercury does.
  ['@badgateway/oauth2-client', node('badgateway'), ['standard', 'mercado-pago', 'finexer']],
  // Never refreshes.
  ['passport-oauth2', node('passport-oauth2'), ['mercado-pago', 'finexer']],
  ['requests-oauthlib', python('requests-oauthlib'), everywhere],
  ['authlib', python('authlib-requests'), everywhere],
  // Adds no scope to a refresh.
  ['golang.org/x/oauth2', [`${home}/client`], ['standard', 'mercado-pago', 'finexer']],
]

describe.each(libraries)('an app by %s', (library, command, providers) => {
  it.each(providers)('connects at %s, calls, and calls again an hour later', async (provider) => {
    const client = await driven(command, provider)
    expect(client.started).toMatchObject({ client: library, version: expect.stringMatching(/^\d+\.\d+/) })
    expect(await client.connect('approve')).toMatchObject({ outcome: 'connected' })
    expect(await client.ask('call', {})).toMatchObject({ result: 'ok', status: 200 })
    expect(await client.ask('status', {})).toMatchObject({ state: 'connected' })
    await client.advance(61)
    expect(await client.ask('call', {})).toMatchObject({ result: 'ok', status: 200 })
  })

  it('starts again where it was', async () => {
    const client = await driven(command, 'finexer')
    await client.connect('approve')
    await client.restart()
    expect(await client.ask('call', {})).toMatchObject({ result: 'ok', status: 200 })
  })
})

describe('an app by passport-oauth2', () => {
  it('shows its pages', async () => {
    const client = await driven(node('passport-oauth2'), 'standard')
    expect(await client.connect('approve')).toMatchObject({
      outcome: 'connected',
      http: { status: 302, headers: { location: '/' } },
    })
    expect(await client.connect('deny')).toMatchObject({
      outcome: 'denied',
      http: { status: 302, headers: { location: '/login' } },
    })
  })
})
