import { rmSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Authority } from './authority.ts'
import { certificatesIn, rootsHere } from './roots.ts'

/** Files by which programs come to trust an authority. They hold public certificates alone. */
export interface Trust {
  /** Where the files are; nobody else may read it. */
  readonly folder: string
  /** The authority's certificate alone. */
  readonly ca: string
  /** For NODE_EXTRA_CA_CERTS, which adds to Node's own roots: the authority's, and what that variable already named. */
  readonly extra: string
  /** For SSL_CERT_FILE and its kin, which replace the roots: the system's, those already named there, and the authority's. */
  readonly bundle: string
  /** Removes them; the end of the process does, too. */
  close(): void
}

const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Writes the files, in a new folder among the system's temporary ones. */
export async function openTrust(
  { certificate }: Pick<Authority, 'certificate'>,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Trust> {
  const folder = await mkdtemp(join(tmpdir(), 'mock-oauth-trust-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  // Where nobody else minds a signal, it would end the process without an `exit`.
  const leave = (signal: NodeJS.Signals) => {
    if (process.listenerCount(signal) > 1) return
    close()
    process.kill(process.pid, signal)
  }
  const close = () => {
    process.off('exit', remove)
    for (const signal of endings) process.off(signal, leave)
    remove()
  }
  process.once('exit', remove)
  for (const signal of endings) process.on(signal, leave)

  const write = async (name: string, certificates: readonly string[]) => {
    const path = join(folder, name)
    await writeFile(path, `${certificates.map((pem) => pem.trim()).join('\n')}\n`)
    return path
  }
  const before = certificatesIn(environment.NODE_EXTRA_CA_CERTS)
  const ca = await write('ca.pem', [certificate])
  return {
    folder,
    ca,
    extra: before.length === 0 ? ca : await write('extra.pem', [...before, certificate]),
    bundle: await write('bundle.pem', [...rootsHere(environment), certificate]),
    close,
  }
}
