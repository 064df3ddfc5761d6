import { createMockOAuth } from 'mock-oauth'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createChance } from '../../src/world/chance.ts'
import { seed } from '../seed.ts'
import { type Receiver, receive } from '../webhooks/receiver.ts'
import { live } from './life.ts'

const acts = 100

/** Worlds of one mock that live at the same time, taking turns by chance or acting together; what each has seen and sent. */
async function together(names: readonly string[], by: 'handle' | 'http', receiver: Receiver): Promise<string[][]> {
  const mock = await createMockOAuth({ seed: `law ${seed}`, consent: 'approve' })
  onTestFinished(() => mock.close())
  const server = by === 'http' ? await mock.listen({ port: 0 }) : undefined
  const before = receiver.received.length
  const lives = await Promise.all(
    names.map(async (name) => {
      const world = await mock.world(name)
      const hooks = `${receiver.url}/${name}`
      return live({ world, listening: server?.world(name), hooks, seed: `${seed} ${name}` }, acts)
    }),
  )
  const seen = names.map((): string[] => [])
  const chance = createChance(`turns ${seed}`)
  let going = lives.map((life, i) => ({ life, i }))
  while (going.length > 0) {
    const acting = going.filter(() => chance.below(2) === 0)
    await Promise.all(
      acting.map(async (one) => {
        const { value, done } = await one.life.next()
        if (done) going = going.filter((other) => other !== one)
        else seen[one.i]?.push(value)
      }),
    )
  }
  await mock.close()
  const sent = receiver.received.slice(before)
  // A server has another port each time, and an issuer says it in a URL within a URL.
  const { port } = new URL(server?.url ?? 'http://127.0.0.1')
  const placed = (text: string) => text.replaceAll(new RegExp(`127\\.0\\.0\\.1(:|%3A)${port || 'none'}`, 'g'), 'server')
  return seen.map((one, i) => [
    ...one.map(placed),
    ...sent.filter(({ target }) => target.endsWith(`/${names[i]}`)).map((one) => JSON.stringify(one)),
  ])
}

describe.each(['handle', 'http'] as const)(`worlds that live at once, by %s, from seed ${seed}`, (by) => {
  it.each([
    ['two', ['a', 'b']],
    ['three, the default one among them', ['default', 'a', 'b']],
  ])('are each what they are alone, byte for byte: %s', async (_, names) => {
    const receiver = await receive()
    const beside = await together(names, by, receiver)
    for (const [i, name] of names.entries()) {
      const [alone] = await together([name], by, receiver)
      expect(beside[i]).toEqual(alone)
    }
  })

  it('differ from each other, and each sends something', async () => {
    const receiver = await receive()
    const [a, b] = await together(['a', 'b'], by, receiver)
    for (const name of ['a', 'b']) expect(receiver.received.map(({ target }) => target)).toContain(`/hooks/${name}`)
    const codesOf = (lines: readonly string[] = []) => lines.filter((line) => /^\["authorize","(?!Error)/.test(line))
    expect(codesOf(a).filter((code) => codesOf(b).includes(code))).toEqual([])
    expect(Math.min(codesOf(a).length, codesOf(b).length)).toBeGreaterThan(0)
  })
})
