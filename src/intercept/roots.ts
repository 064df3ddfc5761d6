import { readFileSync } from 'node:fs'
import { rootCertificates } from 'node:tls'

/** Where systems keep the roots that they trust, as one file. */
const usualPlaces = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
  '/opt/homebrew/etc/ca-certificates/cert.pem',
  '/usr/local/etc/ca-certificates/cert.pem',
]

/** Variables by which a user already names roots of their own. */
const userVariables = ['SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS']

/** The certificates, each as PEM, that are trusted here already: the system's, and those that variables name. */
export function rootsHere(environment: NodeJS.ProcessEnv): readonly string[] {
  const found = usualPlaces.map(certificatesIn).find(({ length }) => length > 0) ?? rootCertificates
  const named = userVariables.flatMap((name) => certificatesIn(environment[name]))
  return [...new Set([...found, ...named].map((pem) => pem.trim()))]
}

/** The certificates in a file; none where it cannot be read. */
export function certificatesIn(path: string | undefined): readonly string[] {
  if (!path) return []
  try {
    return readFileSync(path, 'utf8').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  } catch {
    return []
  }
}
