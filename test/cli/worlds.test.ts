import { describe, expect, it } from 'vitest'
import { folderWith, run, serve } from './command.ts'

const header = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })

describe('--world', () => {
  it('names the world of each command that talks to a server', async () => {
    const { url, logged } = await serve(['--provider', 'mekari', '--seed', 'cli'])
    const at = (...args: string[]) => run([...args, '--url', url, '--world', 'a'])
    expect((await at('clock', 'set', '2030-01-31T12:00:00Z')).stdout).toMatch(/^2030-01-31T12:00:00/)
    expect((await run(['clock', '--url', url])).stdout).not.toMatch(/^2030/)
    expect((await at('env', 'mekari')).stdout).toContain(`MEKARI_TOKEN_URL='${url}/~a/mekari/auth/oauth2/token'`)
    const token = (await at('token', 'mekari')).stdout.trim()
    expect((await fetch(`${url}/~a/mekari/v1/me`, header(token))).status).toBe(200)
    expect(await logged()).toMatch(/^2030-01-31T12:\d\d:\d\dZ GET {2}\/~a\/mekari\/v1\/me 200 \(r1\)$/)
    expect((await fetch(`${url}/mekari/v1/me`, header('made-up'))).status).toBe(401)
    expect(await logged()).toMatch(/^20\d\d-.* GET {2}\/mekari\/v1\/me 401 .* \(explain r1\)$/)
    expect((await fetch(`${url}/~a/mekari/v1/me`, header('made-up'))).status).toBe(401)
    expect(await logged()).toMatch(/ GET {2}\/~a\/mekari\/v1\/me 401 .* \(explain r2 --world a\)$/)
    expect((await at('explain', 'r2')).stdout).toContain('access_token_unknown')
    expect((await at('requests')).stdout.trim().split('\n')).toHaveLength(3)
    const { stdout } = await run(['reset', '--url', url], { MOCK_OAUTH_WORLD: 'a' })
    expect(stdout).toContain(`reset ${url}/~a:`)
    expect((await at('requests')).stdout).toBe('No requests.\n')
    expect((await run(['requests', '--url', url])).stdout).toContain('/mekari/v1/me')
  })

  it('refuses what is no name', async () => {
    const { url } = await serve(['--provider', 'mekari'])
    const { code, stderr } = await run(['clock', '--url', url, '--world', 'a b'])
    expect([code, stderr]).toEqual([2, expect.stringContaining('"a b" cannot be the name of a world')])
  })
})

describe('worlds', () => {
  it('lists them, and forgets one', async () => {
    const { url } = await serve(['--provider', 'mekari', '--seed', 'cli', '--world-limit', '1'])
    await run(['token', 'mekari', '--url', url, '--world', 'a'])
    expect((await run(['worlds', '--url', url])).stdout).toMatch(
      /^WORLD {4}REQUESTS {2}LAST USE {14}SEED\ndefault {2}0 {9}20.*Z {2}cli\na {8}0 {9}20.*Z {2}cli\/~a\n$/,
    )
    const full = await run(['clock', '--url', url, '--world', 'b'])
    expect([full.code, full.stderr]).toEqual([1, expect.stringContaining('mock-oauth worlds remove <name>')])
    expect((await run(['worlds', 'remove', 'a', '--url', url])).stdout).toBe('removed a: its next use begins anew\n')
    const listed = JSON.parse((await run(['worlds', '--json', '--url', url], { MOCK_OAUTH_WORLD: 'c' })).stdout)
    expect(listed.map(({ name }: { name: string }) => name)).toEqual(['default'])
    const unknown = await run(['worlds', 'remove', 'a', '--url', url])
    expect([unknown.code, unknown.stderr]).toEqual([2, 'There is no world "a". There are: none.\n'])
  })

  it('are as many, and stay as long, as the configuration says', async () => {
    const wrong = folderWith({ 'mock-oauth.config.yaml': 'worlds:\n  idle: soon\n  limit: -1\n' })
    const { code, stderr } = await run(['validate'], {}, wrong)
    expect(code).not.toBe(0)
    expect(stderr).toContain(':2 worlds.idle: "soon" is not a length of time')
    expect(stderr).toContain(':3 worlds.limit is -1; expected 0 to 1000000.')
    const right = folderWith({ 'mock-oauth.config.yaml': 'providers: [mekari]\nworlds:\n  limit: 1\n' })
    const { url } = await serve(['--world-idle', '30m'], {}, right)
    expect((await fetch(`${url}/~a/v1/me`)).status).toBe(401)
    expect((await fetch(`${url}/~b/v1/me`)).status).toBe(503)
  })

  it.each([
    ['--world-limit', 'many', '--world-limit takes a whole number, not "many".'],
    ['--world-idle', 'soon', '"soon" is not a length of time'],
  ])('refuses %s %s', async (flag, value, sentence) => {
    const { code, stderr } = await run(['serve', '--port', '0', flag, value])
    expect([code, stderr]).toEqual([2, expect.stringContaining(sentence)])
  })
})
