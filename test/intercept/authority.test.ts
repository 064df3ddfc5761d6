import { X509Certificate } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { connect, createSecureContext, createServer, type SecureContext } from 'node:tls'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Authority, createAuthority } from '../../src/intercept/authority.ts'
import { listening } from './proxied.ts'

/** Whether Node takes what a server shows for a host. */
async function verdict(authority: Authority, host: string, context: SecureContext): Promise<string> {
  const server = await listening(createServer({ SNICallback: (_, done) => done(null, context) }))
  const { port } = server.address() as AddressInfo
  const socket = connect({ port, host: '127.0.0.1', servername: host, ca: authority.certificate })
  onTestFinished(() => void socket.destroy())
  return new Promise((resolve) => {
    socket.on('secureConnect', () => resolve(socket.authorized ? 'trusted' : 'not trusted'))
    socket.on('error', ({ message }) => resolve(message))
  })
}

describe("a run's authority", () => {
  it('signs certificates for names and addresses', async () => {
    const authority = await createAuthority(['acme.example'])
    const { cert } = await authority.leafFor(['login.acme.example', 'localhost', '127.0.0.1', '::1'])
    const leaf = new X509Certificate(cert)
    expect(leaf.verify(new X509Certificate(authority.certificate).publicKey)).toBe(true)
    expect(leaf.subjectAltName).toBe(
      'DNS:login.acme.example, DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1',
    )
    expect(leaf.ca).toBe(false)
    expect(new X509Certificate(authority.certificate).ca).toBe(true)
  })

  it('covers what it was made for alone', async () => {
    const authority = await createAuthority(['acme.example', '10.0.0.7'])
    const hosts = ['acme.example', 'login.acme.example', '10.0.0.7']
    const others = ['evil.example', 'acme.example.evil.example', 'notacme.example', '10.0.0.1']
    expect([...hosts, ...others].filter((host) => authority.covers(host))).toEqual(hosts)
  })

  it('is another one each time, for days and not for years, whose clock may be an hour off', async () => {
    const [one, two] = await Promise.all([createAuthority([]), createAuthority([])])
    const [first, second] = [new X509Certificate(one.certificate), new X509Certificate(two.certificate)]
    expect(first.serialNumber).not.toBe(second.serialNumber)
    expect(first.publicKey.equals(second.publicKey)).toBe(false)
    expect(first.subject).not.toBe(second.subject)
    const day = 86_400_000
    expect(Date.parse(first.validFrom)).toBeLessThanOrEqual(Date.now() - 3_500_000)
    expect(Date.parse(first.validTo) - Date.now()).toBeLessThan(8 * day)
  })

  it('is trusted by Node for each host, whose certificate it makes once', async () => {
    const authority = await createAuthority(['acme.example'])
    const context = await authority.contextFor('a.acme.example')
    expect(await authority.contextFor('a.acme.example')).toBe(context)
    expect(await verdict(authority, 'a.acme.example', context)).toBe('trusted')
  })

  it.each(['evil.example', 'acme.example.evil.example', 'notacme.example'])(
    'is trusted by Node for what it was made for alone: not for %s',
    async (host) => {
      const authority = await createAuthority(['acme.example'])
      const context = createSecureContext(await authority.leafFor([host]))
      expect(await verdict(authority, host, context)).toBe('permitted subtree violation')
    },
  )
})
