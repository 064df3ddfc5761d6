import { spawn } from 'node:child_process'
import { describe, expect, it, onTestFinished } from 'vitest'
import { bin, endOf, environment, linesOf, run } from '../cli/command.ts'
import { example } from './shell.ts'

/** Moments differ from run to run, and the port is any free one. */
const comparable = (text: string, url: string) =>
  text
    .replaceAll(url, 'http://127.0.0.1:4420')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replace(/just now|\d+s ago/g, '<ago>')

/** `serve --provider mekari --seed demo` as a person sees it, and a client of it. */
async function served() {
  const child = spawn(process.execPath, [bin, 'serve', '--provider', 'mekari', '--seed', 'demo', '--port', '0'], {
    env: environment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(async () => {
    const ended = endOf(child)
    child.kill()
    await ended
  })
  const next = linesOf(child.stdout)
  const printed: string[] = []
  const printedUpTo = async (end: RegExp) => {
    while (!end.test(printed.at(-1) ?? '')) printed.push(await next())
  }
  await printedUpTo(/^Stop/)
  const url = printed[0]?.replace('ready at ', '') ?? ''
  const post = async (path: string, body: object): Promise<Record<string, string>> => {
    const headers = { 'content-type': 'application/json' }
    return (await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })).json()
  }
  const { mekari } = await (await fetch(`${url}/_mock/providers`)).json()
  const { clientId: client_id, clientSecret: client_secret, authorizeUrl } = mekari
  const exchange = (grant: object) =>
    post('/mekari/auth/oauth2/token', { client_id, client_secret, scope: 'esign', ...grant })
  const connect = async () => {
    const asked = `${authorizeUrl}?client_id=${client_id}&response_type=code&scope=esign`
    const { redirectTo = '' } = await post('/_mock/authorize', { url: asked })
    return exchange({ grant_type: 'authorization_code', code: new URL(redirectTo).searchParams.get('code') })
  }
  return { url, printed, printedUpTo, post, exchange, connect, apiUrl: mekari.apiUrl }
}

describe('an example of a screen', () => {
  it('first-look.console is what the tool prints', async () => {
    const { url, printed, printedUpTo, post, exchange, connect, apiUrl } = await served()
    const { access_token, refresh_token } = await connect()
    await post('/_mock/clock', { advance: '61m' })
    await fetch(apiUrl, { headers: { authorization: `Bearer ${access_token}` } })
    await exchange({ grant_type: 'refresh_token', refresh_token })
    await exchange({ grant_type: 'refresh_token', refresh_token })
    await printedUpTo(/\(explain r5\)$/)
    const explained = (await run(['explain', '--url', url])).stdout

    const real = comparable([...printed, '', '$ npx mock-oauth explain', explained].join('\n'), url)
    const parts = example('first-look.console').split('\n…\n')
    expect(parts).toHaveLength(2)
    const [top = '', bottom = ''] = parts.map((part) => comparable(part.replace(/^\$ .* serve .*\n/, ''), url))
    expect(real.slice(0, top.length)).toBe(top)
    expect(real.trimEnd().slice(-bottom.length)).toBe(bottom)
  })

  it('struck.console is what the log says of a lost reply', async () => {
    const { url, printed, printedUpTo, post, exchange } = await served()
    const { refreshToken } = await post('/_mock/tokens', { scope: 'esign' })
    await post('/_mock/faults', { fault: 'token:refresh_token drop after' })
    const refresh = () => exchange({ grant_type: 'refresh_token', refresh_token: refreshToken })
    await expect(refresh()).rejects.toThrow('fetch failed')
    await refresh()
    await printedUpTo(/\(explain r2\)$/)
    expect(comparable(printed.slice(-2).join('\n'), url)).toBe(comparable(example('struck.console'), url))
  })
})
