import { createMockOAuth, type RotationPolicy } from 'mock-oauth'
import { providers } from 'mock-oauth/providers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rotationPolicies } from '../src/vocabulary/rotation.ts'
import { type Brought, type Player, playings } from './rotation/players.ts'
import { type Act, type Answer, everyAct, policyTable, type Row, rowsUnder } from './rotation/table.ts'

const table = policyTable()
const policies = [...new Set(table.map(({ policy }) => policy))]

/** All that the tokens of one authorization were asked for, in order: the first pair, then each answer. */
interface Course {
  readonly all: readonly Brought[]
  readonly old: { readonly access: string; readonly refresh: string }
  readonly last: Brought
}

const told = (value: string | undefined): string => value ?? expect.fail('a token is missing')

/** The new refresh token: that of the first answer that brings another one than the old one. */
async function useUntilNew(player: Player, old: string): Promise<readonly Brought[]> {
  const answers: Brought[] = []
  while (answers.length < 3 && !answers.some(({ refresh }) => refresh !== undefined && refresh !== old)) {
    answers.push(await player.refresh(old))
  }
  return answers
}

/** Plays an act from the beginning: a new authorization each time. */
async function play(player: Player, act: Act): Promise<Course> {
  const { mock, refresh } = player
  const first = await player.connect()
  const old = { access: told(first.access), refresh: told(first.refresh) }
  const all = [first]
  const use = async (token: string) => all.push(await refresh(token))
  if (act === 'use of the new one' || act === 'the old one after that') {
    all.push(...(await useUntilNew(player, old.refresh)))
    await use(told(all.at(-1)?.refresh))
    if (act === 'the old one after that') await use(old.refresh)
  } else {
    await use(old.refresh)
    if (act === 'again later') await mock.clock.advance('24h')
    if (act !== 'first use' && act !== 'revocation') await use(old.refresh)
    if (act === 'a third time at once') await use(old.refresh)
    if (act === 'revocation') {
      await player.revoke({ access: newest(all, 'access'), refresh: newest(all, 'refresh') })
      all.push({ access: undefined, refresh: undefined })
    }
  }
  return { all, old, last: all.at(-1) ?? first }
}

const newest = (all: readonly Brought[], kind: 'access' | 'refresh'): string =>
  told(all.map((one) => one[kind]).findLast((value) => value !== undefined))

const isFresh = (value: string | undefined, earlier: readonly (string | undefined)[]) =>
  value !== undefined && !earlier.includes(value)

/** What came, in the words of the table. */
function answerOf({ all, old, last }: Course, act: Act): Answer {
  const earlier = all.slice(0, -1)
  const [accesses, refreshes] = [earlier.map(({ access }) => access), earlier.map(({ refresh }) => refresh)]
  if (act === 'revocation') return 'done'
  if (last.access === undefined) return 'refused'
  if (!isFresh(last.access, accesses)) {
    const same = earlier.find(({ access }) => access === last.access)
    expect(last.refresh, 'the refresh token of the pair').toBe(same?.refresh)
    return 'the same pair'
  }
  if (last.refresh === undefined) return 'an access token'
  if (last.refresh === old.refresh) return 'an access token, the old refresh token'
  expect(isFresh(last.refresh, refreshes), 'a refresh token of its own').toBe(true)
  return 'a new pair'
}

/** Whether the newest tokens of a family work; where one does not, none may. */
async function familyOf(player: Player, { all }: Course): Promise<'stands' | 'ends'> {
  if (await player.opens(newest(all, 'access'))) {
    expect((await player.refresh(newest(all, 'refresh'))).access, 'the newest refresh token').toBeDefined()
    return 'stands'
  }
  for (const { access, refresh } of all) {
    if (access !== undefined) expect(await player.opens(access), 'an access token of the family').toBe(false)
    if (refresh !== undefined) expect((await player.refresh(refresh)).access, 'a refresh token of it').toBeUndefined()
  }
  return 'ends'
}

describe('the table of rotation policies', () => {
  it('has a row for each policy and each act, once', () => {
    expect(table.map(({ policy, act }) => `${policy}: ${act}`)).toEqual(
      policies.flatMap((policy) => everyAct.map((act) => `${policy}: ${act}`)),
    )
    const inGeneral = (policy: string) =>
      policy.replace(/^(\w+):\d+/, (_, name) => `${name}:<${name === 'keepsOld' ? 'hours' : 'seconds'}>`)
    expect(policies.map((policy) => inGeneral(policy).replace(/,\d+$/, ',<uses>')).toSorted()).toEqual(
      [...rotationPolicies].toSorted(),
    )
  })

  it('says nothing of what there is not, and all of what there is', () => {
    for (const { answer, old, access, family } of table) {
      expect(new Set([old, access, family].map((cell) => cell === '–'))).toEqual(new Set([answer === '–']))
    }
  })
})

describe.each(playings)('$name', ({ open }) => {
  describe.each(['lives', 'dies'] as const)('where the old access token %s', (oldAccessToken) => {
    describe.each(policies)('%s', (policy) => {
      let player: Player
      beforeAll(async () => {
        player = await open(policy as RotationPolicy, oldAccessToken)
      })
      afterAll(() => player[Symbol.asyncDispose]())

      it.each(table.filter((row) => row.policy === policy))(
        '$act: $answer; old refresh token $old, old access token $access, family $family',
        async ({ act, answer, old, access, family }: Row) => {
          if (answer === '–') {
            const { refresh = '' } = await player.connect()
            const answers = [
              await player.refresh(refresh),
              await player.refresh(refresh),
              await player.refresh(refresh),
            ]
            expect(answers.map((one) => one.refresh)).toEqual([refresh, refresh, refresh])
            return
          }
          const course = await play(player, act)
          expect(answerOf(course, act)).toBe(answer)
          const dies = access === 'ended' || oldAccessToken === 'dies'
          expect(await player.opens(course.old.access), 'the old access token works').toBe(!dies)
          expect(await familyOf(player, course)).toBe(family)
          // To use the old one is an act of its own.
          const again = await play(player, act)
          expect((await player.refresh(again.old.refresh)).access === undefined ? 'ended' : 'works').toBe(old)
        },
      )
    })
  })
})

describe('the tables of who has which', () => {
  it('name each provider as its definition has it, and its other readings', async () => {
    const rows = rowsUnder('Provider')
    await using mock = await createMockOAuth()
    const shown = mock.rotations.list().filter(({ provider }) => Object.hasOwn(providers, provider))
    const listed = await Promise.all(
      shown.map(async ({ provider, policy }) => {
        await using one = await createMockOAuth({ providers: [provider] })
        const listening = await one.listen({ port: 0 })
        const { evidence } = await (await fetch(`${listening.url}/_mock/providers/${provider}`)).json()
        const { as, otherwise = {} } = evidence.find((e: { path: string }) => e.path === 'refresh.token.rotation')
        const access = evidence.find((e: { path: string }) => e.path === 'refresh.token.oldAccessToken')
        const choices = Object.keys(otherwise).map((choice) => `\`--assume ${provider}.${as}=${choice}\``)
        return [`\`${provider}\``, `\`${policy}\``, access.words.split(':')[0], choices.join(', ')]
      }),
    )
    expect(rows).toEqual(listed)
  })
})
