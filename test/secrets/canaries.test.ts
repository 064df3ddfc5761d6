import { describe, expect, it } from 'vitest'
import { harmless, leaksIn } from './canary.ts'
import { connect, Plantation, plantEverywhere, plantInFaults, plantOneByOne } from './plant.ts'
import { serveAll } from './served.ts'
import { commandSurfaces, controlSurfaces, eventsOf, handsOut, type Shown } from './surfaces.ts'

/** Each place at which a canary was seen; what is registered may be seen where it is handed out. */
const leaks = (shown: Shown, { all, registered }: Plantation): string[] =>
  [...shown].flatMap(([where, text]) => {
    const rest = handsOut.test(where) ? [...registered].reduce((left, one) => left.replaceAll(one, ''), text) : text
    return leaksIn(rest, all).map((place) => `${where} shows ${place}`)
  })

/** Where nothing of a request is shown, nothing of it can leak. */
const silent = ['GET /health', 'GET /worlds', 'GET /clock', 'GET /keys', 'GET /providers', 'GET /providers/{id}']
const showsNobody = [
  'GET /users',
  'GET /users/{id}',
  'GET /applications',
  'GET /applications/{id}',
  'GET /openapi.json',
]

const blind = (shown: Shown): string[] =>
  [...shown].filter(([, text]) => !text.includes(harmless)).map(([where]) => where)

describe('a secret', () => {
  it.each([
    ['anywhere in a request', plantEverywhere],
    ['alone where it is looked at', plantOneByOne],
    ['in a connection from its beginning to its end', connect],
    ['in what a fault sends', plantInFaults],
  ])(
    'that was given %s is shown nowhere',
    async (_, act) => {
      const terminal = await serveAll()
      const planted = new Plantation()
      await act(terminal, planted)
      const shown: Shown = new Map([
        ...(await controlSurfaces(terminal)),
        ['GET /events', await eventsOf(terminal)],
        ...(await commandSurfaces(terminal)),
        ['the terminal', Object.values(terminal.printed()).join('\n')],
      ])
      expect(leaks(shown, planted)).toEqual([])
    },
    120_000,
  )

  it('would be seen where it was shown: what is no secret is', async () => {
    const terminal = await serveAll()
    const planted = new Plantation()
    await connect(terminal, planted)
    await plantInFaults(terminal, planted)
    await fetch(`${terminal.providers.standard?.authorizeUrl}?client_id=${harmless}-unknown&response_type=code`)
    const shown: Shown = new Map([
      ...(await controlSurfaces(terminal)),
      ['GET /events', await eventsOf(terminal)],
      ...(await commandSurfaces(terminal)),
      ['the terminal', Object.values(terminal.printed()).join('\n')],
    ])
    expect(blind(shown).filter((where) => !silent.includes(where) && !showsNobody.includes(where))).toEqual([])
    // Where a credential is handed out, it is found: the search itself works.
    const clients = shown.get('GET /clients') ?? ''
    expect(leaksIn(clients, planted.all)).toContain('client secret')
  }, 120_000)
})
