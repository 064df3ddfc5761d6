import fc from 'fast-check'
import { providers } from 'mock-oauth/providers'
import { describe, expect, it } from 'vitest'
import type { ProviderDefinition } from '../src/vocabulary/definition.ts'
import { environmentsOf } from '../src/vocabulary/environment.ts'
import { acmeOf } from './guide/guide.ts'
import { bare, checks, odd, ordered, unsound, withoutOne } from './laws/definitions.ts'
import { laws } from './laws/laws.ts'
import { join, locationOf } from './laws/party.ts'
import { open, openTogether, play, variants, variantsOf } from './laws/stage.ts'
import { standApart } from './laws/strangers.ts'
import { seed } from './seed.ts'

const all = [...variants, ...variantsOf(await acmeOf())]
const extremes = all.filter(({ name }) => name === 'as documented' || name === 'every assumption otherwise')

describe.each([
  { by: 'handle', played: all },
  { by: 'http', played: extremes },
] as const)('the laws by $by', ({ by, played }) => {
  describe.each(played)('$provider, $name', (variant) => {
    it.each(laws.filter(({ concerns }) => variant.environments.some(concerns)))(
      '$says',
      async ({ hold, concerns, consent }) => {
        await using stage = await open(variant, by, consent ?? 'approve')
        for (const environment of stage.environments.filter(concerns)) await hold(stage, environment)
      },
    )
  })
})

describe.each(Object.keys(providers))('no definition can break a law: %s', (name) => {
  const definition = bare(name)

  async function holdEvery(strange: ProviderDefinition): Promise<void> {
    await using approving = await play(strange, 'approve')
    await using waiting = await play(strange, 'page')
    for (const { says, hold, concerns, consent } of laws) {
      const stage = consent === 'page' ? waiting : approving
      const [production] = stage.environments
      if (!production) throw new Error('nothing is played')
      if (!concerns(production)) continue
      await hold(stage, production).catch((broken: Error) => {
        throw new Error(`${says}: ${broken.message}`, { cause: broken })
      })
    }
  }

  it.each(withoutOne(definition))('$name', ({ definition: without }) => holdEvery(without))

  it.each(odd(definition))('$name', ({ definition: strange }) => holdEvery(strange))

  it('where it must be sent, a request without redirect URI gets a page that says so', async () => {
    const strict = odd(definition).find((one) => one.name === 'a redirect URI must be sent')
    await using stage = await play(strict?.definition ?? definition, 'approve')
    const [production] = stage.environments
    if (!production) throw new Error('nothing is played')
    const party = await join(stage, production)
    let answer = await party.authorize({ redirect_uri: undefined })
    const page = locationOf(answer)
    if (page !== undefined) {
      expect(stage.isOwn(page, { method: 'GET', url: page, headers: {}, body: '' }), page).toBe(true)
      answer = await stage.send({ method: 'GET', url: page, headers: {}, body: '' })
    }
    expect(answer.status).toBe(400)
    for (const said of ['<code>redirect_uri</code>', ...party.client.redirectUris]) expect(answer.body).toContain(said)
  })

  it(`whatever the order of the checks (seed ${seed})`, async () => {
    const order = fc.shuffledSubarray([...checks])
    await fc.assert(
      fc.asyncProperty(order, order, (inOrder, lastWins) =>
        holdEvery(ordered(definition, inOrder, lastWins).definition),
      ),
      { seed, numRuns: 15 },
    )
  })
})

describe.each(Object.keys(providers))('a definition that cannot be played: %s', (name) => {
  it.each(unsound(bare(name)))('$name is refused', ({ definition, names }) => {
    expect(() => environmentsOf(definition)).toThrow(
      expect.objectContaining({ code: 'invalid_definition', message: expect.stringContaining(names) }),
    )
  })

  it('codes or tokens that repeat are refused', async () => {
    const { token, ...rest } = bare(name)
    const value = { words: 'always the same', make: () => 'abc' }
    const repeating = { ...rest, token: { ...token, accessToken: { ...token.accessToken, value } } }
    await expect(play(repeating, 'approve')).rejects.toMatchObject({
      code: 'invalid_definition',
      message: expect.stringContaining('token.accessToken.value'),
    })
  })
})

describe('providers played together', () => {
  it('take nothing of one another', async () => {
    const stages = await openTogether('approve')
    await using _ = stages[0]
    const places = stages.flatMap((stage) => stage.environments.map((environment) => ({ stage, environment })))
    for (const own of places) for (const foreign of places) if (foreign !== own) await standApart(own, foreign)
  })
})

describe('a law', () => {
  const strange = odd(bare(all[0]?.provider ?? '')).flatMap(({ definition }) => environmentsOf(definition))
  const played = [...all.flatMap(({ environments }) => environments), ...strange]

  it.each(laws)('concerns somebody: $says', ({ concerns }) => {
    expect(played.some(concerns)).toBe(true)
  })
})
