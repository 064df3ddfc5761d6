import { expect } from 'vitest'
import { always, deadRevoked, granted, isDead, type Law, refused, renews, works } from './law.ts'
import { join } from './party.ts'

/** What ends, ends. */
export const endings: readonly Law[] = [
  {
    says: 'nothing of a revoked authorization works, whoever revoked it',
    concerns: always,
    async hold(stage, environment) {
      for (const by of ['user', 'client', 'provider'] as const) {
        const party = await join(stage, environment)
        const [code, pair] = [await party.code(), await party.connect()]
        await works(party, pair.access)
        for (const { id, clientId } of await stage.grants()) {
          if (clientId === party.client.id) await stage.revoke(id, by)
        }
        refused(await party.exchange(code))
        await isDead(party, pair.access, `revoked by the ${by}`)
        if (pair.refresh) refused(await party.refresh(pair.refresh))
      }
    },
  },
  {
    says: 'a token revoked at the provider never works',
    concerns: ({ rules: { revoke, refresh } }) =>
      revoke !== undefined && (revoke.by === 'bearer' || revoke.by.parameter === 'token' || refresh !== undefined),
    async hold(stage, environment) {
      const party = await join(stage, environment)
      const stands = environment.rules.authorize.again !== 'together'
      const [gone, kept] = [await party.connect(), await party.connect()]
      expect(await party.revoke(gone)).toBeLessThan(300)
      await isDead(party, gone.access)
      await (stands ? works(party, kept.access) : isDead(party, kept.access, 'with the other'))
      expect(await party.revoke(gone), 'twice').toBe(deadRevoked(environment))
      if (!gone.refresh || !renews(environment)) return
      const renewed = await party.refresh(gone.refresh)
      const { revoke } = environment.rules
      // A refresh token that is presented takes its family along.
      if (revoke?.ends === 'family' || revoke?.by !== 'bearer') refused(renewed)
      else granted(renewed)
      if (stands) granted(await party.refresh(kept.refresh))
      else refused(await party.refresh(kept.refresh))
    },
  },
  {
    says: 'nothing works for a client or user that was removed, or a client that was suspended',
    concerns: always,
    async hold(stage, environment) {
      const [removed, suspended, orphan] = [
        await join(stage, environment),
        await join(stage, environment),
        await join(stage, environment),
      ]
      const owned = [
        [removed, await removed.code(), await removed.connect()],
        [orphan, await orphan.code(), await orphan.connect()],
      ] as const
      const [code, pair] = [await suspended.code(), await suspended.connect()]
      await stage.changeClient(suspended.client, { status: 'suspended' })
      refused(await suspended.exchange(code))
      if (pair.refresh) refused(await suspended.refresh(pair.refresh))
      await expect(suspended.code()).rejects.toThrow('no code')

      await stage.removeClient(removed.client)
      const user = (await stage.grants()).find(({ clientId }) => clientId === orphan.client.id)?.userId
      await stage.removeUser(user ?? '')
      for (const [party, ownCode, { access, refresh }] of owned) {
        refused(await party.exchange(ownCode))
        await isDead(party, access)
        if (refresh) refused(await party.refresh(refresh))
      }
    },
  },
]
