import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createAuthority } from '../../src/intercept/authority.ts'
import { folderWith, run } from '../cli/command.ts'

/** A server of HTTPS at an address that no NO_PROXY names, with a certificate that only its own authority's file makes trusted. */
async function stranger() {
  const authority = await createAuthority([])
  const server = createServer(await authority.leafFor(['localhost', '127.0.0.2']), (request, reply) => {
    reply.end(`${request.method} ${request.url}`)
  })
  server.listen(0, '127.0.0.2')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { url: `https://127.0.0.2:${port}`, trusted: `${folderWith({ 'ca.pem': authority.certificate })}/ca.pem` }
}

const fetching = (url: string) => [
  process.execPath,
  ...['--input-type=module', '--eval'],
  `console.log(await fetch('${url}/a').then((answer) => answer.text(), ({ cause }) => cause.message))`,
]
const python = (url: string) => ['/usr/bin/python3', '-c', `import requests; print(requests.get('${url}/a').text)`]
const curl = (url: string) => ['curl', '--silent', '--show-error', `${url}/a`]

const running = (command: readonly string[], variables: Readonly<Record<string, string>>, ...flags: string[]) =>
  run(['run', '--provider', 'mekari', '--quiet', ...flags, '--', ...command], variables)

describe('a host that is not played', () => {
  it.each([
    ['Node', 'NODE_EXTRA_CA_CERTS', fetching],
    ['curl', 'SSL_CERT_FILE', curl],
    ['curl', 'CURL_CA_BUNDLE', curl],
    ['Python', 'REQUESTS_CA_BUNDLE', python],
  ] as const)("is reached as ever by %s, which trusts what the user's own %s names", async (_, variable, command) => {
    const { url, trusted } = await stranger()
    expect(await running(command(url), { [variable]: trusted })).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^GET \/a\n?$/),
    })
  })

  it.each([
    ['Node', fetching, /unable to verify|self.signed/],
    ['curl', curl, /certificate/i],
  ] as const)('is not trusted by %s where the user does not', async (_, command, complaint) => {
    const { stdout, stderr } = await running(command((await stranger()).url), {})
    expect(stdout + stderr).toMatch(complaint)
  })

  it.each([
    ['Node', fetching],
    ['curl', curl],
    ['Python', python],
  ] as const)('is refused to %s by --offline, with a sentence', async (_, command) => {
    const { url, trusted } = await stranger()
    const variables = { NODE_EXTRA_CA_CERTS: trusted, SSL_CERT_FILE: trusted }
    const { stdout, stderr } = await running(command(url), variables, '--offline')
    expect(stdout).not.toContain('GET')
    // curl shows the status alone.
    if (command !== curl)
      expect(stdout + stderr).toContain('127.0.0.2 is not played here, and --offline lets nothing else through.')
    else expect(stderr).toContain('403')
  })

  it('is named by --log, as curl keeps the reason of a refusal to itself', async () => {
    const offline = ['--quiet', '--offline', '--log', '--', ...curl('https://127.0.0.2')]
    expect((await run(['run', '--provider', 'mekari', ...offline])).stderr).toMatch(
      /^127\.0\.0\.2 is not played here, and /,
    )
  })

  it('is reached without the proxy where NO_PROXY names it', async () => {
    const { url, trusted } = await stranger()
    const variables = { NODE_EXTRA_CA_CERTS: trusted, NO_PROXY: '127.0.0.2' }
    expect(await running(fetching(url), variables, '--offline')).toMatchObject({ code: 0, stdout: 'GET /a\n' })
  })
})
