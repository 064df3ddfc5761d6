import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stories, tell } from './hostile/model.ts'
import { plans } from './hostile/requests.ts'
import { carryOut } from './hostile/run.ts'
import { open, variants } from './laws/stage.ts'
import { seed } from './seed.ts'

/** How many times the usual number of cases to try. */
const effort = Number(process.env.MOCK_OAUTH_TEST_EFFORT ?? 1)
const runs = (usual: number) => ({ seed, numRuns: usual * effort })

describe(`any story of acts ends as the rules foretell (seed ${seed})`, () => {
  it.each(variants)('$provider, $name', async (variant) => {
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        await using stage = await open(variant, 'handle', 'approve')
        await tell(stage, story)
      }),
      runs(15),
    )
  })
})

describe.each(variants)(`no request gets what it should not: $provider, $name (seed ${seed})`, (variant) => {
  it.each([
    ['handle', 'approve', 4],
    ['handle', 'page', 4],
    ['http', 'page', 1],
  ] as const)('by %s, consent %s', async (by, consent, usual) => {
    let issued = 0
    await fc.assert(
      fc.asyncProperty(plans, async (planned) => {
        await using stage = await open(variant, by, consent)
        const { pool } = await carryOut(stage, planned)
        issued += pool.access_token.length
      }),
      runs(usual),
    )
    expect(issued, 'tokens of the usual way').toBeGreaterThanOrEqual(2 * usual)
  })
})
