import type { Fault } from 'mock-oauth'
import { describe, expect, it } from 'vitest'
import { createChance } from '../../src/world/chance.ts'
import { createFaults } from '../../src/world/faults.ts'
import { newVisitor, playMekari } from '../pages/visitor.ts'
import { seed } from '../seed.ts'
import { callerOf } from './stage.ts'

/** Statuses of so many calls of the API, one after another. */
async function calls(caller: Awaited<ReturnType<typeof callerOf>>, count: number): Promise<number[]> {
  const statuses: number[] = []
  for (let i = 0; i < count; i++) statuses.push((await caller.steps.api?.())?.status ?? 0)
  return statuses
}

const answering = (status: number, more: object = {}) => ({ on: 'api', kind: 'status', status, ...more })

describe('a fault strikes', () => {
  const wanted: readonly (readonly [words: string, more: object, statuses: number[]])[] = [
    ['one call', {}, [500, 200, 200]],
    ['so many calls', { times: 2 }, [500, 500, 200]],
    ['the nth call', { nth: 2 }, [200, 500, 200, 200]],
    ['the nth call, as text', { nth: '2' }, [200, 500, 200, 200]],
    ['a range of calls', { nth: '2-3' }, [200, 500, 500, 200]],
    ['each nth call', { nth: '2n' }, [200, 500, 200, 500, 200]],
    ['each nth call, so many times', { nth: '2n', times: 1 }, [200, 500, 200, 200]],
    ['all but each nth call', { nth: '!3n' }, [500, 500, 200, 500, 500, 200]],
    ['every call', { rate: 1 }, [500, 500, 500]],
  ]
  it.each(wanted)('%s', async (_, more, statuses) => {
    const caller = await callerOf('standard')
    caller.arm(answering(500, more))
    expect(await calls(caller, statuses.length)).toEqual(statuses)
    const fired = statuses.filter((status) => status === 500).length
    expect(caller.mock.faults.list()).toMatchObject([{ seen: statuses.length, fired }])
  })

  it('the nth of the calls that it could strike: one that another fault answered is none', async () => {
    const caller = await callerOf('standard')
    caller.arm(answering(500))
    caller.arm(answering(501, { nth: 2 }))
    expect(await calls(caller, 4)).toEqual([500, 200, 501, 200])
    expect(caller.mock.faults.list()).toMatchObject([
      { seen: 4, fired: 1 },
      { seen: 3, fired: 1 },
    ])
  })

  it('calls at its provider, by its client alone, whichever way the client is known', async () => {
    const caller = await callerOf('standard')
    const { mock, party, environment } = caller
    const other = await mock.clients.register({ provider: environment.key, redirectUris: ['https://other.example/'] })
    caller.arm(answering(500, { client: other.id, times: 9 }))
    caller.arm(answering(501, { client: party.client.id, provider: 'standard' }))
    caller.arm({ on: 'token', kind: 'status', status: 502, client: party.client.id })
    expect(await calls(caller, 2)).toEqual([501, 200])
    expect((await caller.steps.refresh?.())?.status).toBe(502)
    expect(mock.faults.list()).toMatchObject([{ seen: 0 }, { seen: 2, fired: 1 }, { seen: 1, fired: 1 }])
  })

  it('one client where the secret alone names it', async () => {
    const { arm, party, steps } = await callerOf('mercado-pago')
    arm({ on: 'token', kind: 'status', status: 500, client: party.client.id })
    expect((await steps.refresh?.())?.status).toBe(500)
  })

  it('one of many calls that arrive together', async () => {
    const caller = await callerOf('standard')
    caller.arm(answering(500, { nth: 17 }))
    const statuses = await Promise.all(Array.from({ length: 40 }, () => caller.steps.api?.()))
    expect(statuses.filter((answer) => answer?.status === 500)).toHaveLength(1)
    expect(caller.mock.faults.list()).toMatchObject([{ seen: 40, fired: 1 }])
  })

  it(`some of them by chance, the same ones for one seed, whatever else is armed (seed ${seed})`, async () => {
    const struck = async (...others: object[]) => {
      const caller = await callerOf('standard', { seed: `${seed}` })
      caller.arm(answering(500, { rate: 0.3 }))
      for (const other of others) caller.arm(other)
      return calls(caller, 60)
    }
    const first = await struck()
    expect(await struck()).toEqual(first)
    expect(await struck({ on: 'api', kind: 'omit', fields: ['sub'], rate: 0.5 })).toEqual(first)
    expect(new Set(first)).toEqual(new Set([200, 500]))
  })

  it('an answer, one after another as they were armed, and the journal has all of it', async () => {
    const { mock, steps, arm } = await callerOf('standard')
    arm({ on: 'token', kind: 'omit', fields: ['scope'] })
    arm({ on: 'token', kind: 'replace', fields: { scope: 'again' } })
    arm({ on: 'token', kind: 'contentType', value: 'text/plain' })
    const answer = await steps.refresh?.()
    expect(Object.keys(JSON.parse(answer?.body ?? ''))).toEqual([
      'access_token',
      'token_type',
      'expires_in',
      'refresh_token',
      'scope',
    ])
    const { faults, done, response } = mock.requests().at(-1) ?? {}
    expect(faults?.map(({ id, kind }) => [id, kind])).toEqual([
      ['f1', 'omit'],
      ['f2', 'replace'],
      ['f3', 'contentType'],
    ])
    expect([JSON.parse(done?.body ?? '').scope, JSON.parse(response?.body ?? '').scope]).toEqual([
      'profile email offline_access',
      'again',
    ])
  })
})

describe('a limit of calls', () => {
  it('is over when its time is, begins anew as often as told, and is told in what is left', async () => {
    const { mock, steps, arm } = await callerOf('standard')
    arm({ on: 'api', kind: 'rateLimit', retryAfter: '30s', times: 2 })
    const came: (string | undefined)[] = []
    const call = async () => {
      const answer = await steps.api?.()
      came.push(answer?.headers.find(([name]) => name === 'retry-after')?.[1] ?? `${answer?.status}`)
    }
    await call()
    await mock.clock.advance('29s')
    await call()
    await mock.clock.advance('1s')
    await call()
    await mock.clock.advance('30s')
    await call()
    expect(came).toEqual(['30', '1', '30', '200'])
  })

  it('is not made longer by a clock that is set back, nor brought back', async () => {
    const { mock, steps, arm } = await callerOf('standard')
    arm({ on: 'api', kind: 'rateLimit', retryAfter: '30s' })
    await steps.api?.()
    await mock.clock.move({ set: '2026-01-31T11:00:00Z' })
    const answer = await steps.api?.()
    expect(answer?.headers.find(([name]) => name === 'retry-after')?.[1]).toBe('30')
    await mock.clock.advance('30s')
    expect((await steps.api?.())?.status).toBe(200)
    await mock.clock.move({ set: '2026-01-31T11:00:10Z' })
    expect((await steps.api?.())?.status).toBe(200)
  })
})

describe('faults as plain data', () => {
  it('go on where they were', () => {
    const call = { environment: 'standard', provider: 'standard', endpoint: 'api' }
    const make = () => createFaults(() => createChance('a test'))
    const before = make()
    before.arm({ on: 'api', kind: 'status', status: 500, nth: 3 } as Fault, 'before')
    before.arm({ on: 'api', kind: 'rateLimit', retryAfter: '30s', nth: '2', client: 'c' } as Fault, 'before')
    for (let i = 0; i < 2; i++) before.strike({ ...call, clientId: 'c' }, 0)
    before.reserve('a token')
    const after = make()
    after.load(JSON.parse(JSON.stringify(before.dump())))
    expect(after.list()).toEqual(before.list())
    expect(after.strike({ ...call, clientId: 'c' }, 10_000).map(({ id, until }) => [id, until])).toEqual([
      ['f1', undefined],
    ])
    expect(after.strike({ ...call, clientId: 'c' }, 20_000).map(({ id, until }) => [id, until])).toEqual([
      ['f2', 30_000],
    ])
    expect([after.reserve('a token'), after.reserve('another')]).toEqual([false, true])
    expect(after.arm({ on: 'api', kind: 'drop' } as Fault, 'before').id).toBe('f3')
  })
})

describe('at the authorization endpoint', () => {
  it('a fault after the work strikes when the browser goes back, not when it is led to a page', async () => {
    const { mock, party, arm } = await callerOf('standard', { consent: 'approve' })
    arm({ on: 'authorize', kind: 'tamper', fields: { state: 'wrong' } })
    // A request in doubt is answered by a page, and nothing goes back.
    expect((await party.authorize({ redirect_uri: 'https://evil.example/' })).status).toBe(400)
    expect(mock.faults.list()).toMatchObject([{ seen: 0, fired: 0 }])
    const refused = await party.authorize({ response_type: 'token' })
    expect(Object.fromEntries(refused.headers).location).toMatch(/error=unsupported_response_type.*&state=wrong/)
    expect(mock.faults.list()).toMatchObject([{ seen: 1, fired: 1 }])
  })

  it('a person who signs in and approves on pages is not in its way', async () => {
    const { mock, authorizationUrl } = await playMekari()
    mock.faults.arm({ on: 'authorize', kind: 'replace', fields: { code: 'mine' }, nth: 1 })
    mock.faults.arm({ on: 'authorize', kind: 'omit', fields: ['state'] })
    const visitor = newVisitor()
    const consent = await visitor.signIn(authorizationUrl({ state: 'a state' }))
    expect(mock.faults.list()).toMatchObject([{ seen: 0 }, { seen: 0 }])
    const back = await visitor.click(consent, 'Approve')
    expect(back.location).toBe('http://localhost:3000/callback?code=mine')
  })

  it('a callback that is posted by a form is changed in its fields', async () => {
    const { mock, party, arm } = await callerOf('standard')
    arm({
      on: 'authorize',
      kind: 'tamper',
      fields: { state: null, error: 'server_error', error_description: '<script>alert(1)</script>' },
    })
    const answer = await party.authorize({ response_mode: 'form_post' })
    const { posted, done } = mock.requests().at(-1) ?? {}
    expect(posted).toEqual({
      url: 'https://client.example/callback',
      fields: {
        code: expect.stringMatching(/^.{43}$/),
        iss: 'https://standard.example',
        error: 'server_error',
        error_description: '<script>alert(1)</script>',
      },
    })
    expect(answer.body).toContain('name="error_description" value="&lt;script&gt;alert(1)&lt;/script&gt;"')
    expect(answer.body).not.toContain('name="state"')
    expect(done?.body).toContain('name="state"')
  })
})
