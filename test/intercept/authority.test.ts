import { execFile } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, createServer } from 'node:tls'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createAuthority } from '../../src/intercept/authority.ts'
import { listening } from './proxied.ts'

/** What openssl says of a certificate, as strictly as it can. */
async function verified(ca: string, certificate: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mock-oauth-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'ca.pem'), ca)
  await writeFile(join(folder, 'leaf.pem'), certificate)
  const args = ['verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', 'ca.pem', 'leaf.pem']
  const { stdout, stderr } = await promisify(execFile)('openssl', args, { cwd: folder }).catch((error) => error)
  return stdout + stderr
}

describe("a run's authority", () => {
  it('signs certificates that openssl takes, by names and addresses', async () => {
    const authority = await createAuthority(['acme.example'])
    const { cert } = await authority.leafFor(['login.acme.example', 'localhost', '127.0.0.1', '::1'])
    expect(await verified(authority.certificate, cert)).toBe('leaf.pem: OK\n')
    const leaf = new X509Certificate(cert)
    expect(leaf.subjectAltName).toBe(
      'DNS:login.acme.example, DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1',
    )
    expect(leaf.ca).toBe(false)
  })

  it.each(['evil.example', 'acme.example.evil.example', 'notacme.example', '10.0.0.1'])(
    'is trusted for what it was made for alone: not for %s',
    async (host) => {
      const authority = await createAuthority(['acme.example'])
      expect(authority.covers(host)).toBe(false)
      const { cert } = await authority.leafFor([host])
      expect(await verified(authority.certificate, cert)).toContain('permitted subtree violation')
    },
  )

  it('may be made for an address', async () => {
    const authority = await createAuthority(['10.0.0.7'])
    expect(authority.covers('10.0.0.7')).toBe(true)
    const { cert } = await authority.leafFor(['10.0.0.7'])
    expect(await verified(authority.certificate, cert)).toBe('leaf.pem: OK\n')
  })

  it('makes no authorities: what it signed signs nothing', async () => {
    const authority = new X509Certificate((await createAuthority([])).certificate)
    expect(authority.ca).toBe(true)
    const { stdout } = await promisify(execFile)('sh', [
      '-c',
      `printf '%s' "$1" | openssl x509 -noout -ext basicConstraints,keyUsage`,
      'sh',
      authority.toString(),
    ])
    expect(stdout).toContain('CA:TRUE, pathlen:0')
    expect(stdout).toContain('Certificate Sign, CRL Sign')
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
    const server = await listening(createServer({ SNICallback: (_, done) => done(null, context) }))
    const { port } = server.address() as AddressInfo
    const socket = connect({ port, host: '127.0.0.1', servername: 'a.acme.example', ca: authority.certificate })
    onTestFinished(() => void socket.destroy())
    await once(socket, 'secureConnect')
    expect(socket.authorized).toBe(true)
  })
})
