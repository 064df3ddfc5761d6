import { dirname, resolve } from 'node:path'
import type { Config } from '../config.ts'
import type { FaultInput } from '../control/faults.ts'
import { playable } from '../control/playable.ts'
import { rolesOf } from '../control/users.ts'
import type { ProviderDefinition } from '../vocabulary/definition.ts'
import { readFault } from '../vocabulary/fault-text.ts'
import { isPath } from './path.ts'
import { Stop } from './stop.ts'

/**
 * What flags and environment say, over what the configuration file says.
 * @param path of the file, where there is one
 * @param flags as a configuration
 * @param read takes the path of each file that was read for it, even where one is wrong
 * @throws {Stop} with each mistake on a line
 */
export async function configure(path: string | undefined, flags: Config, read: Set<string>): Promise<Config> {
  const written = path === undefined ? {} : await configIn(resolve(path), read)
  const config = over(written, flags)
  if (!flags.providers) return config
  const chosen: (string | ProviderDefinition)[] = []
  for (const one of flags.providers) chosen.push(typeof one === 'string' ? await provider(one, written, read) : one)
  return { ...(path === undefined ? config : narrowed(config, flags, chosen)), providers: chosen }
}

async function configIn(file: string, read: Set<string>): Promise<Config> {
  // Most people have none: what reads and judges one is loaded for it alone.
  const { readConfig } = await import('./config-file.ts')
  const { judge, mistakeLines } = await import('./config-mistakes.ts')
  const found = await readConfig(file, read)
  const judged = await judge(found, read)
  if (judged.mistakes.length > 0) throw new Stop(2, mistakeLines(found, judged).join('\n'))
  const { state, ...config } = judged.config
  return state === undefined ? config : { ...config, state: resolve(dirname(file), state) }
}

/** A provider by its name, which may be that of one that the configuration file brings, or by its file. */
async function provider(given: string, { providers = [] }: Config, read: Set<string>) {
  if (isPath(given)) return (await import('./provider-files.ts')).loadProvider(given, process.cwd(), read)
  return providers.find((one) => typeof one !== 'string' && one.id === given) ?? given
}

function over(written: Config, flags: Config): Config {
  const { webhooks: receiver, client, ...rest } = written
  const webhooks = { ...receiver, ...client?.webhooks, ...flags.client?.webhooks }
  const whole = { ...client, ...flags.client, ...(Object.keys(webhooks).length > 0 && { webhooks }) }
  return {
    ...rest,
    ...flags,
    ...(Object.keys(whole).length > 0 && { client: whole }),
    ...((rest.worlds ?? flags.worlds) && { worlds: { ...rest.worlds, ...flags.worlds } }),
    ...((rest.assume ?? flags.assume) && { assume: { ...rest.assume, ...flags.assume } }),
    ...((rest.rotation ?? flags.rotation) && { rotation: { ...rest.rotation, ...flags.rotation } }),
  }
}

/** Where flags choose among providers, what the file says of the others is for another time. */
function narrowed(config: Config, flags: Config, chosen: readonly (string | ProviderDefinition)[]): Config {
  const ids = chosen.map((one) => (typeof one === 'string' ? one : one.id))
  const isPlayed = (name: string) => ids.includes(name)
  const { clients, users, lifetimes, rotation, assume, client, faults, ...rest } = config
  const environments = playable(chosen)
  const roles = rolesOf({ environments })
  const { webhooks, ...apart } = client ?? {}
  const isTold = environments.some(({ rules }) => rules.webhooks) || flags.client?.webhooks !== undefined
  const kept = Object.entries(assume ?? {}).filter(
    ([name]) => isPlayed(name.slice(0, name.lastIndexOf('.'))) || flags.assume?.[name] !== undefined,
  )
  return {
    ...rest,
    ...(client && { client: isTold ? client : apart }),
    ...(users && {
      users: users.map(({ role, ...user }) => (role !== undefined && roles.includes(role) ? { ...user, role } : user)),
    }),
    ...(clients && { clients: clients.filter((one) => isPlayed((one.provider ?? ids[0] ?? '').split(':')[0] ?? '')) }),
    ...(lifetimes && { lifetimes: Object.fromEntries(Object.entries(lifetimes).filter(([name]) => isPlayed(name))) }),
    ...(rotation && {
      rotation: Object.fromEntries(
        Object.entries(rotation).filter(
          ([name]) => isPlayed(name.split(':')[0] ?? '') || flags.rotation?.[name] !== undefined,
        ),
      ),
    }),
    ...(assume && { assume: Object.fromEntries(kept) }),
    ...(faults && { faults: flags.faults ?? faults.filter((one) => isPlayed(providerOf(one) ?? ids[0] ?? '')) }),
  }
}

/** The provider of which a fault speaks, if of one. */
const providerOf = (fault: FaultInput): string | undefined =>
  (typeof fault === 'string' ? readFault(fault) : fault).provider?.split(':')[0]
