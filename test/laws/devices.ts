import { expect } from 'vitest'
import type { Environment } from '../../src/vocabulary/environment.ts'
import { granted, isDead, type Law, near, refused, works } from './law.ts'
import { join } from './party.ts'

const concerns = ({ rules }: Environment) => rules.device !== undefined

/** Device codes. */
export const devices: readonly Law[] = [
  {
    says: 'a device code works once',
    concerns,
    async hold(stage, environment) {
      const party = await join(stage, environment)
      const { code } = await party.device()
      granted(await party.poll(code))
      refused(await party.poll(code))
      refused(await party.poll(code), 'a third time')
    },
  },
  {
    says: 'of many polls with an approved device code at once exactly one wins',
    concerns,
    async hold(stage, environment) {
      const party = await join(stage, environment)
      const { code } = await party.device()
      const answers = await Promise.all([1, 2, 3, 4].map(() => party.poll(code)))
      expect(answers.filter(({ access }) => access !== undefined)).toHaveLength(1)
      for (const answer of answers) if (answer.access === undefined) refused(answer)
    },
  },
  {
    says: 'a device code works within its life only',
    concerns,
    async hold(stage, environment) {
      const { lifetime = 0 } = environment.rules.device ?? {}
      const party = await join(stage, environment)
      const issued = stage.now()
      const [early, late, later] = [await party.device(), await party.device(), await party.device()]
      stage.moveTo(issued + lifetime - 1)
      granted(await party.poll(early.code))
      stage.moveTo(issued + lifetime)
      refused(await party.poll(late.code))
      stage.moveTo(issued + 10 * lifetime)
      refused(await party.poll(later.code))
      stage.moveTo(issued)
      refused(await party.poll(late.code), 'the clock turned back')
    },
  },
  {
    says: 'a device code works for its client only',
    concerns,
    async hold(stage, environment) {
      const [own, other, open] = [
        await join(stage, environment),
        await join(stage, environment),
        environment.rules.client.publicClients ? await join(stage, environment, true) : undefined,
      ]
      const { code } = await own.device()
      refused(await other.poll(code), 'another client')
      if (open) refused(await open.poll(code), 'a public client')
      for (const guess of near(code)) refused(await own.poll(guess), `device code ${JSON.stringify(guess)}`)
      granted(await own.poll(code))
      if (open) granted(await open.poll((await open.device()).code))
    },
  },
  {
    says: 'a device code works by its own grant only, and no other code by that one',
    concerns,
    async hold(stage, environment) {
      const party = await join(stage, environment)
      const [{ code: deviceCode }, code] = [await party.device(), await party.code()]
      refused(await party.exchange(deviceCode), 'as an authorization code')
      refused(await party.refresh(deviceCode), 'as a refresh token')
      refused(await party.poll(code), 'an authorization code')
      granted(await party.exchange(code))
      granted(await party.poll(deviceCode))
    },
  },
  {
    says: 'a device code never works before a person has approved, nor after one has denied or after its life',
    concerns,
    consent: 'page',
    async hold(stage, environment) {
      const { lifetime = 0, interval = 0 } = environment.rules.device ?? {}
      const party = await join(stage, environment)
      const issued = stage.now()
      const [approved, denied, late] = [await party.device(), await party.device(), await party.device()]
      for (const { code } of [approved, denied, late]) refused(await party.poll(code), 'before')
      refused(await party.poll(approved.code), 'and again')
      stage.moveTo(issued + Math.min(interval, lifetime - 1))
      expect(await stage.decide(denied.url, 'deny')).toEqual({ device: 'denied' })
      expect(await stage.decide(denied.url, 'approve')).not.toHaveProperty('device')
      refused(await party.poll(denied.code), 'after denial')
      expect(await stage.decide(approved.url, 'approve')).toEqual({ device: 'approved' })
      expect(await stage.decide(approved.url, 'approve')).not.toHaveProperty('device')
      granted(await party.poll(approved.code))
      stage.moveTo(issued + lifetime)
      expect(await stage.decide(late.url, 'approve')).not.toHaveProperty('device')
      refused(await party.poll(late.code), 'after its life')
      expect((await stage.grants()).filter(({ clientId }) => clientId === party.client.id)).toHaveLength(1)
    },
  },
  {
    says: 'nothing of a device works that was disconnected, whoever did it, or whose client or person is gone',
    concerns,
    async hold(stage, environment) {
      for (const by of ['user', 'client', 'provider'] as const) {
        const party = await join(stage, environment)
        const [waiting, pair] = [await party.device(), await party.poll((await party.device()).code)]
        await works(party, granted(pair))
        for (const { id, clientId } of await stage.grants()) {
          if (clientId === party.client.id) await stage.revoke(id, by)
        }
        refused(await party.poll(waiting.code))
        await isDead(party, granted(pair), `disconnected by the ${by}`)
      }
      const [removed, suspended, orphan] = [
        await join(stage, environment),
        await join(stage, environment),
        await join(stage, environment),
      ]
      const [one, two, three] = [await removed.device(), await suspended.device(), await orphan.device()]
      await stage.removeClient(removed.client)
      await stage.changeClient(suspended.client, { status: 'suspended' })
      const user = (await stage.grants()).find(({ clientId }) => clientId === orphan.client.id)?.userId
      await stage.removeUser(user ?? '')
      refused(await removed.poll(one.code), 'of a removed client')
      refused(await suspended.poll(two.code), 'of a suspended client')
      refused(await orphan.poll(three.code), 'of a removed person')
    },
  },
]
