import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seed } from '../seed.ts'
import { type Said, stage } from './struck.ts'

const provider = 'mercado-pago@2024'

const said = fc.oneof(
  fc.record({ kind: fc.constant('drop' as const) }),
  fc.record({ kind: fc.constant('delay' as const), by: fc.constantFrom('1m', '1h', '2h') }),
  fc.record({ kind: fc.constant('duplicate' as const), copies: fc.integer({ min: 2, max: 4 }) }),
  fc.record({ kind: fc.constant('reorder' as const), count: fc.integer({ min: 2, max: 4 }) }),
  fc.record({ kind: fc.constantFrom('early' as const, 'replay' as const, 'noSignature' as const) }),
)
const aim = fc.oneof(
  fc.record({ nth: fc.constantFrom(1, 2, '2-4', '2n', '!3n') }),
  fc.record({ rate: fc.constantFrom(0.2, 0.5, 1) }),
  fc.record({ times: fc.integer({ min: 1, max: 5 }) }),
)
const fault = fc.tuple(said, aim).map(([what, which]): Said => ({ ...what, ...which }))
const act = fc.constantFrom('event', 'event', 'event', '1m', '1h')

const lengths: Readonly<Record<string, number>> = { '1m': 60_000, '1h': 3_600_000, '2h': 7_200_000 }

describe(`whatever is done to webhooks (seed ${seed})`, () => {
  it('each is delivered, dropped or pending as the faults say, and nothing comes twice unless they say so', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fault, { maxLength: 6 }), fc.array(act, { maxLength: 14 }), async (faults, acts) => {
        const { receiver, mock, happen } = await stage(provider, ...faults)
        for (const one of acts) {
          if (one === 'event') await happen()
          else await mock.clock.advance(one)
        }
        await mock.clock.advance('30d')
        const events = mock.webhooks.list()
        const armed = mock.faults.list()
        const struck = (id: string) => own.filter((event) => event.faults?.some((act) => act.id === id))
        const own = events.filter(({ replays }) => replays === undefined)
        expect(own).toHaveLength(acts.filter((one) => one === 'event').length)

        for (const { at, state, attempts, faults: done = [], replays } of events) {
          const by: { copies?: number; by?: string } = Object.assign(
            {},
            ...done.map(({ id }) => armed.find((one) => one.id === id)),
          )
          const kinds = done.map(({ kind }) => kind)
          if (state === 'pending') expect(kinds).toContain('reorder')
          else expect(state).toBe('delivered')
          const isSent = state === 'delivered' && !kinds.includes('drop')
          expect(attempts).toHaveLength(isSent ? (by.copies ?? 1) : 0)
          if (!isSent || kinds.includes('reorder')) continue
          expect((attempts[0]?.at ?? 0) - at).toBe(replays === undefined ? (lengths[by.by ?? ''] ?? 0) : 0)
        }

        // The counters are what the events tell.
        for (const { id, fired, seen, kind } of armed) {
          expect(struck(id)).toHaveLength(fired)
          if (kind !== 'replay') expect(seen).toBe(own.length)
        }

        const came = receiver.received.map(({ body }) => body)
        // What is held back is the rest of a group that is not full yet; full ones came newest first.
        const groups = armed.filter(({ kind }) => kind === 'reorder')
        const rests = groups.map(({ fired, ...one }) => fired % ('count' in one ? (one.count ?? 2) : 2))
        expect(own.filter(({ state }) => state === 'pending')).toHaveLength(rests.reduce((sum, rest) => sum + rest, 0))
        groups.forEach(({ id, fired, ...one }) => {
          const count = 'count' in one ? (one.count ?? 2) : 2
          const places = struck(id).map(({ body }) => came.indexOf(body))
          for (let i = 0; i + count <= fired; i += count) {
            const group = places.slice(i, i + count)
            expect(group).toEqual([...group].sort((a, b) => b - a))
          }
        })

        // Nothing came but what is listed.
        expect(came.toSorted()).toEqual(events.flatMap(({ body, attempts }) => attempts.map(() => body)).sort())
        await mock.close()
      }),
      { seed, numRuns: 40 },
    )
  })
})
