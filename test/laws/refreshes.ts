import { expect } from 'vitest'
import { granted, isDead, type Law, refused, renews, rotates, rotationIn, useUp, works } from './law.ts'
import { act, join } from './party.ts'

/** Refresh tokens: whose they are, what a use ends, how far they reach. */
export const refreshes: readonly Law[] = [
  {
    says: 'a refresh token works for its client only',
    concerns: renews,
    async hold(stage, environment) {
      const [own, other] = [await join(stage, environment), await join(stage, environment)]
      const { refresh } = await own.connect()
      refused(await other.refresh(refresh))
      if (environment.rules.client.publicClients) {
        refused(await (await join(stage, environment, true)).refresh(refresh), 'a public client')
      }
      granted(await own.refresh(refresh))
    },
  },
  {
    says: 'a refresh token that its rotation has ended never works again',
    concerns: rotates,
    async hold(stage, environment) {
      const party = await join(stage, environment)
      const first = await party.connect()
      await useUp(party, stage, first.refresh)
      refused(await party.refresh(first.refresh))
      stage.moveTo(stage.now() + 1_000)
      refused(await party.refresh(first.refresh), 'a second later')
    },
  },
  {
    says: 'of many uses of a refresh token at once as many win as its rotation lets, each with tokens of its own',
    concerns: renews,
    async hold(stage, environment) {
      const party = await join(stage, environment)
      const { refresh } = await party.connect()
      const answers = await Promise.all([1, 2, 3, 4].map(() => party.refresh(refresh)))
      const winners = answers.filter(({ access }) => access !== undefined)
      const { renewsAt, again } = rotationIn(environment)
      const rotated = { eachUse: 1 + (again?.times ?? 0), thirdUse: 3, noUse: 4 }[renewsAt]
      expect(winners).toHaveLength(Math.min(rotated, 4))
      const count = (values: readonly (string | undefined)[]) => new Set(values.filter(Boolean)).size
      const isSame = again?.brings === 'theSamePair'
      expect(count(winners.map(({ access }) => access))).toBe(isSame ? 1 : winners.length)
      expect(count(winners.map((one) => one.refresh))).toBe(isSame || renewsAt !== 'eachUse' ? 1 : winners.length)
      for (const answer of answers) if (!winners.includes(answer)) refused(answer)
    },
  },
  {
    says: 'what the reuse of a code or refresh token ends is really dead',
    concerns: rotates,
    async hold(stage, environment) {
      const { authorize } = environment.rules
      const party = await join(stage, environment)
      const code = await party.code()
      const { access = '', refresh: token = '' } = await party.exchange(code)
      await works(party, access)
      refused(await party.exchange(code))
      if (authorize.code.replay === 'familyRevoked') {
        await isDead(party, access)
        refused(await party.refresh(token))
      } else {
        await works(party, access)
        granted(await party.refresh(token))
      }
      const old = await party.connect()
      const renewed = await useUp(party, stage, old.refresh)
      // By now the window of the old one is over, and what came in it may be as well.
      const sibling = await party.refresh(renewed.refresh)
      const newest = { access: granted(sibling), refresh: sibling.refresh ?? renewed.refresh }
      await works(party, newest.access)
      refused(await party.refresh(old.refresh))
      if (rotationIn(environment).reuse === 'familyRevoked') {
        for (const one of [old, renewed, newest]) await isDead(party, one.access)
        refused(await party.refresh(newest.refresh))
      } else {
        await works(party, newest.access)
        granted(await party.refresh(newest.refresh))
      }
    },
  },
  {
    says: 'an access token that its rotation replaced never works',
    concerns: renews,
    async hold(stage, environment) {
      const party = await join(stage, environment)
      const first = await party.connect()
      await works(party, first.access)
      const second = await party.refresh(first.refresh)
      await works(party, granted(second))
      if (!rotates(environment)) expect(second.refresh, 'the token that lives on is said again').toBe(first.refresh)
      const dies = environment.rules.refresh?.token.oldAccessToken === 'dies'
      await (dies ? isDead(party, first.access) : works(party, first.access))
      granted(await party.refresh(second.refresh ?? first.refresh))
      await (dies ? isDead(party, second.access ?? '') : works(party, second.access ?? ''))
    },
  },
  {
    says: 'a refresh narrows the scope and never widens it',
    concerns: ({ rules }) => rules.refresh?.parameters.scope?.withinGranted === true,
    async hold(stage, environment) {
      const { onlyWithScope } = environment.rules.refresh?.token ?? {}
      const base = onlyWithScope === undefined ? [] : [onlyWithScope]
      const scopes = [...base, 'one', 'two', 'three']
      // Where no scope is asked for, all of the client's are granted.
      const isAsked = environment.rules.authorize.parameters.scope?.presence !== 'ignored'
      const party = act(stage, environment, await stage.register({ provider: environment.key, scopes }))
      const scope = [...base, 'one', 'two'].join(' ')
      const repeated = environment.rules.token.exchange.parameters.scope?.presence === 'required' ? { scope } : {}
      const first = await party.exchange(await party.code({ scope }), repeated)
      granted(first)
      refused(
        await party.refresh(first.refresh ?? '', { scope: [...base, 'one', isAsked ? 'three' : 'four'].join(' ') }),
        'never granted',
      )
      const narrow = await party.refresh(first.refresh ?? '', { scope: 'one' })
      granted(narrow)
      granted(await party.refresh(narrow.refresh ?? first.refresh ?? '', { scope: 'two' }))
    },
  },
  {
    says: 'no refresh token without the scope that it takes',
    concerns: ({ rules }) => rules.refresh?.token.onlyWithScope !== undefined,
    async hold(stage, environment) {
      const party = act(stage, environment, await stage.register({ provider: environment.key, scopes: ['one'] }))
      const tokens = await party.exchange(await party.code())
      granted(tokens)
      expect(tokens.refresh).toBeUndefined()
    },
  },
]
