import { execFile } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createAuthority } from '../../src/intercept/authority.ts'
import { openTrust } from '../../src/intercept/trust.ts'
import { folderWith } from '../cli/command.ts'

/** What openssl says in a folder with these files. */
async function openssl(args: readonly string[], files: Readonly<Record<string, string>>): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)('openssl', args, { cwd: folderWith(files) }).catch(
    (error) => error,
  )
  return stdout + stderr
}

/** What it says of a certificate, as strictly as it can. */
const verified = (ca: string, leaf: string) =>
  openssl(['verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', 'ca.pem', 'leaf.pem'], {
    'ca.pem': ca,
    'leaf.pem': leaf,
  })

describe("a run's authority", () => {
  it('signs certificates that openssl takes, by names and addresses', async () => {
    const authority = await createAuthority(['acme.example'])
    const { cert } = await authority.leafFor(['login.acme.example', 'localhost', '127.0.0.1', '::1'])
    expect(await verified(authority.certificate, cert)).toBe('leaf.pem: OK\n')
  })

  it.each(['evil.example', 'acme.example.evil.example', 'notacme.example', '10.0.0.1'])(
    'is trusted by openssl for what it was made for alone: not for %s',
    async (host) => {
      const authority = await createAuthority(['acme.example'])
      const { cert } = await authority.leafFor([host])
      expect(await verified(authority.certificate, cert)).toContain('permitted subtree violation')
    },
  )

  it('may be made for an address', async () => {
    const authority = await createAuthority(['10.0.0.7'])
    const { cert } = await authority.leafFor(['10.0.0.7'])
    expect(await verified(authority.certificate, cert)).toBe('leaf.pem: OK\n')
  })

  it('makes no authorities: what it signed signs nothing', async () => {
    const authority = new X509Certificate((await createAuthority([])).certificate)
    const shown = await openssl(['x509', '-in', 'ca.pem', '-noout', '-ext', 'basicConstraints,keyUsage'], {
      'ca.pem': authority.toString(),
    })
    expect(shown).toContain('CA:TRUE, pathlen:0')
    expect(shown).toContain('Certificate Sign, CRL Sign')
  })
})

describe('what programs are told to trust', () => {
  it('can be read by openssl, whole', async () => {
    const trust = await openTrust(await createAuthority(['acme.example']), {})
    onTestFinished(() => trust.close())
    const count = readFileSync(trust.bundle, 'utf8').split('BEGIN CERTIFICATE').length - 1
    expect(await openssl(['storeutl', '-noout', '-certs', trust.bundle], {})).toContain(`Total found: ${count}`)
  })
})
