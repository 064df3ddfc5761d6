import fc from 'fast-check'
import { expect } from 'vitest'
import { rotationOf } from '../../src/vocabulary/rotation.ts'
import { join, type Party } from '../laws/party.ts'
import type { Stage } from '../laws/stage.ts'
import { afterUse } from './uses.ts'

/** Numbers that pick among what a story has made so far, and how long it waits. */
interface Picks {
  readonly party: number
  readonly pick: number
  /** Whether the client that uses a value is the one it was issued to. */
  readonly own: boolean
  readonly share: number
  readonly of: 'code' | 'access' | 'refresh'
}

/** One act of a story. */
export type Act = Picks & {
  readonly act: 'authorize' | 'exchange' | 'refresh' | 'call' | 'revoke' | 'disconnect' | 'wait' | 'turn back'
}

const often = <T>(weights: readonly (readonly [T, number])[]) =>
  fc.oneof(...weights.map(([value, weight]) => ({ weight, arbitrary: fc.constant(value) })))

/** Stories of authorizing, exchanging, refreshing, calling, revoking and waiting. */
export const stories: fc.Arbitrary<Act[]> = fc.array(
  fc.record<Act>({
    act: often<Act['act']>([
      ['authorize', 4],
      ['exchange', 5],
      ['refresh', 5],
      ['call', 6],
      ['revoke', 1],
      ['disconnect', 1],
      ['wait', 3],
      ['turn back', 1],
    ]),
    party: fc.nat({ max: 1_000 }),
    pick: fc.nat({ max: 1_000 }),
    own: often([
      [true, 9],
      [false, 1],
    ]),
    share: fc.constantFrom(0.1, 0.5, 0.9, 1, 1.1),
    of: fc.constantFrom('code', 'access', 'refresh'),
  }),
  { minLength: 5, maxLength: 60 },
)

interface Family {
  readonly party: Party
  readonly grantId: string
  ended: boolean
}
interface Value {
  readonly value: string
  readonly family: Family
  expiresAt: number
  /** Spent, replaced or revoked by itself. */
  dead: boolean
  over: boolean
  /** The access token issued beside a refresh token. */
  beside?: Value
  /** When a refresh token would end by itself, how often it was used, and what its first use brought. */
  readonly wouldEnd: number
  uses: number
  pair?: { readonly access: Value; readonly refresh: Value }
}

const valueIn = (value: string, family: Family, expiresAt: number): Value => ({
  value,
  family,
  expiresAt,
  wouldEnd: expiresAt,
  dead: false,
  over: false,
  uses: 0,
})

/** Plays a story on a stage and says, act by act, whether the outcome is what a small model of the rules foretells. */
export async function tell(stage: Stage, story: readonly Act[]): Promise<void> {
  const parties: Party[] = []
  for (const environment of stage.environments) {
    parties.push(await join(stage, environment), await join(stage, environment))
    if (environment.rules.client.publicClients) parties.push(await join(stage, environment, true))
  }
  const [codes, accesses, refreshes]: [Value[], Value[], Value[]] = [[], [], []]
  /** What was dead or over once stays so, even if the clock is turned back. */
  const isLive = ({ dead, over, family }: Value) => !dead && !over && !family.ended
  const meets = (outcome: boolean, foretold: boolean, what: string) =>
    expect(outcome ? 'works' : 'is refused', what).toBe(foretold ? 'works' : 'is refused')
  const pickFrom = <T>(from: readonly T[], pick: number) => from[pick % Math.max(from.length, 1)]
  const rulesOf = (party: Party) => party.environment.rules

  /** Whether a second use by this party counts: by another client only where the provider looks at the use first. */
  const mayPunish = (party: Party, { family }: Value, check: 'code' | 'refresh-token') => {
    const { order = [] } = rulesOf(party).token.errors
    const [use, owner] = [order.indexOf(check), order.indexOf(`${check}-owner`)]
    if (party.environment !== family.party.environment) return false
    return party === family.party || (use >= 0 && (owner < 0 || use < owner))
  }

  /** Where authorizations stand together, the same person's others for the client end too. */
  const end = (family: Family) => {
    if (family.ended) return
    const isTogether = rulesOf(family.party).authorize.again === 'together'
    for (const other of [family, ...codes.map((code) => code.family)]) {
      if (other === family || (isTogether && other.party === family.party)) other.ended = true
    }
  }

  const issue = (family: Family, access: string, refresh: string | undefined, until?: number) => {
    const { token, refresh: renewal } = rulesOf(family.party)
    const beside = valueIn(access, family, stage.now() + token.accessToken.lifetime)
    accesses.push(beside)
    if (refresh === undefined || !renewal) return { access: beside, refresh: undefined }
    const known = refreshes.find(({ value }) => value === refresh)
    const issued = known ?? valueIn(refresh, family, until ?? stage.now() + renewal.token.lifetime)
    issued.beside = beside
    if (!known) refreshes.push(issued)
    return { access: beside, refresh: issued }
  }

  const acts: { readonly [A in Act['act']]: (given: Picks) => Promise<void> } = {
    async authorize({ party: pick }) {
      const party = pickFrom(parties, pick)
      if (!party) return
      const value = await party.code()
      const grantId = (await stage.grants()).at(-1)?.id ?? ''
      const expiresAt = stage.now() + rulesOf(party).authorize.code.lifetime
      codes.push(valueIn(value, { party, grantId, ended: false }, expiresAt))
    },
    async exchange({ party: other, pick, own }) {
      const code = pickFrom(codes, pick)
      if (!code) return
      const party = own ? code.family.party : (pickFrom(parties, other) ?? code.family.party)
      const isOwn = party === code.family.party
      const { access, refresh } = await party.exchange(code.value)
      meets(access !== undefined, isOwn && isLive(code), `the exchange of ${code.value}`)
      if (access !== undefined) {
        code.dead = true
        issue(code.family, access, refresh)
      } else if (
        mayPunish(party, code, 'code') &&
        code.dead &&
        rulesOf(party).authorize.code.replay === 'familyRevoked'
      ) {
        end(code.family)
      }
    },
    async refresh({ party: other, pick, own }) {
      const token = pickFrom(refreshes, pick)
      if (!token) return
      const party = own ? token.family.party : (pickFrom(parties, other) ?? token.family.party)
      const isOwn = party === token.family.party
      const {
        rotation: policy = 'none',
        oldAccessToken,
        renewedLifetime,
      } = {
        ...rulesOf(token.family.party).refresh?.token,
      }
      const rotation = rotationOf(policy)
      const isOffered = rulesOf(token.family.party).refresh?.offered !== false
      const again = rotation.again?.brings === 'theSamePair' && token.uses > 0 ? token.pair : undefined
      const comesAgain = !again || (isLive(again.access) && isLive(again.refresh) && again.refresh.uses === 0)
      const wasLive = isLive(token)
      const { access, refresh } = await party.refresh(token.value)
      meets(access !== undefined, isOffered && isOwn && wasLive && comesAgain, `the refresh with ${token.value}`)
      if (access === undefined) {
        const isUsedUp = token.dead || (token.over && token.expiresAt < token.wouldEnd)
        const isReused = isUsedUp || (isOwn && wasLive && !comesAgain)
        if (isReused && rotation.reuse === 'familyRevoked' && mayPunish(party, token, 'refresh-token'))
          end(token.family)
        return
      }
      token.uses++
      const after = afterUse(rotation, token, stage.now())
      ;[token.dead, token.expiresAt] = [after.ended, after.expiresAt]
      if (again) {
        expect([access, refresh], 'the same pair').toEqual([again.access.value, again.refresh.value])
        return
      }
      if (token.beside && oldAccessToken === 'dies') token.beside.dead = true
      const brought = issue(token.family, access, refresh, renewedLifetime === 'remaining' ? token.wouldEnd : undefined)
      const isNew = rotation.renewsAt === 'eachUse' || (rotation.renewsAt === 'thirdUse' && token.uses % 3 === 0)
      const isItself = rotation.renewsAt === 'noUse'
      expect([refresh !== undefined, refresh === token.value], 'a refresh token comes').toEqual([
        isNew || isItself,
        isItself,
      ])
      if (!isNew) token.beside = brought.access
      if (rotation.again?.brings !== 'theSamePair' || !brought.refresh) return
      token.pair = { access: brought.access, refresh: brought.refresh }
      token.expiresAt = Math.min(token.expiresAt, brought.access.expiresAt, brought.refresh.expiresAt)
    },
    async call({ pick }) {
      const token = pickFrom(accesses, pick)
      if (!token) return
      meets((await token.family.party.call(token.value)) === 200, isLive(token), `a call with ${token.value}`)
    },
    async revoke({ pick }) {
      const token = pickFrom(accesses, pick)
      if (!token) return
      const { revoke } = rulesOf(token.family.party)
      if (revoke?.by !== 'bearer') return
      const done = (await token.family.party.revoke({ access: token.value, refresh: '' })) < 300
      meets(done, isLive(token), `the revocation of ${token.value}`)
      if (!done) return
      if (revoke.ends === 'family') end(token.family)
      else token.dead = true
    },
    async disconnect({ pick }) {
      const code = pickFrom(codes, pick)
      if (!code) return
      await stage.revoke(code.family.grantId, 'user')
      end(code.family)
    },
    async wait({ share, of }) {
      const rules = stage.environments[0]?.rules
      const lives = {
        code: rules?.authorize.code.lifetime,
        access: rules?.token.accessToken.lifetime,
        refresh: rules?.refresh?.token.lifetime,
      }
      const life = lives[of] ?? 0
      stage.moveTo(stage.now() + Math.round((Number.isFinite(life) ? life : 30 * 86_400_000) * share))
      for (const one of [...codes, ...accesses, ...refreshes]) one.over ||= stage.now() >= one.expiresAt
    },
    async 'turn back'() {
      stage.moveTo(stage.now() - 90 * 60_000)
    },
  }
  for (const { act, ...picks } of story) await acts[act](picks)
  // In the end, each token is put to the question once more.
  for (const [pick] of accesses.entries()) await acts.call({ party: 0, pick, own: true, share: 0, of: 'code' })
}
