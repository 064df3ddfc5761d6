import type { EvidenceEntry } from '../vocabulary/plain.ts'
import { findServer, type ServerOptions } from './control.ts'
import { print, printJson } from './print.ts'
import { Stop } from './stop.ts'
import { table } from './table.ts'

type RotationOptions = ServerOptions & { json?: boolean; takeBack?: boolean }

/** What a server says of a provider. */
interface Described {
  readonly evidence: readonly EvidenceEntry[]
}

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
  const named = provider === undefined ? [] : [provider]
  if (provider !== undefined && (takeBack || policy !== undefined)) {
    await server.patch(`/providers/${encodeURIComponent(provider)}`, { rotation: policy ?? null })
  }
  const played = Object.keys(await server.get<object>('/providers'))
  // A provider's name stands for its environments too; one that is not played is the server's to refuse.
  const keys = played.filter((key) => named.length === 0 || key === provider || key.startsWith(`${provider}:`))
  const shown = []
  for (const key of keys.length > 0 ? keys : named) {
    const { evidence } = await server.get<Described>(`/providers/${encodeURIComponent(key)}`)
    const own = evidence.find(({ path }) => path === 'refresh.token.rotation')
    if (own) shown.push({ provider: key, policy: own.words.split(': ')[0], grade: own.grade, source: own.source })
  }
  if (json) printJson(shown)
  else
    print(
      ...table([
        ['PROVIDER', 'ROTATION', 'KNOWN BY'],
        ...shown.map((one) => [one.provider, one.policy ?? '', `${one.grade}: ${one.source}`]),
      ]),
    )
}
