import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { acmeFiles, folderWith, run, type Served, serve } from './command.ts'

const name = 'mock-oauth.config.yaml'
const start = [
  'providers: [mekari, ./acme.ts]',
  'consent: approve',
  'clients: [{ provider: acme, id: second, secret: s }]',
  'users: [{ email: ada@example.com }]',
]

async function watched(text = start.join('\n')) {
  const cwd = folderWith({ [name]: text, ...acmeFiles })
  const served = await serve(['--watch'], {}, cwd)
  const logged = nextOf(served)
  const write = (file: string, content: string) => writeFileSync(`${cwd}/${file}`, content)
  const ask = async <T>(path: string, body?: object): Promise<T> => {
    const init = body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    return (await fetch(`${served.url}/_mock${path}`, init)).json() as Promise<T>
  }
  const mint = (provider: string, client?: string) =>
    ask<{ accessToken: string; expiresAt: string; grant: { startedAt: number } }>('/tokens', { provider, client })
  const opens = async (token: string, at = 'acme/me') =>
    (await fetch(`${served.url}/${at}`, { headers: { authorization: `Bearer ${token}` } })).status
  const ids = async (path: string) =>
    (await ask<{ id: string; email?: string }[]>(path)).map((one) => one.email ?? one.id)
  return { ...served, cwd, logged, write, ask, mint, opens, ids }
}

/** The next line of the log that is not about an exchange. */
const nextOf = ({ logged }: Served) =>
  async function next(): Promise<string> {
    const line = await logged()
    return /^\d{4}-/.test(line) ? next() : line
  }

describe('serve --watch', () => {
  it('takes a change of everything at once, and loses no token, code, journal or clock', async () => {
    const { url, write, logged, mint, opens, ask, ids, line } = await watched()
    const { acme } = JSON.parse(line).providers
    await ask('/clock', { advance: '30m' })
    const before = await mint('acme')
    const others = await mint('mekari')
    const asked = `${acme.authorizeUrl}?client_id=${acme.clientId}&response_type=code`
    const { redirectTo } = await ask<{ redirectTo: string }>('/authorize', { url: asked })
    write(
      name,
      [
        'providers: [mekari, finexer, ./acme.ts]',
        'consent: deny',
        'clients: [{ provider: acme, id: third, secret: t }]',
        'users: [{ email: ada@example.com }, { email: bob@example.com }]',
        'lifetimes: { acme: { accessToken: 2m } }',
        'assume: { acme.errors: message }',
        'client: { redirectUris: [http://localhost:9/] }',
      ].join('\n'),
    )
    expect(await logged()).toBe(
      `reloaded from ${name}: providers.finexer (new), consent, clients.0.id, clients.0.secret, users.1 (new), lifetimes (new), assume (new), client (new)`,
    )
    expect(await opens(before.accessToken)).toBe(200)
    expect(await opens(others.accessToken, 'mekari/v1/me')).toBe(200)
    expect((await mint('finexer')).accessToken).toMatch(/^at_/)

    const code = new URL(redirectTo).searchParams.get('code') ?? ''
    const { clientId: client_id, clientSecret: client_secret, tokenUrl } = acme
    const body = new URLSearchParams({ grant_type: 'authorization_code', code, client_id, client_secret })
    expect(await (await fetch(tokenUrl, { method: 'POST', body })).json()).toMatchObject({ expires_in: 120 })
    expect(Object.keys(await (await fetch(tokenUrl, { method: 'POST', body })).json())).toEqual(['message'])
    const { headers } = await fetch(asked, { redirect: 'manual' })
    expect(headers.get('location')).toMatch(/^http:\/\/localhost:9\/\?error=access_denied/)

    expect(await ids('/clients?provider=acme')).toEqual([acme.clientId, 'third'])
    expect(await ids('/users')).toEqual(['ada@example.com', 'bob@example.com'])
    const { now } = await ask<{ now: string }>('/clock')
    expect(Date.parse(now) - Date.now()).toBeGreaterThan(29 * 60_000)
    expect((await ask<object[]>('/requests')).length).toBeGreaterThan(3)
    const { evidence } = await ask<{ evidence: { path: string; source: string }[] }>('/providers/acme')
    expect(evidence.find(({ path }) => path === 'token.accessToken.lifetime')).toMatchObject({
      grade: 'configured',
      words: '2 minutes',
      source: 'lifetimes.acme.accessToken; else 1 hour, documented: the page',
    })

    await run(['reset', '--url', url])
    expect(await ids('/clients?provider=acme')).toEqual([acme.clientId, 'third'])
    expect(await ids('/users')).toEqual(['ada@example.com', 'bob@example.com'])
    expect(await opens(before.accessToken)).toBe(401)
  })

  it('ends what belongs to those who are gone, and leaves who came over the control API', async () => {
    const { write, logged, mint, opens, ask, ids } = await watched()
    await ask('/clients', { provider: 'acme', id: 'mine' })
    await ask('/users', { email: 'eve@example.com' })
    const [second, mine] = [await mint('acme', 'second'), await mint('acme', 'mine')]
    write(name, start.filter((one) => !one.startsWith('clients')).join('\n'))
    expect(await logged()).toBe(`reloaded from ${name}: clients (gone)`)
    expect(await opens(second.accessToken)).toBe(401)
    expect(await opens(mine.accessToken)).toBe(200)
    expect(await ids('/clients?provider=acme')).toEqual([expect.any(String), 'mine'])
    expect(await ids('/users')).toEqual(['ada@example.com', 'eve@example.com'])
    write(name, 'providers: [mekari]')
    expect(await logged()).toBe(`reloaded from ${name}: providers.acme (gone), consent (gone), users (gone)`)
    expect(await opens(mine.accessToken)).toBe(404)
    expect(await ids('/users')).toContain('eve@example.com')
    expect(await ids('/users')).not.toContain('ada@example.com')
  })

  it('goes on with the old where the new is wrong, and names each mistake', async () => {
    const { write, logged, mint, opens } = await watched()
    const { accessToken } = await mint('acme')
    write(name, 'providers: [mekari, ./acme.ts]\nconsent: perhaps\nport: x\n')
    expect([await logged(), await logged(), await logged()]).toEqual([
      `${name}:2 consent is "perhaps"; expected page, approve or deny.`,
      `${name}:3 port is "x"; expected a whole number.`,
      'not reloaded: what was configured before goes on',
    ])
    expect(await opens(accessToken)).toBe(200)
    write(name, start.join('\n'))
    expect(await logged()).toBe('reloaded')
    expect(await opens(accessToken)).toBe(200)
  })

  it('goes on where a file of its own has a bug that no check foresaw', async () => {
    const { write, logged, mint, opens } = await watched()
    const { accessToken } = await mint('acme')
    const bug = "get name() { throw new TypeError('a bug') }"
    write('bad.js', `export const bad = { id: 'bad', authorize: {}, token: {}, ${bug} }`)
    write(name, 'providers: [mekari, ./bad.js]')
    let line = ''
    while (!/^not reloaded/.test(line)) line = await logged()
    expect(await opens(accessToken)).toBe(200)
    write(name, start.join('\n'))
    expect(await logged()).toBe('reloaded')
  })

  it("takes changes of a provider's file and of what it imports", async () => {
    const { write, logged, ask, cwd, mint, opens } = await watched()
    const { accessToken } = await mint('acme')
    const lifeOf = async () => {
      const { evidence } = await ask<{ evidence: { path: string; words: string }[] }>('/providers/acme')
      return evidence.find(({ path }) => path === 'authorize.code.lifetime')?.words
    }
    write('life.ts', "import { minutes } from 'mock-oauth/define'\nexport const codeLife = minutes(7)\n")
    expect(await logged()).toBe('reloaded from life.ts: providers.acme')
    expect(await lifeOf()).toBe('7 minutes')
    // As an editor does that writes another file and gives it the name.
    write('acme.ts.new', acmeFiles['acme.ts']?.replace('./life.ts', './long-life.ts') ?? '')
    renameSync(`${cwd}/acme.ts.new`, `${cwd}/acme.ts`)
    expect(await logged()).toBe(
      `${name}:1 providers.1: acme.ts imports what is not there: Cannot find module './long-life.ts'.`,
    )
    expect(await logged()).toBe('not reloaded: what was configured before goes on')
    write('long-life.ts', "import { hours } from 'mock-oauth/define'\nexport const codeLife = hours(1)\n")
    expect(await logged()).toBe('reloaded from acme.ts, long-life.ts: providers.acme')
    expect(await lifeOf()).toBe('1 hour')
    expect(await opens(accessToken)).toBe(200)
  })

  it('says what takes a restart, and misses a file that is gone', async () => {
    const { write, logged, cwd } = await watched()
    write(name, [...start, 'allowHosts: [mock]', 'seed: other'].join('\n'))
    expect(await logged()).toBe(`reloaded from ${name}; takes a restart: allowHosts, seed`)
    rmSync(`${cwd}/${name}`)
    expect(await logged()).toBe(`There is no file ${name}.`)
    expect(await logged()).toBe('not reloaded: what was configured before goes on')
    write(name, start.join('\n'))
    expect(await logged()).toBe(`reloaded from ${name}`)
  })

  it('watches a provider that a flag names, without a configuration', async () => {
    const cwd = folderWith(acmeFiles)
    const served = await serve(['--watch', '--provider', './acme.ts'], {}, cwd)
    writeFileSync(`${cwd}/acme.ts`, acmeFiles['acme.ts']?.replace('Acme Bank', 'Acme') ?? '')
    expect(await nextOf(served)()).toBe('reloaded from acme.ts: providers.acme')
  })

  it('has nothing to watch without either', async () => {
    const { code, stderr } = await run(['serve', '--watch', '--port', '0'])
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^--watch has nothing to watch\. Write /),
    })
  })
})
