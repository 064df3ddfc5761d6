import { describe, expect, it } from 'vitest'
import { run, serve } from './command.ts'

const times = (text: string) => text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>').replace(/ +/g, ' ')

describe('grants and explain', () => {
  it('list what is connected, draw the tree of one, and tell the life of what is dead', async () => {
    const { url, mekari } = await serve(['--provider', 'mekari', '--seed', 'a tree', '--consent', 'approve'])
    const cli = async (...words: string[]) => await run(words, { MOCK_OAUTH_URL: url })
    expect(await cli('grants')).toMatchObject({ code: 0, stdout: 'Nothing is connected so far.\n' })
    const minted = JSON.parse((await cli('token', 'mekari', '--scope', 'esign', '--json')).stdout)
    const { clientId: client_id, clientSecret: client_secret } = mekari
    const refresh = async (refresh_token: string) =>
      fetch(mekari.tokenUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ client_id, client_secret, grant_type: 'refresh_token', scope: 'esign', refresh_token }),
      })
    await refresh(minted.refreshToken)
    await refresh(minted.refreshToken)

    const { id } = minted.grant
    expect((await cli('grants')).stdout).toContain(`${id}  mekari`)
    const tree = times((await cli('grants', id)).stdout).split('\n')
    expect(tree.slice(0, 3)).toEqual([`Grant ${id}`, 'Provider mekari', `Client ${client_id}`])
    expect(tree.slice(-6)).toEqual([
      'TOKEN ISSUED BY NOW',
      expect.stringMatching(/^access token \w{4}…\w{6} <time> minted alive until <time>$/),
      expect.stringMatching(/^refresh token \w{4}…\w{6} <time> minted dead: spent by r1 at <time>$/),
      expect.stringMatching(/^├─ access token \w{4}…\w{6} <time> r1 alive until <time>$/),
      expect.stringMatching(/^└─ refresh token \w{4}…\w{6} <time> r1 alive until <time>$/),
      '',
    ])
    expect(JSON.parse((await cli('grants', id, '--json')).stdout)).toMatchObject({
      grant: { id },
      tokens: { length: 4 },
    })

    const told = await cli('explain', '--last')
    expect(told.stdout).toBe((await cli('explain')).stdout)
    const [life, ...events] = times(told.stdout).trimEnd().split('\n').slice(-3)
    expect(life).toMatch(new RegExp(`^Life refresh token \\w{4}…\\w{6} of mekari for client ${client_id} in ${id}$`))
    expect(events).toEqual([' <time> minted', ' <time> spent by r1 token refresh_token'])
  })

  it('take one request to explain, and a grant that there is', async () => {
    const { url } = await serve(['--provider', 'mekari'])
    const both = await run(['explain', 'r1', '--last', '--url', url])
    expect(both).toMatchObject({ code: 2, stderr: 'Either --last or r1, not both.\n' })
    const unknown = await run(['grants', 'grant_x', '--url', url])
    expect(unknown).toMatchObject({ code: 2, stderr: 'There is no grant "grant_x". There are: none.\n' })
  })

  it('are told in short on the line of a refusal: who used a token first, and how long ago', async () => {
    const served = await serve(['--provider', 'mekari', '--rotation', 'mekari=grace:30'])
    const { url, mekari } = served
    const headers = { 'content-type': 'application/json' }
    const post = async (to: string, body: object) =>
      (await fetch(to, { method: 'POST', headers, body: JSON.stringify(body) })).json()
    const { refreshToken: refresh_token } = await post(`${url}/_mock/tokens`, { provider: 'mekari', scope: 'esign' })
    const { clientId: client_id, clientSecret: client_secret, tokenUrl } = mekari
    const refresh = { client_id, client_secret, grant_type: 'refresh_token', scope: 'esign', refresh_token }
    await post(tokenUrl, refresh)
    await post(`${url}/_mock/clock`, { freeze: true, advance: '5m' })
    await post(tokenUrl, refresh)
    await served.logged()
    expect(await served.logged()).toMatch(
      /refresh_token_reused: refresh_token "\w{4}…\w{6}", expected the newest refresh token, first used by r1 5m ago\. \(explain r2\)$/,
    )
  })

  it('tell what a fault has done', async () => {
    const { url, mekari } = await serve(['--provider', 'mekari'])
    const fault = { on: 'token', kind: 'drop', at: 'before', cites: 'RFC 9110 §2.4' }
    const headers = { 'content-type': 'application/json' }
    await fetch(`${url}/_mock/faults`, { method: 'POST', headers, body: JSON.stringify(fault) })
    await expect(fetch(mekari.tokenUrl, { method: 'POST', headers, body: '{}' })).rejects.toThrow()
    const { stdout } = await run(['explain', '--url', url])
    expect(stdout.split('\n').slice(1)).toEqual([
      'Fault      f1  drop, before the work: the connection was reset; nothing was done',
      'Permitted  RFC 9110 §2.4',
      'Done       nothing',
      'Sent       nothing: the connection was reset',
      'Advice     Nothing was done: send the same request again, after a while.',
      '',
    ])
  })
})
