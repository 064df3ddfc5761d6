import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { text } from 'node:stream/consumers'
import { connect } from 'node:tls'
import { createMockOAuth, type ListenOptions } from 'mock-oauth'
import { describe, expect, it, onTestFinished } from 'vitest'
import { endOf, run, runProgram, serve } from '../cli/command.ts'

async function secured(where: ListenOptions = {}) {
  const mock = await createMockOAuth({ providers: ['mekari'], seed: 'tls', consent: 'approve' })
  onTestFinished(() => mock.close())
  const listening = await mock.listen({ port: 0, tls: true, ...where })
  const { url, ca = '' } = listening
  const { port } = new URL(url)
  const call = (target: string, body?: string): Promise<{ status: number; body: string }> =>
    new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json' }
      const asking = request(target, { ca, agent: false, method: body ? 'POST' : 'GET', headers })
      asking.on('error', reject)
      asking.on('response', async (answer: IncomingMessage) =>
        resolve({ status: answer.statusCode ?? 0, body: await text(answer) }),
      )
      asking.end(body)
    })
  /** The certificate that is shown for a name. */
  const shown = async (servername: string, host = '127.0.0.1') => {
    const socket = connect({ port: Number(port), host, servername, ca })
    onTestFinished(() => void socket.destroy())
    await once(socket, 'secureConnect')
    return { names: socket.getPeerX509Certificate()?.subjectAltName, protocol: socket.alpnProtocol }
  }
  return { mock, listening, url, ca, call, shown }
}

describe('a server that speaks HTTPS', () => {
  it('says so in each URL of its answers', async () => {
    const { listening, url, ca, call } = await secured()
    expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    expect(new X509Certificate(ca).ca).toBe(true)
    const { tokenUrl } = listening.provider('mekari')
    expect(tokenUrl).toBe(`${url}/mekari/auth/oauth2/token`)
    expect((await call(tokenUrl, '{}')).status).toBe(400)
    const { body } = await call(`${url}/_mock/providers`)
    expect(JSON.parse(body).mekari.tokenUrl).toBe(tokenUrl)
    const local = url.replace('127.0.0.1', 'localhost')
    expect(JSON.parse((await call(`${local}/_mock/providers`)).body).mekari.tokenUrl).toBe(
      `${local}/mekari/auth/oauth2/token`,
    )
  })

  it('has a certificate for this machine, and for each name that is allowed', async () => {
    const { shown } = await secured({ allowHosts: ['mock-oauth'] })
    const own = 'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, DNS:mock-oauth'
    expect((await shown('localhost')).names).toBe(own)
    expect((await shown('mock-oauth')).names).toBe(own)
  })

  it("has one for the providers' real hosts, for whoever is sent there", async () => {
    const { shown } = await secured()
    expect(await shown('account.mekari.com')).toEqual({ names: 'DNS:account.mekari.com', protocol: false })
  })

  it('resets a connection where a fault does', async () => {
    const { mock, listening, call } = await secured()
    mock.faults.arm('token drop')
    await expect(call(listening.provider('mekari').tokenUrl, '{}')).rejects.toMatchObject({ code: 'ECONNRESET' })
  })
})

describe('serve --tls', () => {
  it('says where the certificate is, and takes it along when it ends', async () => {
    const { url, line, child } = await serve(['--provider', 'mekari', '--tls'])
    const { ca } = JSON.parse(line)
    expect(url).toMatch(/^https:/)
    const asking = `fetch('${url}/_mock/health').then((answer) => answer.text()).then(console.log)`
    const { stdout } = await runProgram(process.execPath, ['--eval', asking], { NODE_EXTRA_CA_CERTS: ca })
    expect(stdout).toBe('{"ready":true}\n')
    child.kill('SIGTERM')
    await endOf(child)
    expect(existsSync(ca)).toBe(false)
  })

  it('takes it along when its terminal closes', async () => {
    const { line, child } = await serve(['--provider', 'mekari', '--tls'])
    child.kill('SIGHUP')
    await endOf(child)
    expect(existsSync(JSON.parse(line).ca)).toBe(false)
  })

  it('is spoken to by the other commands, once they trust it', async () => {
    const { url, line } = await serve(['--provider', 'mekari'], { MOCK_OAUTH_TLS: '1' })
    const { ca } = JSON.parse(line)
    const trusting = { MOCK_OAUTH_URL: url, NODE_EXTRA_CA_CERTS: ca }
    expect(await run(['wait'], trusting)).toMatchObject({ code: 0, stdout: `ready at ${url}\n` })
    expect((await run(['env', '--format', 'json'], trusting)).stdout).toContain(`"MEKARI_BASE_URL": "${url}/mekari"`)
    expect(await run(['clock'], { MOCK_OAUTH_URL: url })).toMatchObject({
      code: 1,
      stderr: `The certificate of ${url} is not trusted here. Set NODE_EXTRA_CA_CERTS as "serve --tls" printed it when it started.\n`,
    })
  })
})
