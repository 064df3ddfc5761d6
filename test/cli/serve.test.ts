import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { providers } from 'mock-oauth/providers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { bin, endOf, environment, linesOf, root, run, serve } from './command.ts'

const post = (url: string, body: object) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

describe('serve --json', () => {
  it('writes one line: where it is, and what each provider needs to know', async () => {
    const { line, url } = await serve(['--provider', 'mekari', '--seed', 's'])
    const ready = JSON.parse(line)
    expect(Object.keys(ready)).toEqual(['ready', 'url', 'providers', 'seed'])
    expect(ready).toMatchObject({ ready: true, seed: 's' })
    expect(Object.keys(ready.providers)).toEqual(['mekari', 'mekari:sandbox'])
    expect(Object.keys(ready.providers.mekari)).toEqual([
      ...['baseUrl', 'authorizeUrl', 'tokenUrl', 'revokeUrl', 'apiUrl'],
      ...['clientId', 'clientSecret', 'redirectUris', 'scopes'],
    ])
    expect(ready.providers.mekari).toMatchObject({
      baseUrl: `${url}/mekari`,
      authorizeUrl: `${url}/mekari/auth`,
      tokenUrl: `${url}/mekari/auth/oauth2/token`,
      redirectUris: ['http://localhost:3000/callback'],
    })
  })

  it('has the same credentials at every start', async () => {
    const [one, two] = [await serve(), await serve()]
    expect(two.mekari.clientId).toBe(one.mekari.clientId)
    expect(two.mekari.clientSecret).toBe(one.mekari.clientSecret)
  })

  it('registers the client that its flags describe', async () => {
    const { mekari } = await serve([
      ...['--client-id', 'me', '--client-secret', 's3', '--scope', 'esign, other', '--scope', 'third'],
      ...['--redirect-uri', 'http://localhost:1/a', '--redirect-uri', 'http://localhost:1/b'],
    ])
    expect(mekari).toMatchObject({
      clientId: 'me',
      clientSecret: 's3',
      redirectUris: ['http://localhost:1/a', 'http://localhost:1/b'],
      scopes: ['esign', 'other', 'third'],
    })
  })

  it('takes each flag from the environment, where an empty variable counts as none', async () => {
    const variables = { MOCK_OAUTH_CLIENT_ID: 'from-env', MOCK_OAUTH_SEED: 'e', MOCK_OAUTH_CLIENT_SECRET: '' }
    const { mekari, line } = await serve([], { ...variables, MOCK_OAUTH_PROVIDER: 'mekari', MOCK_OAUTH_QUIET: '0' })
    expect(mekari.clientId).toBe('from-env')
    expect(mekari.clientSecret).toMatch(/^[A-Za-z0-9]{32}$/)
    expect(JSON.parse(line).seed).toBe('e')
  })

  it('hands out a control token where it listens beyond loopback', async () => {
    const { line, url } = await serve(['--host', '0.0.0.0'])
    const { controlToken } = JSON.parse(line)
    expect(controlToken).toMatch(/^[0-9a-f]{32}$/)
    expect(await run(['clock', '--url', url])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/ needs the control token .* MOCK_OAUTH_CONTROL_TOKEN\.\n$/),
    })
    expect(await run(['clock', '--url', url, '--control-token', controlToken])).toMatchObject({ code: 0 })
    expect(await run(['clock', '--url', url], { MOCK_OAUTH_CONTROL_TOKEN: controlToken })).toMatchObject({ code: 0 })
  })
})

describe("serve's log", () => {
  it('says in words why a request was refused and what lifts the rule, without any secret', async () => {
    const { mekari, logged, url } = await serve()
    const { clientId: client_id, clientSecret: client_secret, tokenUrl } = mekari
    const minted = await run(['token', 'mekari', '--json', '--url', url])
    const { refreshToken, accessToken, grant } = JSON.parse(minted.stdout)
    const body = { client_id, client_secret, grant_type: 'refresh_token', refresh_token: refreshToken }
    await post(`${tokenUrl}?client_secret=${client_secret}`, body)
    await post(tokenUrl, { ...body, scope: grant.scope })
    await post(tokenUrl, { ...body, scope: grant.scope })
    await fetch(mekari.apiUrl, { headers: { authorization: `Bearer ${accessToken}x` } })
    const lines = [await logged(), await logged(), await logged(), await logged()]
    expect(lines[0]).toMatch(
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ POST \/mekari\/auth\/oauth2\/token 400 {2}scope_missing: scope missing, must be equal to .* included\. Lift it with --assume mekari\.scope=ignored\. \(explain r1\)$/,
    )
    expect(lines[1]).toMatch(/ POST \/mekari\/auth\/oauth2\/token 200 \(r2\)$/)
    expect(lines[2]).toMatch(/ 400 {2}refresh_token_reused: refresh_token "\w{4}…[0-9a-f]{6}"/)
    expect(lines[3]).toMatch(/ GET {2}\/mekari\/v1\/me 401 {2}access_token_unknown: /)
    for (const secret of [client_secret, refreshToken, accessToken]) expect(lines.join('\n')).not.toContain(secret)
  })

  it('tells who has to send a parameter, where not everybody does', async () => {
    const { line, logged } = await serve(['--provider', 'mercury'])
    const { clientId, clientSecret, tokenUrl } = JSON.parse(line).providers.mercury
    const headers = { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` }
    const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'x' })
    await fetch(tokenUrl, { method: 'POST', headers, body })
    expect(await logged()).toContain(
      ' scope_missing: scope missing, required of clients with a secret, some or all of ',
    )
  })

  it('tells what did not come from a secret that did, and says nothing of a parameter that plays no part', async () => {
    const { line, logged } = await serve(['--provider', 'standard'])
    const { clientId: client_id, clientSecret: client_secret, tokenUrl } = JSON.parse(line).providers.standard
    const headers = { authorization: `Basic ${btoa(`${client_id}:${client_secret}`)}` }
    const send = (body: Readonly<Record<string, string>>) =>
      fetch(tokenUrl, { method: 'POST', headers, body: new URLSearchParams(body) })
    await send({ grant_type: 'refresh_token' })
    expect(await logged()).toContain(' parameter_missing: refresh_token missing. (explain r1)')
    await send({ grant_type: 'client_credentials', client_id, client_secret })
    expect(await logged()).toContain(' client_method_repeated: expected one way to authenticate. (explain r2)')
  })

  it('shows control characters instead of obeying them', async () => {
    const { mekari, logged } = await serve()
    await fetch(`${mekari.authorizeUrl}?client_id=%1b%5b31mred`)
    expect(await logged()).toContain('client_id "\\x1b[31mred"')
  })

  it('follows the clock of the world', async () => {
    const { mekari, logged, url } = await serve()
    await run(['clock', 'set', '2031-05-06T07:08:09Z', '--url', url])
    await run(['clock', 'freeze', '--url', url])
    await fetch(mekari.apiUrl)
    expect(await logged()).toMatch(/^2031-05-06T07:08:\d\dZ GET /)
  })
})

describe('serve for people', () => {
  it('prints what there is to know, uncoloured where it is no terminal', async () => {
    const assume = ['--assume', 'mekari.errors=kong,mekari.locale=id']
    const wrong = ['--rotation', 'mekari=grace:30', '--fault', 'api drop', '--fault', 'token hang', '--mood', 'hostile']
    const child = spawn(
      process.execPath,
      [bin, 'serve', '--provider', 'mekari', '--port', '0', '--seed', 'people', ...assume, ...wrong],
      {
        env: environment(),
        stdio: 'pipe',
      },
    )
    const ended = endOf(child)
    const next = linesOf(child.stdout)
    const lines: string[] = []
    for (let line = await next(); !line.startsWith('Stop'); line = await next()) lines.push(line)
    child.kill('SIGINT')
    expect(await ended).toBe(0)
    const text = lines.join('\n')
    const url = /^ready at (http:\/\/127\.0\.0\.1:\d+)$/.exec(lines[0] ?? '')?.[1]
    expect(text).toContain(`  Token          ${url}/mekari/auth/oauth2/token`)
    expect(text).toContain(`  export MEKARI_TOKEN_URL=${url}/mekari/auth/oauth2/token`)
    expect(text).toContain('  Redirect URI   http://localhost:3000/callback')
    expect(text).toContain("  export MEKARI_SCOPE='esign sso:profile'")
    expect(text).toContain(`  Base URL       ${url}/mekari:sandbox`)
    expect(text).toMatch(/^Seed +people$/m)
    expect(text).toMatch(/^Assumed +mekari\.errors=kong\n +mekari\.locale=id$/m)
    expect(text).toMatch(/^Rotation +mekari=grace:30\nFaults +f1 api drop\n +f2 token hang\nMood +hostile$/m)
    expect(text).not.toMatch(/\p{Cc}(?<!\n)/u)
  })

  it('names the verifier of a link that brings a challenge', async () => {
    const child = spawn(process.execPath, [bin, 'serve', '--port', '0', '--provider', 'standard'], {
      env: environment(),
      stdio: 'pipe',
    })
    const ended = endOf(child)
    const next = linesOf(child.stdout)
    const lines: string[] = []
    for (let line = await next(); !line.startsWith('Stop'); line = await next()) lines.push(line)
    child.kill('SIGINT')
    expect(await ended).toBe(0)
    const link = lines.find((line) => line.includes('state=try-it-out')) ?? ''
    const verifier = lines.flatMap((line) => /^ {2}# its code_verifier: (\S+)$/.exec(line)?.[1] ?? [])[0] ?? ''
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    expect(new URL(link.trim()).searchParams.get('code_challenge')).toBe(challenge)
  })

  it('shows each of several providers in short, with a link that leads to its sign-in page', async () => {
    const child = spawn(process.execPath, [bin, 'serve', '--port', '0'], { env: environment(), stdio: 'pipe' })
    const ended = endOf(child)
    const next = linesOf(child.stdout)
    const lines: string[] = []
    for (let line = await next(); !line.startsWith('Stop'); line = await next()) lines.push(line)
    const links = lines.flatMap((line) => /^ {2}To open +(http.*)$/.exec(line)?.[1] ?? [])
    const names = lines.flatMap((line) => /^(\S+) \(more: mock-oauth env \1\)$/.exec(line)?.[1] ?? [])
    expect(names).toEqual(expect.arrayContaining([...Object.keys(providers), 'mekari:sandbox']))
    expect(links).toHaveLength(names.length)
    expect(lines.length).toBeLessThan(8 * names.length)
    for (const link of links) {
      const { status, headers } = await fetch(link, { redirect: 'manual' })
      expect([link, status, headers.get('location')?.startsWith(new URL(link).origin)]).toEqual([link, 302, true])
    }
    child.kill('SIGINT')
    expect(await ended).toBe(0)
  })
})

describe('serve that cannot start', () => {
  it('says that the port is taken, and how to choose another', async () => {
    const { url } = await serve()
    const { port } = new URL(url)
    const refused = await run(['serve', '--port', port])
    expect(refused).toEqual({
      code: 2,
      stdout: '',
      stderr: `Port ${port} on 127.0.0.1 is in use. Stop what listens there, or choose another: --port ${Number(port) + 1}, or --port 0 for any free one.\n`,
    })
  })

  it.each([
    ['a provider', ['--provider', 'mekri'], 'There is no provider "mekri". Did you mean "mekari"? Known: '],
    ['an assumption', ['--assume', 'mekari.error=kong'], 'Did you mean mekari.errors=kong? Known: '],
    ['a choice', ['--assume', 'mekari.errors=king'], 'Did you mean mekari.errors=kong? Known: '],
    [
      'a choice of another provider',
      ['--assume', 'mercury.errors=kong'],
      '? Known: mercury.authorize-scope=optional, ',
    ],
    ['an assumption of nobody', ['--assume', 'mekri.errors=kong'], '? "mock-oauth show <provider>" lists them.\n'],
    ['an assumption without a choice', ['--assume', 'mekari.errors'], '"mekari.errors" is not of this form'],
    ['a flag', ['--provder', 'mekari'], "Unknown option '--provder' (Did you mean --provider?)\nKnown: --provider, "],
    ['a mode', ['--consent', 'perhaps'], 'Allowed choices are page, approve, deny.'],
    ['a port', ['--port', '65536'], '--port takes a number from 0 to 65535, not "65536".'],
    ['a client', ['--client-id', 'a b'], 'A client id is 1 to 256 printable characters without spaces.'],
    ['an argument', ['mekari'], 'but got 1. A provider is named by --provider.'],
  ])('names %s that it does not know, and what comes nearest', async (_, args, sentence) => {
    const refused = await run(['serve', '--port', '0', ...args])
    expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(sentence) })
  })
})

/** Starts a process whose whole group ends with the test, so that a failing test leaves no server behind. */
function inGroup(file: string, args: readonly string[], variables: NodeJS.ProcessEnv, cwd = root) {
  const child = spawn(file, args, { cwd, env: variables, stdio: ['pipe', 'pipe', 'ignore'], detached: true })
  onTestFinished(() => {
    try {
      process.kill(-Number(child.pid), 'SIGKILL')
    } catch {
      // The whole group had ended.
    }
  })
  return child
}

describe('serve that is told to stop', () => {
  const asByNpx = { ...environment(), npm_lifecycle_event: 'npx', npm_lifecycle_script: 'mock-oauth' }

  it.each(['SIGINT', 'SIGTERM'] as const)('ends at once on %s, whatever connections are open', async (signal) => {
    const { url, child } = await serve()
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    socket.write('GET /_mock/health HTTP/1.1\r\nhost: localhost\r\n\r\n')
    await once(socket, 'data')
    socket.write('POST /mekari/auth/oauth2/token HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\nhalf')
    const ended = endOf(child)
    child.kill(signal)
    expect(await ended).toBe(0)
    await expect(fetch(url)).rejects.toThrow()
  })

  it('leaves no server behind npx', async () => {
    const project = mkdtempSync(`${tmpdir()}/mock-oauth-`)
    onTestFinished(() => rmSync(project, { recursive: true }))
    mkdirSync(`${project}/node_modules/.bin`, { recursive: true })
    symlinkSync(bin, `${project}/node_modules/.bin/mock-oauth`)
    const npx = inGroup('npx', ['mock-oauth', 'serve', '--port', '0', '--json'], environment(), project)
    const ended = endOf(npx)
    const { url } = JSON.parse(await linesOf(npx.stdout)())
    npx.kill()
    // Its output closes when the last process that could write to it is gone.
    await ended
    await expect(fetch(url)).rejects.toThrow()
  })

  it('ends with npx even where the shell between them keeps the signal to itself', async () => {
    const script = `"${process.execPath}" "${bin}" serve --port 0 --json; true`
    const shell = inGroup('sh', ['-c', script], asByNpx)
    const ended = endOf(shell)
    const { url } = JSON.parse(await linesOf(shell.stdout)())
    shell.kill('SIGKILL')
    await ended
    await expect(fetch(url)).rejects.toThrow()
  })

  it('does not start where npx has ended already', async () => {
    const shell = inGroup('sh', [], asByNpx)
    const ended = endOf(shell)
    shell.stdin.end(`"${process.execPath}" "${bin}" serve --port 0 --json; echo "ended $?"`)
    expect(await linesOf(shell.stdout)()).toBe('ended 0')
    await ended
  })

  it('outlives the shell that started it, unless that was npx', async () => {
    const script = `"${process.execPath}" "${bin}" serve --port 0 --json & echo $!`
    const shell = spawn('sh', ['-c', script], { env: environment(), stdio: ['ignore', 'pipe', 'ignore'] })
    const next = linesOf(shell.stdout)
    const lines = [await next(), await next()]
    const [pid, ready] = lines[0]?.startsWith('{') ? [lines[1], lines[0]] : lines
    onTestFinished(() => void process.kill(Number(pid)))
    expect((await fetch(`${JSON.parse(ready ?? '').url}/_mock/health`)).status).toBe(200)
  })
})
