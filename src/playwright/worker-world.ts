import type { PlayedProvider } from '../embedded/types.ts'
import { askControl, type RemoteWorld, remoteWorld } from '../remote/remote-world.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import { type MockOAuthUse, reachServer } from './reach-server.ts'

/** The world of one worker, on whichever server. */
export interface WorkerWorld extends RemoteWorld {
  /** Without what names the world. */
  readonly serverUrl: string
  /** From which, with the id of a test, the seed of each test is made. */
  readonly seed: string
  /**
   * Endpoints, with the world's prefix in their URLs, and the client, which is the same in every world; of the only provider
   * when none is named.
   * @throws {MockOAuthError} `unknown_provider`
   */
  provider(name?: string): PlayedProvider
}

type Played = Readonly<Record<string, PlayedProvider>>

/**
 * Opens a world that nobody else has: no other worker, project, shard or run.
 * @returns the world, and what ends it
 * @throws {MockOAuthError} `no_server`, `unknown_provider`, `control_refused`, and as `createMockOAuth` does
 */
export async function openWorkerWorld(use: MockOAuthUse, worker: number) {
  const { at, close } = await reachServer(use)
  const name = `worker-${worker}-${crypto.randomUUID().slice(0, 13)}`
  const remote = remoteWorld(at, name)
  const played = await askControl<Played>({ ...at, base: remote.url }, 'GET', '/providers')
  const provider = (key?: string) => found(played, key)
  for (const wanted of use.providers ?? []) provider(typeof wanted === 'string' ? wanted : wanted.id)
  const { seed = crypto.randomUUID() } = use
  const world: WorkerWorld = { ...remote, serverUrl: at.base, seed, provider }
  const end = async () => {
    await askControl(at, 'DELETE', `/worlds/${name}`).catch(unlessGone)
    await close()
  }
  return { world, end }
}

function found(played: Played, name: string | undefined): PlayedProvider {
  const [only, second] = Object.keys(played).filter((key) => !key.includes(':'))
  const key = name ?? (second === undefined ? only : undefined)
  const one = key === undefined ? undefined : played[key]
  if (one) return one
  const known = Object.keys(played).join(', ')
  throw new MockOAuthError(
    'unknown_provider',
    name === undefined ? `Name a provider: ${known}.` : `"${name}" is not played here. Played: ${known}.`,
  )
}

/** A world that nobody used for long is forgotten before its worker ends. */
function unlessGone(error: unknown): void {
  if (!(error instanceof MockOAuthError && error.code === 'unknown_world')) throw error
}
