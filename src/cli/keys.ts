import type { RotationInput, SigningKeys } from '../index.ts'
import { findServer, type ServerOptions } from './control.ts'
import { print, printJson } from './print.ts'
import { table } from './table.ts'

type KeyOptions = ServerOptions & { json?: boolean }

/** Lists the keys that a provider shows. */
export async function list(provider: string | undefined, { json, ...at }: KeyOptions): Promise<void> {
  const server = await findServer(at)
  const query = provider === undefined ? '' : `?${new URLSearchParams({ provider })}`
  show(await server.get<SigningKeys>(`/keys${query}`), json)
}

/** Makes new keys sign. */
export async function rotate(
  provider: string | undefined,
  { retire, json, ...at }: KeyOptions & Pick<RotationInput, 'retire'>,
): Promise<void> {
  const server = await findServer(at)
  show(await server.post<SigningKeys>('/keys/rotate', { provider, retire }), json)
}

function show(shown: SigningKeys, json = false): void {
  if (json) {
    printJson(shown)
    return
  }
  const rows = shown.keys.map(({ kid, alg }) => [kid, alg, shown.signing.includes(kid) ? 'signs' : 'verifies'])
  print(...table([['KID', 'ALGORITHM', 'NOW'], ...rows]))
}
