import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { optionsOf } from '../config/options.ts'
import type { Config } from '../config.ts'
import { inside } from '../control/inside.ts'
import { createMockOAuth, type MockOAuth } from '../index.ts'
import { createAuthority } from '../intercept/authority.ts'
import { variablesFor } from '../intercept/environment.ts'
import { hostsOf } from '../intercept/hosts.ts'
import { startProxy } from '../intercept/proxy.ts'
import { openTrust } from '../intercept/trust.ts'
import { providers as known } from '../providers.ts'
import { Stop } from './stop.ts'
import { variablesOf } from './variables.ts'

/** A mock to which programs come by the providers' real hosts. */
export interface Interception {
  readonly mock: MockOAuth
  /** Where the control API is. */
  readonly url: string
  /** Where the proxy is. */
  readonly proxy: string
  /** What is played, by name. */
  readonly providers: readonly string[]
  /** The hosts that are played. */
  readonly hosts: readonly string[]
  /** By these a program goes through the proxy, trusts it, and has credentials of each provider. */
  readonly variables: Readonly<Record<string, string>>
  /** Ends it: no file is left when this returns. */
  close(): void
}

/** Where it is reached, whether other hosts are out of reach, and whether it is said which were refused. */
export interface Reach {
  readonly port: number
  readonly proxyPort: number
  readonly offline: boolean
  readonly log: boolean
}

/**
 * Plays what a configuration says, behind a proxy on this machine alone.
 * @throws {Stop} where it names no provider: all of them cannot be told apart by their hosts
 */
export async function intercept(config: Config, { port, proxyPort, offline, log }: Reach): Promise<Interception> {
  if (!config.providers?.length) throw new Stop(2, `${unnamed} Known: ${Object.keys(known).join(', ')}.`)
  const opened: (() => unknown)[] = []
  const close = () => {
    for (const end of opened.splice(0).toReversed()) end()
  }
  try {
    const mock = await createMockOAuth(optionsOf(config).mock)
    opened.push(mock.close)
    const { names, domains } = hostsOf(mock[inside].worlds.main.environments)
    const authority = await createAuthority(domains)
    const proxy = await startProxy(mock, { authority, offline, port: proxyPort, ...(log && { onRefused }) })
    opened.push(proxy.close)
    const listening = await mock.listen({ port })
    const trust = await openTrust(authority).catch(noRoom)
    opened.push(trust.close)
    const { extra, bundle } = trust
    const way = { proxy: proxy.url, extra, bundle, hosts: names, url: listening.url, preload: fileOf('preload.cjs') }
    const providers = Object.keys(listening.providers())
    const credentials = providers.map((name) => variablesOf(name, mock.provider(name)))
    const variables = Object.assign(variablesFor(way, process.env), ...credentials)
    return { mock, url: listening.url, proxy: proxy.url, providers, hosts: names, variables, close }
  } catch (error) {
    close()
    throw error
  }
}

const unnamed = 'Name what is played: --provider mekari. All at once cannot be, as two of them own the same hosts.'

const onRefused = (sentence: string) => void process.stderr.write(`${sentence}\n`)

function noRoom({ message }: Error): never {
  throw new Stop(
    1,
    `There is no place for the certificates that programs have to trust: ${message}. Name one by TMPDIR.`,
  )
}

/** A file of this package's `dist`. */
const fileOf = (name: string): string =>
  join(dirname(createRequire(import.meta.url).resolve('mock-oauth/package.json')), 'dist', name)
