import { existsSync, readFileSync, statSync } from 'node:fs'
import { rootCertificates } from 'node:tls'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createAuthority } from '../../src/intercept/authority.ts'
import { openTrust } from '../../src/intercept/trust.ts'
import { folderWith } from '../cli/command.ts'

async function trusted(environment: NodeJS.ProcessEnv = {}) {
  const authority = await createAuthority(['acme.example'])
  const trust = await openTrust(authority, environment)
  onTestFinished(() => trust.close())
  const [ca, extra, bundle] = [trust.ca, trust.extra, trust.bundle].map((path) => readFileSync(path, 'utf8'))
  return { authority, trust, ca, extra, bundle }
}

const count = (pem = '') => pem.split('BEGIN CERTIFICATE').length - 1

describe('what programs are told to trust', () => {
  it('stands in a folder of its own that others cannot read, and goes', async () => {
    const { trust } = await trusted()
    expect(statSync(trust.folder).mode & 0o777).toBe(0o700)
    trust.close()
    expect(existsSync(trust.folder)).toBe(false)
  })

  it("is the authority alone, or beside the system's roots", async () => {
    const { authority, trust, ca, extra, bundle } = await trusted()
    expect(ca).toBe(authority.certificate)
    expect([trust.extra, extra]).toEqual([trust.ca, ca])
    expect(count(bundle)).toBeGreaterThan(50)
    expect(bundle).toContain(authority.certificate)
    expect(bundle).not.toContain('PRIVATE KEY')
  })

  it.each(['SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS'])(
    'keeps what %s already named',
    async (name) => {
      const own = (await createAuthority(['corp.example'])).certificate
      const { ca, extra, bundle } = await trusted({ [name]: `${folderWith({ 'corp.pem': own })}/corp.pem` })
      expect(bundle).toContain(own.trim())
      expect(extra?.includes(own.trim())).toBe(name === 'NODE_EXTRA_CA_CERTS')
      expect(ca).not.toContain(own.trim())
    },
  )

  it('passes over a file that is not there', async () => {
    const { bundle } = await trusted({ SSL_CERT_FILE: '/nowhere/at/all.pem' })
    expect(count(bundle)).toBeGreaterThan(50)
    expect(rootCertificates.length).toBeGreaterThan(50)
  })
})
