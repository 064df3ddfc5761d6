import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { providers } from 'mock-oauth/providers'
import { describe, expect, it } from 'vitest'
import { bin, endOf, root, run } from './command.ts'

describe('providers', () => {
  it('lists each provider with its documentation and how much of it is known', async () => {
    const { stdout } = await run(['providers', '--json'])
    const listed: { id: string; docs: string; counts: Record<string, number> }[] = JSON.parse(stdout)
    expect(listed.map(({ id }) => id)).toEqual(Object.keys(providers))
    for (const { docs, counts } of listed) {
      expect(docs).toMatch(/^https:\/\//)
      expect(Object.keys(counts)).toEqual(['documented', 'observed', 'standard', 'assumed'])
      // A company's page documents; of one that plays by the RFCs, they are the standard.
      const { documented = 0, standard = 0 } = counts
      expect(documented + standard).toBeGreaterThan(0)
    }
    const lines = (await run(['providers'])).stdout.split('\n')
    expect(lines.slice(1, 3)).toEqual([
      expect.stringMatching(/^mekari, mekari:sandbox +Mekari +\d+ +\d+ +\d+ +\d+$/),
      `  ${listed[0]?.docs}`,
    ])
    expect(lines.filter((line) => line.length > 80)).toEqual([])
  })
})

describe('show', () => {
  it('prints endpoints, parameters, lifetimes, rotation and errors, each with how it is known', async () => {
    const { code, stdout } = await run(['show', 'mekari'])
    expect(code).toBe(0)
    expect(stdout).toContain('  token      POST       https://account.mekari.com/auth/oauth2/token\n')
    expect(stdout).toMatch(/^ {2}accessToken\.lifetime +1 hour$/m)
    expect(stdout).toMatch(/^ {2}code\.lifetime +5 minutes\n +assumed: the page is silent; Kong gives 300 seconds$/m)
    expect(stdout).toMatch(
      /^ {2}token\.rotation +singleUse: a refresh token works once .*\n.*\n +--assume mekari\.reuse=family-revoked {2}singleUse\+familyRevoked: .* ends every token of the authorization$/m,
    )
    expect(stdout).toMatch(
      /^ {2}refresh_token_reused +400 +{"error":"invalid_grant","error_description":"The refresh token has already been used"}$/m,
    )
  })

  it('lists an endpoint with many hosts once, and all of them as JSON', async () => {
    const { stdout } = await run(['show', 'mercado-pago'])
    const { endpoints } = JSON.parse((await run(['show', 'mercado-pago', '--json'])).stdout)
    const authorize = endpoints.filter(({ endpoint }: { endpoint: string }) => endpoint === 'authorize')
    expect(stdout.match(/^ {2}authorize .*$/gm)).toEqual([
      expect.stringMatching(
        new RegExp(`GET, POST +${authorize[0].url}, and at ${authorize.length - 1} more hosts: see --json$`),
      ),
    ])
    expect((await run(['show', 'mercury'])).stdout.match(/^ {2}authorize .*\/oauth2\/auth$/gm)).toHaveLength(2)
  })

  it('shows what an assumption would change', async () => {
    const { stdout } = await run(['show', 'mekari', '--assume', 'mekari.errors=kong'])
    expect(stdout).toMatch(/^ {2}errors +Kong's oauth2 plugin {2}\(kong chosen\)$/m)
    expect(stdout).toMatch(
      /^ {2}refresh_token_reused +400 +{"error":"invalid_request","error_description":"Invalid refresh_token"}$/m,
    )
  })

  it('writes JSON with the source of each value, and Markdown', async () => {
    const sheet = JSON.parse((await run(['show', 'mekari', '--format', 'json'])).stdout)
    expect(sheet.facts).toContainEqual({
      path: 'token.exchange.parameters.scope',
      value: 'required, equal to the scope asked for at authorization, order included',
      grade: 'documented',
      source: 'the page, table under Generating Access Token',
      question: 'mekari.scope',
      otherwise: [{ choose: '--assume mekari.scope=ignored', value: 'taken in any form and never looked at' }],
    })
    for (const { grade, source } of sheet.facts) {
      expect(grade).toMatch(/^(documented|observed|standard|assumed)$/)
      expect(source).not.toBe('')
    }
    const markdown = (await run(['show', 'mekari', '--format', 'markdown'])).stdout
    expect(markdown).toMatch(/^# Mekari\n/)
    expect(markdown).toContain('| `refresh.token.lifetime` | 30 days | the page |\n')
  })

  it('names the providers when it is asked for another', async () => {
    const refused = await run(['show', 'mekarii'])
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    const known = Object.keys(providers).join(', ')
    expect(refused.stderr).toBe(`There is no provider "mekarii". Did you mean "mekari"? Known: ${known}.\n`)
  })
})

describe('the command line', () => {
  it('helps with commands in groups and examples', async () => {
    const { code, stdout } = await run(['--help'])
    expect(code).toBe(0)
    for (const word of [
      'Play:',
      'Judge a client:',
      'Look up:',
      'Talk to a running server:',
      'Examples:',
      'Exit codes: 0 fine',
    ]) {
      expect(stdout).toContain(word)
    }
    const serve = (await run(['serve', '--help'])).stdout
    expect(serve).toMatch(/--port <port>\s+0 picks a free one \(default: 4420\)\s+\(env:\s+MOCK_OAUTH_PORT\)/)
    expect((await run(['help', 'clock'])).stdout).toContain('advance')
  })

  it('tells its version', async () => {
    const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
    expect(await run(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
  })

  it('names the command that comes nearest', async () => {
    const refused = await run(['sreve'])
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toBe(
      "Unknown command 'sreve' (Did you mean serve?)\nKnown: serve, init, validate, run, proxy, contract, providers, show, env, wait, clock, token, keys, rotation, revoke, fault, reset, snapshot, restore, worlds, requests, webhook, explain, grants, completion.\n",
    )
  })

  it('takes no command for wrong usage', async () => {
    expect(await run([])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('Usage: mock-oauth') })
  })

  it('is silent when its reader goes away', async () => {
    const child = spawn(process.execPath, [bin, 'show', 'mekari', '--json'], { stdio: ['ignore', 'pipe', 'pipe'] })
    let complaint = ''
    child.stderr.on('data', (chunk) => {
      complaint += chunk
    })
    const ended = endOf(child)
    child.stdout.destroy()
    expect(await ended).toBe(0)
    expect(complaint).toBe('')
  })
})

describe('completion', () => {
  const complete = async (...words: string[]) =>
    (await run(['complete', '--', ...words])).stdout
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith(':'))
      .map((line) => line.split('\t')[0])

  it.each([
    [['se'], ['serve']],
    [['serve', '--pro'], ['--provider']],
    [['serve', '--provider', ''], Object.keys(providers)],
    [['serve', '--consent', 'a'], ['approve']],
    [['serve', '--mood', ''], ['hostile']],
    [
      ['serve', '--assume', 'mekari.e'],
      ['mekari.errors=kong', 'mekari.errors=message'],
    ],
    [
      ['webhook', 'test', 'mek'],
      ['mekari', 'mekari:sandbox'],
    ],
    [
      ['rotation', 'mek'],
      ['mekari', 'mekari:sandbox'],
    ],
    [
      ['rotation', 'mekari', 'gr'],
      ['grace:30', 'grace:30,1'],
    ],
    [['fault', 'add', 'token:ref'], ['token:refresh_token']],
    [['fault', 'add', 'token', 'dr'], ['drop']],
    [
      ['fault', 'add', 'token', 'drop', ''],
      ['before', 'after'],
    ],
    [['show', 'mek'], ['mekari']],
    [
      ['env', 'mek'],
      ['mekari', 'mekari:sandbox'],
    ],
  ])('suggests commands, flags, providers and assumptions: %j', async (words, expected) => {
    expect(await complete(...words)).toEqual(expected)
  })

  it('suggests the commands of a group', async () => {
    expect(await complete('clock', '')).toEqual(expect.arrayContaining(['advance', 'set', 'freeze', 'release']))
    expect(await complete('webhook', '')).toEqual(expect.arrayContaining(['list', 'test', 'redeliver']))
  })

  it.each(['zsh', 'fish', 'powershell'])('writes a script for %s', async (shell) => {
    const { code, stdout } = await run(['completion', shell])
    expect(code).toBe(0)
    expect(stdout).toContain('mock-oauth complete ')
  })

  it('names the shells that it knows', async () => {
    const refused = await run(['completion', 'tcsh'])
    expect(refused).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Allowed choices are bash, zsh, fish, powershell.'),
    })
  })
})
