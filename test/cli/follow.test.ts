import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { bin, endOf, environment, linesOf, run, serve } from './command.ts'

/** `requests --follow` under way; it ends with the test. */
function follow(url: string, ...args: string[]) {
  const child = spawn(process.execPath, [bin, 'requests', '--follow', '--url', url, ...args], {
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = endOf(child)
  onTestFinished(async () => {
    child.kill()
    await ended
  })
  return { next: linesOf(child.stdout), complaint: linesOf(child.stderr), ended }
}

describe('requests --follow', () => {
  it('prints requests as they come, like the log of serve', async () => {
    const { url, mekari, logged } = await serve()
    await fetch(mekari.apiUrl)
    await logged()
    // What came before is what the follower begins with: it is there once that is printed.
    const { next } = follow(url, '--since', 'r0')
    expect(await next()).toMatch(/ GET {2}\/mekari\/v1\/me 401 {2}access_token_missing: .* \(explain r1\)$/)
    await fetch(mekari.authorizeUrl)
    expect(await next()).toBe(await logged())
  })

  it('prints what a filter asks for, as JSON where that is wanted', async () => {
    const { url, mekari } = await serve()
    for (const at of [mekari.apiUrl, mekari.authorizeUrl, mekari.apiUrl]) await fetch(at)
    const { next } = follow(url, '--since', 'r1', '--endpoint', 'api', '--provider', 'mekari', '--json')
    expect(JSON.parse(await next())).toMatchObject({ id: 'r3', endpoint: 'api', environment: 'mekari' })
    await fetch(mekari.authorizeUrl)
    await fetch(mekari.apiUrl)
    expect(JSON.parse(await next())).toMatchObject({ id: 'r5' })
  })

  it('says when the server ends', async () => {
    const { url, mekari, child } = await serve()
    await fetch(mekari.apiUrl)
    const { next, complaint, ended } = follow(url, '--since', 'r0')
    await next()
    child.kill()
    expect(await complaint()).toBe(`The server at ${url} ended.`)
    expect(await ended).toBe(1)
  })

  it('needs a server, and the control token where that is asked for', async () => {
    const stranger = createServer((_, response) => response.writeHead(404).end())
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void stranger.close())
    const at = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`
    expect(await run(['requests', '--follow', '--url', at])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is not mock-oauth'),
    })
    const { url } = await serve(['--host', '0.0.0.0'])
    expect(await run(['requests', '--follow', '--url', url])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('MOCK_OAUTH_CONTROL_TOKEN'),
    })
  })
})
