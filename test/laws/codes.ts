import { expect } from 'vitest'
import { always, granted, type Law, refused } from './law.ts'
import { join } from './party.ts'

/** Authorization codes. */
export const codes: readonly Law[] = [
  {
    says: 'a code works once',
    concerns: always,
    async hold(stage, environment) {
      const party = await join(stage, environment)
      const code = await party.code()
      granted(await party.exchange(code))
      refused(await party.exchange(code))
      refused(await party.exchange(code), 'a third time')
    },
  },
  {
    says: 'of many uses of a code at once exactly one wins',
    concerns: always,
    async hold(stage, environment) {
      const party = await join(stage, environment)
      const code = await party.code()
      const answers = await Promise.all([1, 2, 3, 4].map(() => party.exchange(code)))
      const [winner, ...more] = answers.filter(({ access }) => access !== undefined)
      expect(more).toEqual([])
      expect(winner).toBeDefined()
      for (const answer of answers) if (answer !== winner) refused(answer)
    },
  },
  {
    says: 'a code works within its life only',
    concerns: always,
    async hold(stage, environment) {
      const party = await join(stage, environment)
      const { lifetime } = environment.rules.authorize.code
      const issued = stage.now()
      const [early, late, later] = [await party.code(), await party.code(), await party.code()]
      stage.moveTo(issued + lifetime - 1)
      granted(await party.exchange(early))
      stage.moveTo(issued + lifetime)
      refused(await party.exchange(late))
      stage.moveTo(issued + 10 * lifetime)
      refused(await party.exchange(later))
    },
  },
  {
    says: 'a code works for its client only',
    concerns: always,
    async hold(stage, environment) {
      const [own, other, open] = [
        await join(stage, environment),
        await join(stage, environment),
        environment.rules.client.publicClients ? await join(stage, environment, true) : undefined,
      ]
      const code = await own.code()
      refused(await other.exchange(code), 'another client')
      if (open) refused(await open.exchange(code), 'a public client')
      if (open) refused(await open.exchange(code, { code_verifier: undefined }), 'a public client, no verifier')
      granted(await own.exchange(code))
    },
  },
]
