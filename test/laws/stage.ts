import type {
  BrowserOutcome,
  Client,
  ClientInput,
  ConsentMode,
  Grant,
  HttpRequest,
  HttpResponse,
  ListeningWorld,
  MockWorld,
} from 'mock-oauth'
import { createMockOAuth } from 'mock-oauth'
import { providers } from 'mock-oauth/providers'
import { theirOwn } from '../../src/control/addresses.ts'
import { playBrowser } from '../../src/control/browser.ts'
import { registerClient, updateClient } from '../../src/control/clients.ts'
import { revokeGrant } from '../../src/control/grants.ts'
import { moveClock } from '../../src/control/time.ts'
import { listUsers } from '../../src/control/users.ts'
import { serve } from '../../src/engine/serve.ts'
import type { ProviderDefinition } from '../../src/vocabulary/definition.ts'
import { type Environment, environmentsOf } from '../../src/vocabulary/environment.ts'
import { withRotations } from '../../src/vocabulary/override-rotation.ts'
import type { RotationPolicy } from '../../src/vocabulary/rotation.ts'
import { createWorld } from '../../src/world/world.ts'
import { sendRaw } from './http.ts'

/** A mock as the laws see it: requests go in, and time, clients, users and grants can be moved. */
export interface Stage extends AsyncDisposable {
  /** As the definition says, production first. */
  readonly environments: readonly Environment[]
  send(request: HttpRequest): Promise<HttpResponse>
  /** Whether a URL is one of the provider's own pages, as the answer to a request writes it. */
  isOwn(url: string, request: HttpRequest): boolean
  register(input: ClientInput): Promise<Client>
  changeClient(client: Client, changes: ClientInput): Promise<unknown>
  removeClient(client: Client): Promise<unknown>
  removeUser(id: string): Promise<unknown>
  grants(): Promise<readonly Grant[]>
  /** The e-mail addresses of the people with an account. */
  emails(): Promise<readonly string[]>
  /** Plays the person at a URL. */
  decide(url: string, decision: 'approve' | 'deny'): Promise<BrowserOutcome>
  revoke(grantId: string, by: 'user' | 'client' | 'provider'): Promise<unknown>
  /** World time in milliseconds; it stands still until it is set. */
  now(): number
  moveTo(time: number): void
}

/** One way to play a provider: the default, or some of its assumptions otherwise. */
export interface Variant {
  readonly provider: string
  readonly definition: ProviderDefinition
  /** `errors=kong`, or `as documented`. */
  readonly name: string
  readonly choices: Readonly<Record<string, string>>
  /** In place of the provider's own. */
  readonly rotation?: RotationPolicy
  readonly environments: readonly Environment[]
}

/** A provider as documented, with each single assumption otherwise, and with the last of each at once. */
export function variantsOf(definition: ProviderDefinition): readonly Variant[] {
  const { id: provider } = definition
  const offered = new Map<string, Set<string>>()
  for (const { as, otherwise } of environmentsOf(definition)[0]?.evidence ?? []) {
    if (as) offered.set(as, new Set([...(offered.get(as) ?? []), ...Object.keys(otherwise ?? {})]))
  }
  const singles = [...offered].flatMap(([as, names]) => [...names].map((name) => [as, name] as const))
  const vary = (name: string, choices: Variant['choices'] = {}): Variant => {
    return { provider, definition, name, choices, environments: environmentsOf(definition, choices) }
  }
  return [
    vary('as documented'),
    ...singles.map(([as, name]) => vary(`${as}=${name}`, { [as]: name })),
    vary('every assumption otherwise', Object.fromEntries(singles)),
  ]
}

/** Every provider in each of its variants. */
export const variants: readonly Variant[] = Object.values(providers).flatMap(variantsOf)

/** A variant with each of these rotation policies in place of its own. */
export const rotating = (variant: Variant, policies: readonly RotationPolicy[]): readonly Variant[] =>
  policies.map((rotation) => {
    const { environments, name, provider } = variant
    const rotated = withRotations(environments, new Map([[provider, rotation]]), () => 'a test')
    return { ...variant, name: `${name}, ${rotation}`, rotation, environments: rotated }
  })

/** When every stage begins, on the world's clock. */
export const start = Date.UTC(2026, 2, 1)
const iso = (time: number) => new Date(time).toISOString()

/** A mock made through the public door. Requests are handed over directly, or sent to its port. */
export async function open(
  { provider, definition, choices, environments, rotation }: Variant,
  by: 'handle' | 'http',
  consent: ConsentMode,
): Promise<Stage> {
  const assume = Object.fromEntries(Object.entries(choices).map(([as, name]) => [`${provider}.${as}`, name]))
  const policies = rotation && { rotation: { [provider]: rotation } }
  const mock = await createMockOAuth({ providers: [definition], assume, consent, seed: 'laws', ...policies })
  mock.clock.move({ set: iso(start), freeze: true })
  return stageOf(mock, environments, by === 'http' ? await mock.listen({ port: 0 }) : undefined, mock.close)
}

/** Every environment of every provider, all on one server; each is a stage of its own. They end with the first. */
export async function openTogether(consent: ConsentMode): Promise<readonly Stage[]> {
  const mock = await createMockOAuth({ consent, seed: 'laws' })
  mock.clock.move({ set: iso(start), freeze: true })
  const listening = await mock.listen({ port: 0 })
  return Object.values(providers)
    .flatMap((definition) => environmentsOf(definition))
    .map((environment) => stageOf(mock, [environment], listening, mock.close))
}

/** A world of a mock, called directly or where it listens. */
export function stageOf(
  mock: MockWorld,
  environments: Stage['environments'],
  listening: ListeningWorld | undefined,
  close: () => Promise<void>,
): Stage {
  const bases = new Map<string, string>()
  for (const { key, origins } of environments) {
    const { baseUrl } = listening?.provider(key) ?? { baseUrl: '' }
    for (const origin of origins) bases.set(origin, baseUrl)
  }
  return {
    environments,
    send: (request) =>
      listening ? sendRaw(bases.get(new URL(request.url).origin) ?? '', request) : mock.handle(request),
    // A server writes its pages' URLs as it was called.
    // Blanks around a header are none of its value (RFC 9110 §5.5).
    isOwn: (url, { headers: { host } }) =>
      listening
        ? url.startsWith(`${listening.url}/`) || url.startsWith(`http://${host?.trim()}/`)
        : bases.has(new URL(url).origin),
    register: (input) => mock.clients.register(input),
    changeClient: ({ id, environment }, changes) => mock.clients.change(id, { provider: environment, ...changes }),
    removeClient: ({ id, environment }) => mock.clients.remove(id, environment),
    removeUser: (id) => mock.users.remove(id),
    grants: () => mock.grants.list(),
    emails: async () => (await mock.users.list()).map(({ email }) => email),
    decide: (url, decision) => mock.authorize(url, { decision }),
    revoke: (id, by) => mock.grants.revoke(id, by),
    now: () => Date.parse(mock.clock.read().now),
    moveTo: (time) => void mock.clock.move({ set: iso(time) }),
    [Symbol.asyncDispose]: close,
  }
}

/** A definition played by the engine as it is, however odd: a public door would judge it first. */
export async function play(definition: ProviderDefinition, consent: ConsentMode): Promise<Stage> {
  const environments = environmentsOf(definition)
  const world = await createWorld({ environments, seed: 'laws', realTime: () => start, consent })
  world.clock.freeze(true)
  await listUsers(world)
  return {
    environments,
    send: (request) => serve(request, world, { publicUrl: (url) => url }),
    isOwn: (url) => environments.some(({ origins }) => origins.includes(new URL(url).origin)),
    register: (input) => registerClient(world, input),
    changeClient: ({ id, environment }, changes) => updateClient(world, id, { provider: environment, ...changes }),
    removeClient: ({ id, environment }) => world.store.removeClient(environment, id, { at: world.clock.now() }),
    removeUser: (id) => world.store.removeUser(id, { at: world.clock.now() }),
    grants: () => world.store.listGrants(),
    emails: async () => (await listUsers(world)).map(({ email }) => email),
    decide: (url, decision) => playBrowser(world, theirOwn, url, { decision }),
    revoke: (id, by) => revokeGrant(world, id, by),
    now: () => world.clock.now(),
    moveTo: (time) => void moveClock(world, { set: iso(time) }),
    [Symbol.asyncDispose]: async () => {},
  }
}
