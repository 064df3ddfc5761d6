import 'reflect-metadata'
import { randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import { createSecureContext, type SecureContext } from 'node:tls'
import { AsnConvert } from '@peculiar/asn1-schema'
import {
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  id_ce_nameConstraints,
  NameConstraints,
} from '@peculiar/asn1-x509'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'

/** A certificate and its key, as PEM. */
export interface Leaf {
  readonly key: string
  readonly cert: string
}

/** Signs the certificates of one run. Its key is in memory alone. */
export interface Authority {
  /** The authority's own certificate, as PEM: what clients have to trust. */
  readonly certificate: string
  /** Whether it may sign for a host: this machine, or a name that it was made for or one below it. */
  covers(host: string): boolean
  /** A certificate for host names and addresses, each of which it covers. */
  leafFor(hosts: readonly string[]): Promise<Leaf>
  /** What TLS needs to be that host; made once, for as long as it is asked for among a thousand. */
  contextFor(host: string): Promise<SecureContext>
}

const ecdsa = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const hour = 3_600_000
/** A clock may be behind by an hour; no run lasts longer than a week. */
const validity = () => ({ notBefore: new Date(Date.now() - hour), notAfter: new Date(Date.now() + 7 * 24 * hour) })

const mostContexts = 1_000

/**
 * Makes a certificate authority that signs for loopback and for these names alone (RFC 5280 §4.2.1.10): whoever trusted it
 * and forgot so trusts nothing else by it.
 * @param names host names, and those below them; addresses of this machine
 */
export async function createAuthority(names: readonly string[]): Promise<Authority> {
  const keys = await crypto.subtle.generateKey(ecdsa, false, ['sign', 'verify'])
  const name = [{ O: ['mock-oauth'] }, { CN: [`mock-oauth ${randomBytes(4).toString('hex')}`] }]
  const own = await X509CertificateGenerator.createSelfSigned({
    ...validity(),
    serialNumber: serial(),
    name,
    keys,
    signingAlgorithm: ecdsa,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      onlyFor(['localhost', ...names]),
    ],
  })
  const identifier = await AuthorityKeyIdentifierExtension.create(keys.publicKey)
  const contexts = new Map<string, Promise<SecureContext>>()

  const covers = (host: string) =>
    isIP(host) > 0
      ? isOwn(host) || names.includes(host)
      : ['localhost', ...names].some((name) => host === name || host.endsWith(`.${name}`))

  async function leafFor(hosts: readonly string[]): Promise<Leaf> {
    const leaf = await crypto.subtle.generateKey(ecdsa, true, ['sign', 'verify'])
    const certificate = await X509CertificateGenerator.create({
      ...validity(),
      serialNumber: serial(),
      // A host as common name would be held against the constraints as one more.
      subject: [{ O: ['mock-oauth'] }],
      issuer: own.subject,
      publicKey: leaf.publicKey,
      signingKey: keys.privateKey,
      signingAlgorithm: ecdsa,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        new SubjectAlternativeNameExtension(
          hosts.map((value) => ({ type: isIP(value) > 0 ? 'ip' : 'dns', value }) as const),
        ),
        await SubjectKeyIdentifierExtension.create(leaf.publicKey),
        identifier,
      ],
    })
    const key = PemConverter.encode(await crypto.subtle.exportKey('pkcs8', leaf.privateKey), 'PRIVATE KEY')
    return { key: `${key}\n`, cert: `${certificate.toString('pem')}\n` }
  }

  return {
    certificate: `${own.toString('pem')}\n`,
    covers,
    leafFor,
    contextFor(host) {
      const before = contexts.get(host)
      if (before) return before
      if (contexts.size >= mostContexts) contexts.clear()
      const made = leafFor([host]).then(createSecureContext)
      contexts.set(host, made)
      return made
    },
  }
}

/** Positive, and of 16 bytes (RFC 5280 §4.1.2.2). */
const serial = () => `01${randomBytes(15).toString('hex')}`

const isOwn = (address: string) => address === '::1' || address.startsWith('127.')

function onlyFor(names: readonly string[]): Extension {
  const addresses = ['127.0.0.0/8', '::1/128', ...names.filter((name) => isIP(name) > 0 && !isOwn(name)).map(whole)]
  const bases = [
    ...names.filter((name) => isIP(name) === 0).map((dNSName) => new GeneralName({ dNSName })),
    ...addresses.map((iPAddress) => new GeneralName({ iPAddress })),
  ]
  const permittedSubtrees = new GeneralSubtrees(bases.map((base) => new GeneralSubtree({ base })))
  return new Extension(id_ce_nameConstraints, true, AsnConvert.serialize(new NameConstraints({ permittedSubtrees })))
}

const whole = (address: string) => `${address}/${isIP(address) === 4 ? 32 : 128}`
