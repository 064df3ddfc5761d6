import type { EvidenceEntry } from '../vocabulary/plain.ts'
import { type Control, findServer, type ServerOptions } from './control.ts'
import { print, printJson } from './print.ts'
import { Stop } from './stop.ts'
import { table } from './table.ts'

type RotationOptions = ServerOptions & { json?: boolean; takeBack?: boolean }

/** Shows what becomes of refresh tokens that are used; sets it, where a policy is given, or takes that back. */
export async function rotation(
  provider: string | undefined,
  policy: string | undefined,
  { json = false, takeBack = false, ...at }: RotationOptions,
): Promise<void> {
  if (takeBack && (policy !== undefined || provider === undefined)) {
    throw new Stop(2, '--take-back takes a provider and no policy: mock-oauth rotation mekari --take-back.')
  }
  const server = await findServer(at)
  if (provider !== undefined && (takeBack || policy !== undefined)) {
    await server.patch(pathOf(provider), { rotation: policy ?? null })
  }
  const shown = []
  for (const key of await keysOf(server, provider)) {
    const { evidence } = await server.get<{ readonly evidence: readonly EvidenceEntry[] }>(pathOf(key))
    const own = evidence.find(({ path }) => path === 'refresh.token.rotation')
    if (own) shown.push({ provider: key, policy: own.words.split(': ')[0], grade: own.grade, source: own.source })
  }
  const rows = shown.map((one) => [one.provider, one.policy ?? '', `${one.grade}: ${one.source}`])
  if (json) printJson(shown)
  else print(...table([['PROVIDER', 'ROTATION', 'KNOWN BY'], ...rows]))
}

const pathOf = (key: string) => `/providers/${encodeURIComponent(key)}`

/** The environments that a name stands for, all of them for none. A name of nothing is the server's to refuse. */
async function keysOf(server: Control, provider: string | undefined): Promise<readonly string[]> {
  const played = Object.keys(await server.get<object>('/providers'))
  if (provider === undefined) return played
  const named = played.filter((key) => key === provider || key.startsWith(`${provider}:`))
  return named.length > 0 ? named : [provider]
}
