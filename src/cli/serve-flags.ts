import type { Config } from '../config.ts'
import type { ConsentMode, RotationPolicy } from '../index.ts'
import type { Mood } from '../vocabulary/mood.ts'
import { findConfig } from './config-file.ts'
import { configure } from './configuration.ts'
import { Stop } from './stop.ts'

/** The flags of `serve`; each stands for a key of the configuration, but the one that names its file. */
export interface ServeFlags {
  config?: string
  provider?: readonly string[]
  assume?: Readonly<Record<string, string>>
  rotation?: Readonly<Record<string, RotationPolicy>>
  consent?: ConsentMode
  seed?: string
  state?: string
  redirectUri?: readonly string[]
  clientId?: string
  clientSecret?: string
  scope?: readonly string[]
  webhookUrl?: string
  webhookSecret?: string
  worldIdle?: string
  worldLimit?: number
  fault?: readonly string[]
  strictFaults?: boolean
  mood?: Mood
  port?: number
  host?: string
  controlToken?: string
  allowHost?: readonly string[]
  tls?: boolean
  json?: boolean
  quiet?: boolean
  watch?: boolean
}

/** The flags that were given, as a configuration. */
function configOf({ config: _, ...flags }: ServeFlags): Config {
  const {
    provider: providers,
    redirectUri: redirectUris,
    clientId: id,
    clientSecret: secret,
    scope: scopes,
    fault: faults,
    ...rest
  } = flags
  const { webhookUrl: url, webhookSecret, allowHost: allowHosts, worldIdle: idle, worldLimit: limit, ...same } = rest
  const webhooks = given({ url, secret: webhookSecret })
  const client = given({ id, secret, redirectUris, scopes, webhooks })
  const worlds = given({ idle, limit })
  return given({ providers, client, faults, allowHosts, worlds, ...same }) ?? {}
}

/**
 * The way to read, each time anew, what flags, variables and the configuration file say.
 * @returns takes the path of each file that was read for it; throws {Stop} for what is wrong
 */
export function loaderOf(flags: ServeFlags): (read: Set<string>) => Promise<Config> {
  const given = configOf(flags)
  // Found once: one that is gone later is missed.
  const file = flags.config ?? findConfig()
  return async (read) => {
    const config = await configure(file, given, read)
    checkReceiver(config)
    if (given.assume) (await import('./assumptions.ts')).checkAssumptions(config.providers ?? [], given.assume)
    return config
  }
}

/**
 * Refuses a secret for a receiver that nobody named.
 * @throws {Stop}
 */
function checkReceiver({ client }: Config): void {
  const { url, secret } = client?.webhooks ?? {}
  if (url === undefined && secret !== undefined) throw new Stop(2, '--webhook-secret needs --webhook-url.')
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** What is there of an object; nothing where nothing is. */
function given<T extends object>(from: T): Given<T> | undefined {
  const entries = Object.entries(from).filter(([, value]) => value !== undefined)
  return entries.length > 0 ? (Object.fromEntries(entries) as Given<T>) : undefined
}
