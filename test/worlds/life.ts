import type { Fault, ListeningWorld, MockWorld } from 'mock-oauth'
import { providers } from 'mock-oauth/providers'
import { type Environment, environmentsOf } from '../../src/vocabulary/environment.ts'
import { createChance } from '../../src/world/chance.ts'
import { join, type Pair, type Party, scopesWithoutSigning } from '../laws/party.ts'
import { stageOf } from '../laws/stage.ts'

const environments = Object.values(providers).flatMap((definition) => environmentsOf(definition))
const telling = environments.filter(({ rules }) => rules.webhooks)

/** Where a world is called, and where its clients are told of their grants. */
export interface Setting {
  readonly world: MockWorld
  /** Calls go over HTTP where it listens. */
  readonly listening: ListeningWorld | undefined
  /** A receiver of this world's own. */
  readonly hooks: string
  /** What the acts follow from, and nothing else. */
  readonly seed: string
}

/** Does one act of a world's life after another, each chosen by its seed; says what came of each, and at the end all that is left. */
export async function* live({ world, listening, hooks, seed }: Setting, acts: number): AsyncGenerator<string> {
  const chance = createChance(seed)
  const pick = <T>(from: readonly T[]): T | undefined => from[chance.below(from.length)]
  /** One of the newest: what came before is mostly dead. */
  const recent = <T>(from: readonly T[]): T | undefined => pick(from.slice(-3))
  const place = () => pick(chance.below(2) === 0 ? telling : environments) as Environment
  const stage = stageOf(world, environments, listening, async () => {})
  const parties = new Map<string, Party>()
  const codes: { party: Party; code: string }[] = []
  const pairs: { party: Party; pair: Pair }[] = []

  async function joined(environment: Environment): Promise<Party> {
    const party = parties.get(environment.key) ?? (await join(stage, environment))
    if (!parties.has(environment.key) && environment.rules.webhooks) {
      await world.clients.change(party.client.id, { provider: environment.key, webhooks: { url: hooks } })
    }
    parties.set(environment.key, party)
    return party
  }
  const keep = (party: Party, { access, refresh = '', answer }: Awaited<ReturnType<Party['refresh']>>) => {
    if (access !== undefined) pairs.push({ party, pair: { access, refresh } })
    return answer
  }

  const doings: Readonly<Record<string, () => Promise<unknown>>> = {
    async authorize() {
      const party = await joined(place())
      const code = await party.code()
      codes.push({ party, code })
      return code
    },
    async exchange() {
      const one = recent(codes)
      return one && keep(one.party, await one.party.exchange(one.code))
    },
    async refresh() {
      const one = recent(pairs)
      return one && keep(one.party, await one.party.refresh(one.pair.refresh))
    },
    async revoke() {
      const one = recent(pairs)
      return one?.party.environment.urls.revoke && one.party.revoke(one.pair)
    },
    async call() {
      const one = recent(pairs)
      return one?.party.call(one.pair.access)
    },
    advance: () => world.clock.advance(pick(['1s', '10m', '61m', '3d']) ?? ''),
    async fault() {
      const faults: readonly Fault[] = [
        { on: 'token', kind: 'drop', at: 'after', nth: '2n' },
        { on: 'token:refresh_token', kind: 'error', refusal: 'client_secret_wrong', rate: 0.5 },
        { on: 'api', kind: 'drop', nth: 2 },
      ]
      const [armed] = world.faults.list()
      return armed ? world.faults.remove(armed.id) : world.faults.arm(pick(faults) as Fault)
    },
    async mint() {
      const environment = place()
      return world.mint({ provider: environment.key, scope: scopesWithoutSigning(environment).join(' ') })
    },
    register: () => world.clients.register({ provider: place().key }),
    person: () => world.users.add({}),
    async disconnect() {
      const one = pick(await world.grants.list())
      return one && world.grants.revoke(one.id, pick(['user', 'client', 'provider'] as const))
    },
    async control() {
      const path = pick(['providers', 'clients', 'clock', 'grants', 'faults', 'webhooks', 'requests'])
      return listening && (await fetch(`${listening.url}/_mock/${path}`)).json()
    },
    async reset() {
      if (chance.below(8) > 0) return undefined
      for (const kept of [codes, pairs]) kept.length = 0
      parties.clear()
      const report = await world.reset(chance.below(2) === 0 ? undefined : `another ${chance.below(100)}`)
      await world.clock.move({ set: '2026-03-01T00:00:00Z', freeze: true })
      return report
    },
  }

  const often = ['authorize', 'exchange', 'refresh', 'refresh', 'call', 'revoke']
  await world.clock.move({ set: '2026-03-01T00:00:00Z', freeze: true })
  // Something is told of in any case.
  await (await joined(telling[0] as Environment)).revoke(await (await joined(telling[0] as Environment)).connect())
  for (let i = 0; i < acts; i++) {
    // Without a code or a token there is little to do.
    const name =
      codes.length === 0 ? 'authorize' : pairs.length === 0 ? 'exchange' : pick([...Object.keys(doings), ...often])
    const done = await doings[name ?? '']?.().catch((error: Error) => `${error.name}: ${error.message}`)
    await world.webhooks.settled()
    yield JSON.stringify([name, done])
  }
  const left = [world.seed, world.clock.read(), ...world.requests(), ...world.webhooks.list(), ...world.faults.list()]
  const people = [...(await world.clients.list()), ...(await world.users.list()), ...(await world.grants.list())]
  for (const one of [...left, ...people]) yield JSON.stringify(one)
}
