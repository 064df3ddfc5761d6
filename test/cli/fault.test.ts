import { describe, expect, it } from 'vitest'
import { endOf, folderWith, run, type Served, serve } from './command.ts'

const post = { method: 'POST', headers: { 'content-type': 'application/json' } }

/** A refresh of a new pair, as its client sends it. */
async function refresh({ url, mekari }: Served): Promise<Response> {
  const minted = await (await fetch(`${url}/_mock/tokens`, { ...post, body: '{"provider":"mekari"}' })).json()
  const { clientId: client_id, clientSecret: client_secret, scopes } = mekari
  const grant = { grant_type: 'refresh_token', refresh_token: minted.refreshToken, scope: scopes.join(' ') }
  return fetch(mekari.tokenUrl, { ...post, body: JSON.stringify({ client_id, client_secret, ...grant }) })
}

/** Commands to a server. */
const commandsTo =
  ({ url }: Served) =>
  (...args: string[]) =>
    run([...args, '--url', url])

/** Ends a server, and returns its exit code and what it said at last. */
async function endedBy(signal: NodeJS.Signals, { child, logged }: Served) {
  const ended = endOf(child)
  child.kill(signal)
  const said: string[] = []
  for (let line = await logged(); line !== ''; line = await logged()) said.push(line)
  return { code: await ended, said }
}

describe('fault', () => {
  it('is armed, listed and taken away', async () => {
    const server = await serve(['--provider', 'mekari'])
    const command = commandsTo(server)
    expect(await command('fault', 'list')).toEqual({ code: 0, stdout: 'No faults.\n', stderr: '' })
    expect((await command('fault', 'add', 'token:refresh_token', 'drop', 'after')).stdout).toBe(
      'f1 token:refresh_token drop after\n',
    )
    const added = await command('fault', 'add', 'api replace fields={"a": "b c"} times=2', '--json')
    expect(JSON.parse(added.stdout)).toMatchObject({ id: 'f2', on: 'api', fields: { a: 'b c' }, times: 2, fired: 0 })
    await command('fault', 'add', 'token', 'hold', 'count=9', 'order=reverse', 'nth=2')
    await expect(refresh(server)).rejects.toThrow('fetch failed')
    expect((await command('fault', 'list')).stdout).toBe(
      [
        'ID  SEEN  FIRED  WAITING  FAULT',
        'f1  1     1               token:refresh_token drop after',
        'f2  0     0               api replace fields.a="b c" times=2',
        'f3  1     0      0        token hold count=9 order=reverse nth=2',
        '',
      ].join('\n'),
    )
    const held = refresh(server)
    await expect.poll(async () => JSON.parse((await command('fault', 'list', '--json')).stdout)[2].waiting).toBe(1)
    expect((await command('fault', 'release', 'f3')).stdout).toBe('f3 let go 1 request\n')
    expect((await held).status).toBe(200)
    expect((await command('fault', 'remove', 'f1')).stdout).toBe('removed f1\n')
    expect(await command('fault', 'remove', 'f1')).toMatchObject({
      code: 2,
      stderr: 'There is no fault "f1". Armed: f2, f3.\n',
    })
    expect((await command('fault', 'remove')).stdout).toBe('removed f2, f3\n')
    expect(await command('fault', 'release', 'f3')).toMatchObject({ code: 2 })
  })

  it('that is wrong is explained', async () => {
    const command = commandsTo(await serve(['--provider', 'mekari']))
    expect(await command('fault', 'add', 'token', 'drp')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^"token drp", at 7: "drp" is not what can go wrong; expected error, /),
    })
    expect(await command('fault', 'add', 'introspect drop')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('on is "introspect"'),
    })
  })

  it('shows in the log what was done and what was sent', async () => {
    const server = await serve(['--provider', 'mekari', '--fault', 'token drop after', '--fault', 'token hang nth=2'])
    await expect(refresh(server)).rejects.toThrow('fetch failed')
    const line = await server.logged()
    expect(line).toMatch(
      /POST \/mekari\/auth\/oauth2\/token 200 → dropped {2}fault f1: all was done, and the answer 200 was not sent.* \(explain r1\)$/,
    )
    const requests = (await commandsTo(server)('requests')).stdout.split('\n')
    expect(requests[0]).toMatch(/^ID +TIME +METHOD +PATH +STATUS +REFUSED +FAULT$/)
    expect(requests[1]).toMatch(/^r1 .* 200 → dropped +f1 drop$/)
  })
})

describe('serve', () => {
  it('arms faults from its variable, one a line, and again after a reset', async () => {
    const server = await serve(['--provider', 'mekari'], { MOCK_OAUTH_FAULT: 'api drop\n\n  token hang nth=7\n' })
    const command = commandsTo(server)
    const texts = async () =>
      JSON.parse((await command('fault', 'list', '--json')).stdout).map(({ text }: { text: string }) => text)
    expect(await texts()).toEqual(['api drop', 'token hang nth=7'])
    await refresh(server)
    expect((await command('reset')).stdout.split('\n').slice(1)).toEqual([
      'fault f1 never fired: api drop',
      'fault f2 never fired: token hang nth=7 (it saw 1 call)',
      '',
    ])
    expect(await texts()).toEqual(['api drop', 'token hang nth=7'])
  })

  it('takes faults of a configuration, and names what is wrong in them', async () => {
    const good = { providers: ['mekari'], faults: ['api drop', { on: 'token', kind: 'delay', ms: 1 }] }
    const folder = folderWith({ 'mock-oauth.config.json': JSON.stringify(good) })
    const server = await serve([], {}, folder)
    expect(JSON.parse((await commandsTo(server)('fault', 'list', '--json')).stdout)).toMatchObject([
      { id: 'f1', kind: 'drop' },
      { id: 'f2', kind: 'delay', text: 'token delay ms=1' },
    ])
    const bad = `providers: [mekari]\nfaults:\n  - api drp\n  - on: token\n    kind: delay\n  - 3\n  - webhook drop\n  - api drop\n`
    const { code, stderr } = await run(['validate'], {}, folderWith({ 'mock-oauth.config.yaml': bad }))
    expect(code).toBe(1)
    expect(stderr.split('\n').filter((line) => line.includes('faults.'))).toEqual([
      expect.stringMatching(/:3 faults\.0: "api drp", at 5: "drp" is not what can go wrong/),
      expect.stringMatching(/:4 faults\.1: ms is missing\. Expected real milliseconds/),
      expect.stringMatching(/:6 faults\.2: A fault is 3\. Expected an object/),
      expect.stringMatching(/:7 faults\.3: on is "webhook", but no webhooks come from Mekari/),
    ])
  })

  it('refuses to start with a fault that can never strike', async () => {
    expect(await run(['serve', '--provider', 'mekari', '--fault', 'token drop', '--fault', 'introspect drop'])).toEqual(
      {
        code: 2,
        stdout: '',
        stderr: expect.stringMatching(/^faults\.1: on is "introspect"\. Expected a place that is played: /),
      },
    )
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('tells at %s of faults that never fired', async (signal) => {
    const plain = await serve(['--provider', 'mekari', '--fault', 'api drop', '--fault', 'api hang rate=0.5'])
    expect(await endedBy(signal, plain)).toEqual({ code: 0, said: ['fault f1 never fired: api drop'] })
    const strict = await serve(['--provider', 'mekari', '--fault', 'api drop', '--strict-faults'])
    expect(await endedBy(signal, strict)).toEqual({ code: 1, said: ['fault f1 never fired: api drop'] })
  })

  it('is strict of what a reset has forgotten as well', async () => {
    const server = await serve(['--provider', 'mekari', '--strict-faults'])
    const command = commandsTo(server)
    await command('fault', 'add', 'api', 'drop')
    await command('reset')
    expect(await endedBy('SIGTERM', server)).toEqual({
      code: 1,
      said: ['faults that a reset or the end of a world forgot before they fired: 1'],
    })
  })

  it('tells of each world, and of the default one where it was used', async () => {
    const server = await serve(['--provider', 'mekari', '--fault', 'api close', '--strict-faults', '--quiet'])
    const inWorld = (name: string) => server.mekari.apiUrl.replace('/mekari', `/~${name}/mekari`)
    await fetch(inWorld('fired'))
    await fetch(`${server.url}/~other/_mock/clock`)
    await fetch(`${server.url}/~gone/_mock/clock`)
    expect((await commandsTo(server)('worlds', 'remove', 'gone')).stdout.split('\n')[1]).toBe(
      'fault f1 never fired in /~gone: api close',
    )
    expect(await endedBy('SIGTERM', server)).toEqual({
      code: 1,
      said: [
        'fault f1 never fired in /~other: api close',
        'faults that a reset or the end of a world forgot before they fired: 1',
      ],
    })
  })

  it('ends well where each fault fired', async () => {
    const server = await serve(['--provider', 'mekari', '--fault', 'api close', '--strict-faults', '--quiet'])
    expect((await fetch(server.mekari.apiUrl)).status).toBe(401)
    expect(await endedBy('SIGTERM', server)).toEqual({ code: 0, said: [] })
  })
})
