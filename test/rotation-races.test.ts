import { createMockOAuth, type RotationPolicy } from 'mock-oauth'
import { providers } from 'mock-oauth/providers'
import { describe, expect, it, vi } from 'vitest'
import { theirOwn } from '../src/control/addresses.ts'
import { revokeGrant } from '../src/control/grants.ts'
import { mintTokens } from '../src/control/tokens.ts'
import { serve } from '../src/engine/serve.ts'
import { itself } from '../src/engine/visit.ts'
import { createMemoryStore } from '../src/store/memory.ts'
import type { Store, TokenSet } from '../src/store/store.ts'
import { environmentsOf } from '../src/vocabulary/environment.ts'
import { withRotations } from '../src/vocabulary/override-rotation.ts'
import { rotationOf } from '../src/vocabulary/rotation.ts'
import { createChance } from '../src/world/chance.ts'
import { createWorld } from '../src/world/world.ts'
import { expectKnown, type Held, heirsOf, unrotated, winnersOf } from './rotation/race.ts'
import { policyTable } from './rotation/table.ts'
import { seed } from './seed.ts'
import { keepStores, openReopening } from './state/reopening.ts'

// A hundred thousand refreshes.
vi.setConfig({ testTimeout: 60_000 })

const table = policyTable()
const policies = [...new Set(table.map(({ policy }) => policy as RotationPolicy))]
const together = 64
const rounds = 200
const indices = Array.from({ length: together }, (_, i) => i)

keepStores()

/** Every store keeps them, with as many rounds as it can play in some seconds. */
const stores: { name: string; rounds: number; open(): Store }[] = [
  { name: 'memory', rounds, open: () => createMemoryStore() },
  { name: 'kept', rounds: 3, open: () => openReopening() },
]

const common = { environment: 'x', clientId: 'c', issuedAt: 0, expiresAt: 1_000_000 }
const made = (grantId: string, name: string): TokenSet => ({
  accessToken: { ...common, grantId, value: `a${name}`, scope: 's' },
  refreshToken: { ...common, grantId, value: `r${name}`, accessToken: `a${name}` },
})

describe.each(stores)('64 uses of one refresh token together, in the $name store', ({ rounds, open }) => {
  it.each(policies)('%s', async (policy) => {
    const store = open()
    const rotation = rotationOf(policy)
    for (let round = 0; round < rounds; round++) {
      const id = `g${round}`
      const about = { environment: 'x', clientId: 'c', scope: 's', scopeAsked: 's', startedAt: 0 }
      await store.startGrant({ id, ...about, type: 'minted' }, { tokens: made(id, `${round}`) })
      const how = { rotation, endAccessToken: round % 2 === 0 }
      const brought = await Promise.all(
        indices.map((i) => store.rotate(`r${round}`, made(id, `${round}-${i}`), how, { at: 1, request: `q${i}` })),
      )
      const held = brought.flatMap((one): Held[] =>
        one ? [{ access: one.accessToken.value, refresh: one.refreshToken?.value }] : [],
      )
      const winners = winnersOf(rotation, together)
      expect(held.length).toBe(winners)
      const family = await store.listFamily(id)
      expectKnown(family, held, policy)
      expect(unrotated(family).length).toBe(heirsOf(rotation, winners))
      await store.endGrant(id, 'user', { at: 2 })
    }
  })
})

/** A world that plays `standard`, and a client in it, by direct calls of the engine. */
async function play(policy: RotationPolicy, oldAccessToken: 'lives' | 'dies') {
  const { standard } = providers
  if (!standard) throw new Error('standard is not played')
  const choices = oldAccessToken === 'dies' ? { 'old-access-token': 'dies' } : {}
  const environments = withRotations(environmentsOf(standard, choices), new Map([['standard', policy]]), () => 'a test')
  const client = { id: 'racer', secret: 'secret', scopes: ['offline_access'] }
  const now = Date.UTC(2026, 2, 1)
  const world = await createWorld({ environments, client, seed: `${seed}`, realTime: () => now })
  const url = environments[0]?.urls.token ?? ''
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    authorization: `Basic ${btoa('racer:secret')}`,
  }
  return {
    world,
    mint: () => mintTokens(world, theirOwn, {}),
    async refresh(token: string): Promise<Held | undefined> {
      const body = `grant_type=refresh_token&refresh_token=${token}`
      const answer = await serve({ method: 'POST', url, headers, body }, world, itself)
      const { access_token: access, refresh_token: refresh, error } = JSON.parse(answer.body)
      if (answer.status === 200) return { access, refresh }
      return error === 'invalid_grant' ? undefined : expect.fail(answer.body)
    },
  }
}

const isHeld = (one: Held | undefined): one is Held => one !== undefined

describe(`64 refreshes together, ${rounds} rounds, by the engine (seed ${seed})`, () => {
  it.each(policies)('%s', async (policy) => {
    const rotation = rotationOf(policy)
    const chance = createChance(`races of ${policy} ${seed}`)
    const { world, mint, refresh } = await play(policy, chance.below(2) === 0 ? 'lives' : 'dies')
    for (let round = 0; round < rounds; round++) {
      const { grant, accessToken, refreshToken = '' } = await mint()
      const family = () => world.store.listFamily(grant.id)
      const hasEnded = async () => (await world.store.findGrant(grant.id))?.ended !== undefined
      const held: Held[] = []
      if (round % 2 === 0) {
        // One token, and each of them wants to be its first use.
        held.push(...(await Promise.all(indices.map(() => refresh(refreshToken)))).filter(isHeld))
        const winners = winnersOf(rotation, together)
        expect(held.length).toBe(winners)
        const isReuse = winners < together && rotation.reuse === 'familyRevoked'
        expect(await hasEnded()).toBe(isReuse)
        expect(unrotated(await family()).length).toBe(isReuse ? 0 : heirsOf(rotation, winners))
      } else {
        // Waves over all that the family has by then, old and new, and now and then the person disconnects meanwhile.
        const all = [refreshToken]
        for (const wave of [4, 28, 32]) {
          const uses = Array.from({ length: wave }, () => refresh(all[chance.below(all.length)] ?? ''))
          if (chance.below(8) === 0) uses.push(revokeGrant(world, grant.id, 'user').then(() => undefined))
          const brought = (await Promise.all(uses)).filter(isHeld)
          held.push(...brought)
          all.push(...brought.flatMap((one) => one.refresh ?? []))
          const live = unrotated(await family()).length
          if (await hasEnded()) expect(live).toBe(0)
          else if (rotation.again?.brings !== 'aNewPair') expect(live).toBe(1)
        }
      }
      expectKnown(await family(), [{ access: accessToken, refresh: refreshToken }, ...held], policy)
      const ended = await hasEnded()
      for (const { access = '' } of ended ? held : []) {
        expect(
          (await world.store.findAccessToken(access))?.revoked ?? 'replaced',
          'of a family that ended',
        ).toBeDefined()
      }
      await revokeGrant(world, grant.id, 'user')
      expect(unrotated(await family())).toEqual([])
    }
  })
})

describe('refreshes together, over HTTP', () => {
  it.each(policies)('%s: of two each gets what the table says; of 64 as many win as may', async (policy) => {
    const client = { id: 'racer', secret: 'secret', scopes: ['offline_access'] }
    await using mock = await createMockOAuth({ providers: ['standard'], client, rotation: { standard: policy } })
    const { provider } = await mock.listen({ port: 0 })
    const { tokenUrl } = provider()
    const headers = { authorization: `Basic ${btoa('racer:secret')}` }
    const refresh = async (token: string) => {
      const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: token })
      const answer = await fetch(tokenUrl, { method: 'POST', headers, body })
      const { access_token: access, refresh_token: next } = (await answer.json()) as Record<string, string>
      return { access, refresh: next }
    }
    const answerIs = (act: string) => table.find((row) => row.policy === policy && row.act === act)?.answer
    for (let round = 0; round < 3; round++) {
      const { refreshToken = '' } = await mock.mint()
      const two = await Promise.all([refresh(refreshToken), refresh(refreshToken)])
      const [first, second] = two
      const told = two.map(({ access, refresh: next }): string => {
        if (access === undefined) return 'refused'
        if (next === undefined) return 'an access token'
        return next === refreshToken ? 'an access token, the old refresh token' : 'a new pair'
      })
      // Which of them is the first is a matter of chance; which pair is the same, too.
      const isSame = first?.access !== undefined && first.access === second?.access
      if (isSame) told.splice(1, 1, 'the same pair')
      expect(told.toSorted()).toEqual([answerIs('first use'), answerIs('again at once')].toSorted())

      const other = (await mock.mint()).refreshToken ?? ''
      const many = await Promise.all(indices.map(() => refresh(other)))
      expect(many.filter(({ access }) => access !== undefined)).toHaveLength(winnersOf(rotationOf(policy), together))
    }
    const kinds = new Set(mock.requests({ endpoint: 'token' }).map(({ refusal }) => refusal?.kind))
    kinds.delete(undefined)
    for (const kind of kinds) expect(['refresh_token_reused', 'refresh_token_revoked']).toContain(kind)
  })
})
