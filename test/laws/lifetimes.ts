import { always, ends, granted, isDead, type Law, refused, works } from './law.ts'
import { join } from './party.ts'

/** Lives, and the clock. */
export const lifetimes: readonly Law[] = [
  {
    says: 'a refresh token works within its life only',
    concerns: ({ rules }) => ends(rules.refresh?.token.lifetime),
    async hold(stage, environment) {
      const { lifetime = 0, renewedLifetime } = environment.rules.refresh?.token ?? {}
      const party = await join(stage, environment)
      const issued = stage.now()
      const [early, late] = [await party.connect(), await party.connect()]
      stage.moveTo(issued + lifetime - 1)
      const renewed = await party.refresh(early.refresh)
      granted(renewed)
      stage.moveTo(issued + lifetime)
      refused(await party.refresh(late.refresh))
      const again = await party.refresh(renewed.refresh ?? early.refresh)
      const livesOn = (renewed.refresh ?? early.refresh) === early.refresh
      if (renewedLifetime === 'remaining' || livesOn) refused(again, 'no longer than the first')
      else granted(again)
    },
  },
  {
    says: 'an access token works within its life only',
    concerns: ({ rules }) => ends(rules.token.accessToken.lifetime),
    async hold(stage, environment) {
      const { lifetime } = environment.rules.token.accessToken
      const party = await join(stage, environment)
      const issued = stage.now()
      const { access } = await party.connect()
      stage.moveTo(issued + lifetime - 1)
      await works(party, access)
      stage.moveTo(issued + lifetime)
      await isDead(party, access)
      stage.moveTo(issued + 10 * lifetime)
      await isDead(party, access)
    },
  },
  {
    says: 'what has no end works in a hundred years, until it is revoked',
    concerns: ({ rules }) => !ends(rules.token.accessToken.lifetime),
    async hold(stage, environment) {
      const party = await join(stage, environment)
      const { access } = await party.connect()
      stage.moveTo(stage.now() + inACentury)
      await works(party, access)
      for (const { id } of await stage.grants()) await stage.revoke(id, 'user')
      await isDead(party, access)
    },
  },
  {
    says: 'what is over stays over when the clock is turned back',
    concerns: always,
    async hold(stage, environment) {
      const { authorize, token, refresh } = environment.rules
      const party = await join(stage, environment)
      const issued = stage.now()
      const [code, pair] = [await party.code(), await party.connect()]
      const lives = [authorize.code.lifetime, token.accessToken.lifetime, refresh?.token.lifetime].filter(ends)
      const longest = Math.max(...lives)
      stage.moveTo(issued + longest)
      stage.moveTo(issued)
      refused(await party.exchange(code))
      if (ends(token.accessToken.lifetime)) await isDead(party, pair.access)
      if (pair.refresh && ends(refresh?.token.lifetime)) refused(await party.refresh(pair.refresh))
      await works(party, (await party.connect()).access)
    },
  },
]

const inACentury = 36_525 * 86_400_000
