import { connect } from 'node:net'
import fc from 'fast-check'
import { createMockOAuth } from 'mock-oauth'
import { providers } from 'mock-oauth/providers'
import { describe, expect, it } from 'vitest'
import { anyFaults, controlPlans, type ListedRoute, writeCall } from './hostile/control.ts'
import { stories, tell } from './hostile/model.ts'
import { plans } from './hostile/requests.ts'
import { carryOut } from './hostile/run.ts'
import { sendRaw } from './laws/http.ts'
import { open, rotating, variants } from './laws/stage.ts'
import { seed } from './seed.ts'

/** How many times the usual number of cases to try. */
const effort = Number(process.env.MOCK_OAUTH_TEST_EFFORT ?? 1)
const runs = (usual: number, shift = 0) => ({ seed: seed + shift, numRuns: usual * effort })

describe(`any story of acts ends as the rules foretell (seed ${seed})`, () => {
  it.each(variants)('$provider, $name', async (variant) => {
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        await using stage = await open(variant, 'handle', 'approve')
        await tell(stage, story)
      }),
      runs(15, variants.indexOf(variant)),
    )
  })
})

describe(`any story of acts ends as the rules foretell, whatever becomes of refresh tokens (seed ${seed})`, () => {
  const policies = ['grace:30', 'grace:60,2', 'samePair:60', 'samePair:7200', 'keepsOld:1', 'optionalNew'] as const
  const extremes = variants.filter(
    ({ provider, name }) => provider === 'mekari' && ['as documented', 'every assumption otherwise'].includes(name),
  )
  const rotated = extremes.flatMap((variant) => rotating(variant, policies))
  it.each(rotated)('$provider, $name', async (variant) => {
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        await using stage = await open(variant, 'handle', 'approve')
        await tell(stage, story)
      }),
      runs(30, rotated.indexOf(variant)),
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
      runs(usual, variants.indexOf(variant)),
    )
    expect(issued, 'tokens of the usual way').toBeGreaterThanOrEqual(2 * usual)
  })
})

/** A mistake that is named. */
const mistaken = { error: { code: expect.any(String), message: expect.stringMatching(/./) } }

describe(`the control API (seed ${seed})`, () => {
  it('answers any JSON at any route with JSON, and never with a bug', async () => {
    await using mock = await createMockOAuth({ providers: Object.keys(providers) })
    const { url } = await mock.listen({ port: 0 })
    const { paths } = (await (await fetch(`${url}/_mock/openapi.json`)).json()) as {
      paths: Record<string, Record<string, unknown>>
    }
    const routes = Object.entries(paths)
      .flatMap(([path, methods]) =>
        Object.keys(methods).map((method): ListedRoute => ({ path, method: method.toUpperCase() })),
      )
      .filter(({ path }) => path !== '/_mock/events')
    expect(routes.length).toBeGreaterThan(20)
    const idAt = async (path: string) => {
      if (path.includes('/users')) return (await mock.users.list())[0]?.id
      if (path.includes('/grants')) return (await mock.grants.list())[0]?.id
      if (path.includes('/requests')) return mock.requests()[0]?.id
      if (path.includes('/faults')) return mock.faults.list()[0]?.id
      if (path.includes('/webhooks')) return mock.webhooks.list()[0]?.id
      if (path.includes('/worlds')) return mock.worlds.list().at(-1)?.name
      return path.includes('/clients') ? (await mock.clients.list())[0]?.id : Object.keys(providers)[0]
    }
    await fc.assert(
      fc.asyncProperty(controlPlans, async (plans) => {
        for (const plan of plans) {
          const route = routes[plan.route % routes.length] ?? expect.fail('no route')
          const call = writeCall(plan, route, (await idAt(route.path)) ?? 'none')
          const { status, body } = await sendRaw(url, call)
          expect(status, `${call.method} ${call.url} ${call.body}: ${body}`).toBeLessThan(500)
          const answer: unknown = status === 204 ? {} : JSON.parse(body)
          // What was wrong is said.
          if (status >= 400) expect(answer).toEqual(mistaken)
          // No sentence repeats all that came.
          if (status === 400) expect(body.length, body).toBeLessThan(20_000)
        }
        await mock.reset()
        await mock.mint({ provider: Object.keys(providers)[0] ?? '' })
      }),
      runs(50),
    )
  })

  it('arms a fault, or says what is wrong with it', async () => {
    await using mock = await createMockOAuth({ providers: Object.keys(providers) })
    const { url } = await mock.listen({ port: 0 })
    const seen = { 201: 0, 400: 0 }
    await fc.assert(
      fc.asyncProperty(anyFaults, async (fault) => {
        const body = JSON.stringify(fault)
        const headers = { 'content-type': 'application/json' }
        const answer = await sendRaw(url, { method: 'POST', url: 'http://control/_mock/faults', headers, body })
        const said = JSON.parse(answer.body)
        expect(said, body).toEqual(answer.status === 201 ? expect.objectContaining({ fired: 0 }) : mistaken)
        seen[answer.status as keyof typeof seen]++
        if (answer.status === 201) mock.faults.remove(said.id)
      }),
      // One in fifteen is possible: of so many, never as few as are asked for below.
      runs(1_200),
    )
    expect(Math.min(...Object.values(seen)), 'armed and refused').toBeGreaterThan(20)
  })
})

describe('what is hardly HTTP', () => {
  const long = 'y'.repeat(20_000)
  const hosts = ['a b', '[::', '', 'x:99999999', '\u00e9<>"', 'localhost:\u00e9', '127.0.0.1@evil.example', long]
  const targets = [
    '*',
    'http://evil.example/auth',
    '//evil.example/auth',
    '/%zz',
    '/_mock/%zz',
    '/_mock/clients/%00',
    '/\u00e9',
  ]
  const bodies = [
    'Transfer-Encoding: chunked\r\n\r\nzz\r\n',
    'Content-Length: x\r\n\r\n',
    'Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
  ]
  const first = Object.keys(providers)[0]
  const odd = [
    ...hosts.flatMap((host) =>
      ['/', `/${first}`, '/_mock/providers'].map((at) => `GET ${at} HTTP/1.1\r\nHost: ${host}\r\n\r\n`),
    ),
    ...targets.flatMap((at) =>
      ['GET', 'OPTIONS', 'POST', 'CONNECT'].map((method) => `${method} ${at} HTTP/1.1\r\nHost: localhost\r\n\r\n`),
    ),
    ...bodies.map((rest) => `POST /${first} HTTP/1.1\r\nHost: localhost\r\n${rest}`),
    `GET / HTTP/1.0\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: localhost\r\nA: ${long}\r\n\r\n`,
    'garbage\r\n\r\n',
  ]

  it('is refused or answered, and the server lives on', async () => {
    await using mock = await createMockOAuth({ providers: Object.keys(providers) })
    const { url } = await mock.listen({ port: 0 })
    for (const text of odd) {
      const answer = await new Promise<string>((resolve) => {
        let heard = ''
        const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.end(text, 'latin1'))
        socket.on('data', (chunk) => {
          heard += chunk
        })
        socket.on('close', () => resolve(heard))
        socket.on('error', () => resolve(heard))
      })
      expect(answer, text.slice(0, 100)).toMatch(/^(HTTP\/1\.1 [1-4]|$)/)
    }
    expect((await fetch(`${url}/_mock/health`)).status).toBe(200)
  })
})
