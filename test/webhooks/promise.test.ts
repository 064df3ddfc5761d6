import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seed } from '../seed.ts'
import { receive } from './receiver.ts'
import { open } from './stage.ts'

const answer = fc.constantFrom<(number | 'break')[]>(200, 201, 204, 302, 404, 500, 'break')
const act = fc.oneof(
  { weight: 3, arbitrary: fc.constant('connect' as const) },
  { weight: 2, arbitrary: fc.constantFrom('1s', '299s', '5m', '1h', '12h') },
  { weight: 1, arbitrary: fc.nat({ max: 5 }).map((n) => ({ redeliver: n })) },
)

describe(`whatever a receiver answers (seed ${seed})`, () => {
  it('no event is lost, and none is sent again by itself once it is received', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { maxLength: 30 }), fc.array(act, { maxLength: 12 }), async (answers, acts) => {
        const receiver = await receive()
        const [first = 500, ...rest] = answers.map((one) =>
          one === 'break' ? (response: { destroy(): void }) => void response.destroy() : one,
        )
        receiver.answer(first, ...rest)
        const mock = await open('mercado-pago', { url: receiver.url })
        const asked = new Set<string>()
        for (const one of acts) {
          if (one === 'connect') await mock.mint()
          else if (typeof one === 'string') await mock.clock.advance(one)
          else {
            const event = mock.webhooks.list()[one.redeliver]
            if (!event) continue
            if (event.state !== 'pending') asked.add(event.id)
            await mock.webhooks.redeliver(event.id)
          }
        }
        await mock.clock.advance('30d')
        for (const { id, state, attempts } of mock.webhooks.list()) {
          const counted = attempts.map(({ status }) => status === 200 || status === 201)
          const once = counted.indexOf(true)
          expect([id, state]).toEqual([id, once < 0 ? 'failed' : 'delivered'])
          if (once >= 0 && !asked.has(id)) expect(attempts).toHaveLength(once + 1)
          if (once < 0) expect(attempts.length).toBeGreaterThanOrEqual(6)
        }
        expect(receiver.received).toHaveLength(mock.webhooks.list().flatMap(({ attempts }) => attempts).length)
        await mock.close()
      }),
      { seed, numRuns: 40 },
    )
  })
})
