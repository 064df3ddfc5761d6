import fc from 'fast-check'
import { describe, it } from 'vitest'
import { stories, tell } from './hostile/model.ts'
import { open, variants } from './laws/stage.ts'
import { seed } from './seed.ts'

/** How many times the usual number of cases to try. */
const effort = Number(process.env.MOCK_OAUTH_TEST_EFFORT ?? 1)

describe(`any story of acts ends as the rules foretell (seed ${seed})`, () => {
  it.each(variants)('$provider, $name', async (variant) => {
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        await using stage = await open(variant, 'handle', 'approve')
        await tell(stage, story)
      }),
      { seed, numRuns: 15 * effort },
    )
  })
})
