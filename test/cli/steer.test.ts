import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { run, serve } from './command.ts'

const json = { 'content-type': 'application/json' }

/** Something else on a port. */
async function stranger(status: number, type: string, body: string): Promise<string> {
  const server = createServer((_, response) => response.writeHead(status, { 'content-type': type }).end(body))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** An address where nothing listens. */
async function nowhere(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${port}`
}

describe('a command that looks for a server', () => {
  it('finds it by --url, by MOCK_OAUTH_URL, and at the port that serve would use', async () => {
    const { url } = await serve()
    expect(await run(['clock', '--url', url])).toMatchObject({ code: 0 })
    expect(await run(['clock', '--url', url.replace('http://', '')])).toMatchObject({ code: 0 })
    expect(await run(['clock'], { MOCK_OAUTH_URL: `${url}/` })).toMatchObject({ code: 0 })
    const atPort = { MOCK_OAUTH_URL: '', MOCK_OAUTH_PORT: new URL(url).port }
    expect(await run(['clock'], atPort)).toMatchObject({ code: 0 })
  })

  it.each([
    ['env'],
    ['clock'],
    ['clock', 'advance', '1s'],
    ['token'],
    ['requests'],
    ['explain'],
    ['revoke', 'x'],
    ['reset'],
  ])('says how to start one when there is none: %s %s', async (...args) => {
    const url = await nowhere()
    expect(await run([...args.filter((arg) => arg !== undefined), '--url', url])).toEqual({
      code: 1,
      stdout: '',
      stderr: `There is no server at ${url}. Start one with "npx mock-oauth serve", or say where it is with --url or MOCK_OAUTH_URL.\n`,
    })
  })

  it.each([
    ['a page', 200, 'text/html', '<p>hello</p>'],
    ['other JSON', 200, 'application/json', '{}'],
    ['an error', 500, 'text/plain', 'oops'],
  ])('takes %s for something else', async (_, status, type, body) => {
    const url = await stranger(status, type, body)
    expect(await run(['requests', '--url', url])).toEqual({
      code: 1,
      stdout: '',
      stderr: `What answers at ${url} is not mock-oauth. Say where the server is with --url or MOCK_OAUTH_URL. One that was started with --tls has a URL that begins with https.\n`,
    })
  })

  it('refuses what is no URL', async () => {
    const refused = await run(['clock', '--url', 'ftp://x'])
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('"ftp://x" is not the URL of a server.') })
  })
})

describe('wait', () => {
  it('returns when the server is ready', async () => {
    const { url } = await serve()
    expect(await run(['wait', '--url', url])).toEqual({ code: 0, stdout: `ready at ${url}\n`, stderr: '' })
  })

  it('fails when time is up', async () => {
    const url = await nowhere()
    const late = await run(['wait', '--url', url, '--timeout', '0s'])
    expect(late).toEqual({ code: 1, stdout: '', stderr: `Not ready after 0s. Nothing answers at ${url}.\n` })
  })
})

describe('env', () => {
  it('writes lines that a shell understands, whatever the values are', async () => {
    const secret = `it's "$HOME" \\ \`x\``
    const { url, mekari } = await serve(['--client-secret', secret])
    const { stdout } = await run(['env', 'mekari', '--url', url])
    expect(stdout.split('\n').map((line) => line.split('=')[0])).toEqual([
      ...['export MEKARI_BASE_URL', 'export MEKARI_AUTHORIZE_URL', 'export MEKARI_TOKEN_URL'],
      ...['export MEKARI_REVOKE_URL', 'export MEKARI_API_URL', 'export MEKARI_CLIENT_ID'],
      ...['export MEKARI_CLIENT_SECRET', 'export MEKARI_REDIRECT_URI', 'export MEKARI_SCOPE', ''],
    ])
    const { execFileSync } = await import('node:child_process')
    const said = execFileSync('sh', ['-c', `${stdout}\nprintf '%s\\n%s' "$MEKARI_CLIENT_SECRET" "$MEKARI_API_URL"`])
    expect(said.toString()).toBe(`${secret}\n${mekari.apiUrl}`)
  })

  it("names a provider's further pages, issuer and webhook secret where it has them", async () => {
    const { url } = await serve(['--webhook-url', 'http://localhost:3000/hooks'])
    const namesOf = async (provider: string) =>
      Object.keys(JSON.parse((await run(['env', provider, '--format', 'json', '--url', url])).stdout))
    expect(await namesOf('finexer')).toEqual(
      expect.arrayContaining([
        'FINEXER_CONNECTED_APPS_URL',
        'FINEXER_CONNECTED_ACCOUNTS_URL',
        'FINEXER_WEBHOOK_SECRET',
      ]),
    )
    expect(await namesOf('standard')).toEqual(
      expect.arrayContaining([
        'STANDARD_ISSUER',
        'STANDARD_END_SESSION_URL',
        'STANDARD_POST_LOGOUT_REDIRECT_URI',
        'STANDARD_DEVICE_AUTHORIZATION_URL',
      ]),
    )
    const others = /CONNECTED|ISSUER|LOGOUT|SESSION|WEBHOOK|DEVICE/
    expect((await namesOf('mekari')).filter((name) => others.test(name))).toEqual([])
  })

  it('writes dotenv and JSON, of the sandbox too', async () => {
    const { url } = await serve(['--client-secret', "it's"])
    const dotenv = await run(['env', 'mekari', '--format', 'dotenv', '--url', url])
    expect(dotenv.stdout).toContain("MEKARI_CLIENT_SECRET=`it's`\n")
    expect(dotenv.stdout).toContain("MEKARI_SCOPE='esign sso:profile'\n")
    const sandbox = await run(['env', 'mekari:sandbox', '--format', 'json', '--url', url])
    expect(JSON.parse(sandbox.stdout)).toMatchObject({ MEKARI_SANDBOX_BASE_URL: `${url}/mekari:sandbox` })
  })

  it('names what is played when it is asked for something else', async () => {
    const { url } = await serve(['--provider', 'mekari'])
    expect(await run(['env', 'mekary', '--url', url])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(
        '"mekary" is not played there. Did you mean "mekari"? Played: mekari, mekari:sandbox',
      ),
    })
  })
})

describe('clock', () => {
  it('is shown, set, advanced, frozen and released', async () => {
    const { url } = await serve()
    const clock = async (...args: string[]) => (await run(['clock', ...args, '--url', url])).stdout.trim()
    expect(await clock('freeze')).toMatch(/^\d{4}-.*Z \(frozen\)$/)
    expect(await clock('set', '2030-01-02T03:04:05Z')).toBe('2030-01-02T03:04:05.000Z (frozen)')
    expect(await clock('advance', 'PT61M')).toBe('2030-01-02T04:05:05.000Z (frozen)')
    expect(await clock()).toBe('2030-01-02T04:05:05.000Z (frozen)')
    expect(JSON.parse(await clock('--json'))).toEqual({ now: '2030-01-02T04:05:05.000Z', frozen: true })
    expect(await clock('release')).toMatch(/^2030-01-02T04:05:0\d\.\d{3}Z$/)
  })

  it.each([
    [['advance', 'soon'], '"soon" is not a length of time.'],
    [['advance'], "Missing required argument 'duration'"],
    [['set', 'later'], '"later" is not a time.'],
    [['forward'], "Unknown command 'forward'"],
  ])('refuses %j', async (args, sentence) => {
    const { url } = await serve()
    const refused = await run(['clock', ...args], { MOCK_OAUTH_URL: url })
    expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(sentence) })
  })
})

describe('token', () => {
  it('prints an access token that works, alone, into a pipe', async () => {
    const { url, mekari } = await serve()
    const { code, stdout } = await run(['token', 'mekari', '--url', url])
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^[A-Za-z0-9]{32}\n$/) })
    const answer = await fetch(mekari.apiUrl, { headers: { authorization: `Bearer ${stdout.trim()}` } })
    expect(answer.status).toBe(200)
  })

  it('is for whom and for as long as it is told', async () => {
    const { url } = await serve()
    await run(['clock', 'freeze', '--url', url])
    const { now } = JSON.parse((await run(['clock', '--json', '--url', url])).stdout)
    const flags = ['--scope', 'esign', '--lifetime', '5m', '--json']
    const minted = JSON.parse((await run(['token', 'mekari', ...flags, '--url', url])).stdout)
    expect(minted).toMatchObject({ grant: { scope: 'esign' }, answer: { expires_in: 300 } })
    expect(Date.parse(minted.expiresAt) - Date.parse(now)).toBe(300_000)
  })

  it('names the people when it is asked for someone else', async () => {
    const { url } = await serve(['--provider', 'mekari'])
    const refused = await run(['token', '--user', 'nobody@example.com', '--url', url])
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toContain('There is no user "nobody@example.com". There are: ')
  })
})

describe('requests and explain', () => {
  it('list what came, and say why the last refused one was refused', async () => {
    const { url, mekari } = await serve()
    const { clientId: client_id, clientSecret: client_secret, tokenUrl, apiUrl } = mekari
    expect(await run(['requests', '--url', url])).toMatchObject({ code: 0, stdout: 'No requests.\n' })
    expect(await run(['explain', '--url', url])).toMatchObject({
      code: 1,
      stderr: 'No request has been refused so far, and no fault has struck one.\n',
    })
    const body = JSON.stringify({
      client_id,
      client_secret,
      grant_type: 'authorization_code',
      code: 'made-up-code-0001',
    })
    await fetch(tokenUrl, { method: 'POST', headers: json, body })
    await fetch(apiUrl)

    const listed = (await run(['requests', '--url', url])).stdout.split('\n')
    expect(listed[0]).toMatch(/^ID +TIME +METHOD +PATH +STATUS +REFUSED$/)
    expect(listed[1]).toMatch(/^r1 +\S+Z +POST +\/mekari\/auth\/oauth2\/token +400 +\w+$/)
    expect(listed[2]).toMatch(/^r2 +\S+Z +GET +\/mekari\/v1\/me +401 +access_token_missing$/)
    const filtered = await run(['requests', '--endpoint', 'api', '--since', 'r1', '--json', '--url', url])
    expect(JSON.parse(filtered.stdout)).toMatchObject([{ id: 'r2', endpoint: 'api', environment: 'mekari' }])
    const all = await run(['requests', '--json', '--url', url])
    for (const secret of [client_secret, 'made-up-code-0001']) expect(all.stdout).not.toContain(secret)

    const last = (await run(['explain', '--url', url])).stdout
    expect(last).toMatch(/^Refused +access_token_missing$/m)
    const first = JSON.parse((await run(['explain', 'r1', '--json', '--url', url])).stdout)
    expect(first).toMatchObject({ id: 'r1', status: 400, refused: true })
    const unknown = await run(['explain', 'r9', '--url', url])
    expect(unknown).toMatchObject({ code: 2, stderr: 'There is no request "r9". Kept: r1 to r2.\n' })
  })
})

describe('revoke and reset', () => {
  it('lists the grants when none is named, and ends the one that is', async () => {
    const { url, mekari } = await serve()
    expect(await run(['revoke', '--url', url])).toMatchObject({ code: 0, stdout: 'Nothing is connected so far.\n' })
    const { grant, accessToken } = JSON.parse((await run(['token', 'mekari', '--json', '--url', url])).stdout)
    const listed = await run(['revoke', '--url', url])
    expect(listed).toMatchObject({ code: 0, stderr: '' })
    expect(listed.stdout).toContain(`${grant.id}  mekari`)
    expect(await run(['revoke', 'other', '--url', url])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^There is no grant "other"\.\nGRANT /),
    })
    const revoked = await run(['revoke', grant.id, '--by', 'user', '--url', url])
    expect(revoked).toEqual({
      code: 0,
      stdout: `revoked ${grant.id} by the user: every token of it is dead\n`,
      stderr: '',
    })
    const answer = await fetch(mekari.apiUrl, { headers: { authorization: `Bearer ${accessToken}` } })
    expect(answer.status).toBe(401)
    const again = await run(['revoke', grant.id, '--url', url])
    expect(again).toMatchObject({ code: 1, stderr: expect.stringMatching(/ has ended already: \S+Z by user\.\n$/) })
  })

  it('forgets everything that happened', async () => {
    const { url } = await serve()
    await run(['token', 'mekari', '--url', url])
    expect(await run(['reset', '--url', url])).toMatchObject({ code: 0 })
    expect((await run(['revoke', '--url', url])).stdout).toBe('Nothing is connected so far.\n')
  })
})
