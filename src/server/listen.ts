import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { Addresses } from '../control/addresses.ts'
import { prefixOf } from '../control/world-name.ts'
import type { Worlds } from '../control/worlds.ts'
import { createDoorways } from '../entrance/doorways.ts'
import { isLoopback } from '../entrance/host.ts'
import { minutes } from '../vocabulary/duration.ts'
import type { World } from '../world/world.ts'
import { createApp } from './app.ts'
import { createGuard } from './guard.ts'
import { makeSecure } from './tls.ts'
import { unavailable } from './unavailable.ts'

/** Where to listen. */
export interface ListenOptions {
  /** 0 picks a free one. Default: 4420. */
  port?: number
  /** Default: 127.0.0.1. */
  host?: string
  /** What control calls must present where they are not from this machine. */
  controlToken?: string
  /** Names, besides loopback, under which control calls are taken. */
  allowHosts?: readonly string[]
  /** HTTPS, with a certificate of an authority that is made for this server. */
  tls?: boolean
}

/** Every address of this machine is no address to go to: its loopback one is. */
const unspecified: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }

/** How often worlds are looked for that nobody uses any more. */
const sweepEvery = minutes(1)

/** Worlds that listen. */
export interface Server {
  readonly url: string
  /** Set where control calls need it. */
  readonly controlToken: string | undefined
  /** What clients have to trust where it speaks HTTPS, as PEM. */
  readonly ca: string | undefined
  /** How a world is reached here. */
  addressesOf(world: Pick<World, 'name' | 'environments'>): Addresses
  close(): Promise<void>
}

/**
 * Listens on HTTP, or HTTPS. On anything but loopback the control API needs a token, made here when none is given.
 * @throws {MockOAuthError} `port_in_use`, `address_unavailable`, `invalid_option` for what is no port
 */
export async function listen(
  worlds: Worlds,
  { port = 4420, host = '127.0.0.1', controlToken, allowHosts = [], tls = false }: ListenOptions,
): Promise<Server> {
  const token = controlToken ?? (isLoopback(host) ? undefined : randomBytes(16).toString('hex'))
  const doorways = createDoorways()
  const secure = tls ? await makeSecure(worlds.main.environments, [host, ...allowHosts]) : undefined
  const isLocal = isLoopback(host)
  const app = createApp(
    worlds,
    doorways,
    createGuard(() => isLocal, token, allowHosts),
    { tls: secure?.options },
  )
  try {
    await app.listen({ port, host })
  } catch (error) {
    throw unavailable(error as NodeJS.ErrnoException, host, port)
  }
  const { port: bound } = app.server.address() as AddressInfo
  const name = unspecified[host] ?? (host.includes(':') ? `[${host}]` : host)
  const url = `${tls ? 'https' : 'http'}://${name}:${bound}`
  const sweeping = setInterval(worlds.sweep, sweepEvery).unref()
  return {
    url,
    controlToken: token,
    ca: secure?.ca,
    addressesOf: (world) => doorways.at(world, url, prefixOf(world.name)),
    async close() {
      clearInterval(sweeping)
      await app.close()
    },
  }
}
