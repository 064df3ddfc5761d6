import fc from 'fast-check'
import { createMockOAuth, type Fault, type MockWorld } from 'mock-oauth'
import { describe, expect, it } from 'vitest'
import { sendRaw } from '../laws/http.ts'
import { seed } from '../seed.ts'
import { faults } from './faults.ts'

const effort = Number(process.env.MOCK_OAUTH_TEST_EFFORT ?? 1)

/** One thing that happens: a fault is armed in a world, or somebody calls it. */
interface Happening {
  readonly world: number
  readonly what: 'arm' | 'connect' | 'refresh' | 'again' | 'call' | 'elsewhere' | 'made up' | 'odd' | 'advance'
  readonly fault: object
  readonly pick: number
}

const happenings: fc.Arbitrary<Happening[]> = fc.array(
  fc.record<Happening>({
    world: fc.nat({ max: 2 }),
    what: fc.constantFrom(
      ...(['arm', 'arm', 'connect', 'connect', 'refresh', 'refresh', 'again', 'call'] as const),
      ...(['elsewhere', 'made up', 'odd', 'advance'] as const),
    ),
    fault: faults,
    pick: fc.noBias(fc.nat({ max: 9_999 })),
  }),
  { minLength: 10, maxLength: 60 },
)

/** How worlds are called over HTTP; the last one, where nothing is ever armed, by its header. */
const ways = [
  { name: 'default', prefix: '/~default', headers: {} },
  { name: '__proto__', prefix: '/~__proto__', headers: {} },
  { name: 'quiet', prefix: '', headers: { 'x-mock-oauth-world': 'quiet' } },
] as const

const fieldsOf = (body: string): Record<string, unknown> => {
  try {
    return JSON.parse(body) ?? {}
  } catch {
    return {}
  }
}

describe(`requests of several worlds, in which faults of every kind are armed (seed ${seed})`, () => {
  it('meet no bug; nothing made up works, no value comes twice, and nothing leaks', async () => {
    let issued = 0
    let struck = 0
    const play = async (all: readonly Happening[]) => {
      await using mock = await createMockOAuth({ providers: ['standard', 'mekari'], seed: 'armed', consent: 'approve' })
      const { url } = await mock.listen({ port: 0 })
      const worlds = await Promise.all(ways.map(({ name }) => (name === 'default' ? mock : mock.world(name))))
      const bags = ways.map(() => ({ access: [] as string[], refresh: [] as string[] }))
      await Promise.all(worlds.map((world) => world.clock.move({ set: '2027-01-01T00:00:00Z', freeze: true })))
      // Whatever else can be armed: something is.
      for (const world of worlds.slice(0, 2))
        world.faults.arm({ on: 'api', kind: 'contentType', value: 'text/odd', nth: '2n' })

      const send = (nth: number, method: string, to: string, headers: Record<string, string>, body = '') => {
        const way = ways[nth] ?? ways[0]
        const { pathname, search } = new URL(to)
        const request = { method, url: `http://any${way.prefix}/mekari${pathname}${search}`, body }
        // A fault may reset the connection: then there is nothing to judge.
        return sendRaw(url, { ...request, headers: { ...headers, ...way.headers } }).catch(() => undefined)
      }
      const ask = async (nth: number, world: MockWorld, fields: Record<string, string>) => {
        const { tokenUrl, clientId, clientSecret } = world.provider('mekari')
        const whole = JSON.stringify({ client_id: clientId, client_secret: clientSecret, scope: 'esign', ...fields })
        return send(nth, 'POST', tokenUrl, { 'content-type': 'application/json' }, whole)
      }
      const call = (nth: number, world: MockWorld, token: string) =>
        send(nth, 'GET', world.provider('mekari').apiUrl, { authorization: `Bearer ${token}` })
      const refused = async (asked: Promise<{ status: number; body: string } | undefined>, told: object) => {
        const answer = await asked
        // What a `status` fault says is not the provider's own word.
        if (answer && !answer.body.includes('made-up')) expect([200, told]).not.toEqual([answer.status, told])
      }

      for (const { world: nth, what, fault, pick } of all) {
        const world = worlds[nth] ?? mock
        const bag = bags[nth] ?? { access: [], refresh: [] }
        const one = (values: readonly string[]) => values[pick % Math.max(1, values.length)]
        if (what === 'arm' && nth < 2) {
          try {
            world.faults.arm(fault as Fault)
          } catch (why) {
            expect(why).toMatchObject({ code: 'invalid_fault' })
          }
        } else if (what === 'connect') {
          const { authorizeUrl, clientId } = world.provider('mekari')
          const asked = new URLSearchParams({ response_type: 'code', client_id: clientId, scope: 'esign' })
          const to = (await send(nth, 'GET', `${authorizeUrl}?${asked}`, {}))?.headers.find(
            ([key]) => key === 'location',
          )
          const code = URL.canParse(to?.[1] ?? '') ? new URL(to?.[1] ?? '').searchParams.get('code') : null
          if (code !== null) await ask(nth, world, { grant_type: 'authorization_code', code })
        } else if (what === 'refresh' || what === 'again') {
          const token = one(what === 'refresh' ? bag.refresh.slice(-1) : bag.refresh)
          if (token !== undefined) await ask(nth, world, { grant_type: 'refresh_token', refresh_token: token })
        } else if (what === 'call') {
          await call(nth, world, one(bag.access) ?? 'x')
        } else if (what === 'elsewhere') {
          const other = bags[(nth + 1) % bags.length]
          const token = one(other?.access ?? [])
          if (token !== undefined && !bag.access.includes(token))
            await refused(call(nth, world, token), { elsewhere: token })
        } else if (what === 'made up') {
          await refused(call(nth, world, 'made-up'), { call: 'made-up' })
          await refused(ask(nth, world, { grant_type: 'refresh_token', refresh_token: 'made-up' }), {
            refresh: 'made-up',
          })
          await refused(ask(nth, world, { grant_type: 'authorization_code', code: 'made-up' }), { code: 'made-up' })
        } else if (what === 'odd') {
          await send(nth, 'POST', 'https://any/x', { 'content-type': '\u00ff' }, '\u0000\ud800')
        } else if (what === 'advance') {
          await world.clock.advance(pick % 2 === 0 ? '59m' : '2s')
        }
        const last = world.requests().at(-1)
        const truly = last?.done ?? last?.response
        const { access_token: access, refresh_token: refresh } = fieldsOf(truly?.body ?? '')
        const isTold = last?.faults?.some(({ kind }) => ['status', 'replace', 'tamper', 'omit'].includes(kind)) === true
        if (['connect', 'refresh', 'again'].includes(what) && last?.endpoint === 'token' && !isTold) {
          for (const [value, all] of [
            [access, bag.access],
            [refresh, bag.refresh],
          ] as const) {
            if (typeof value !== 'string' || all.at(-1) === value) continue
            expect(all, 'a value comes once').not.toContain(value)
            all.push(value)
          }
        }
      }
      for (const [nth, world] of worlds.entries()) {
        for (const { response, faults: acts } of world.requests()) {
          expect(response.body).not.toContain('mock-oauth has a bug')
          const known = world.faults.list().map(({ id }) => id)
          for (const { id } of acts ?? []) expect(known, `in ${world.name}`).toContain(id)
          struck += acts?.length ?? 0
        }
        if (nth === 2) expect(world.requests().some(({ faults: acts }) => acts !== undefined)).toBe(false)
        const fired = world.requests().flatMap(({ faults: acts }) => acts ?? [])
        for (const { id, on, fired: count } of world.faults.list()) {
          if (on !== 'webhook') expect(count, `${id} is counted`).toBe(fired.filter((act) => act.id === id).length)
        }
        issued += bags[nth]?.access.length ?? 0
      }
      return worlds.map((world) =>
        JSON.stringify(world.requests().map(({ id, response, faults: acts }) => [id, response, acts])),
      )
    }
    await fc.assert(
      fc.asyncProperty(happenings, async (all) => {
        const once = await play(all)
        // The same acts in worlds of the same seeds bring the same bytes.
        expect(await play(all)).toEqual(once)
      }),
      { seed, numRuns: 25 * effort },
    )
    expect([issued > 0, struck > 0]).toEqual([true, true])
  })
})
