import { describe, expect, it } from 'vitest'
import { environmentOf } from '../../src/control/environments.ts'
import { playable } from '../../src/control/playable.ts'
import { refusalsAt } from '../../src/control/refusals-at.ts'
import { type FaultKind, faultMoments } from '../../src/vocabulary/fault.ts'
import { placesOf, strikesAt } from '../../src/vocabulary/fault-places.ts'
import { callerOf, stepTo } from './stage.ts'

/** What is least said of each kind that does not only delay or lose an answer. */
const least: Partial<Record<FaultKind, object>> = {
  error: {},
  status: { status: 500, body: { access_token: 'made-up', refresh_token: 'made-up', code: 'made-up' } },
  malformed: {},
  html: {},
  empty: {},
  contentType: { value: 'text/html' },
  rateLimit: { retryAfter: '30s' },
  redirect: { to: 'https://elsewhere.example/' },
  omit: { fields: ['refresh_token', 'code'] },
  replace: { fields: { access_token: 'chosen', refresh_token: 'chosen too', code: 'chosen as well', extra: 1 } },
  tamper: { fields: { access_token: 'made-up', refresh_token: 'made-up', code: 'made-up' } },
  expireEarly: {},
  drop: {},
}

const environments = playable(['standard', 'mekari'])

const cases = environments
  .filter(({ key, provider }) => key === provider)
  .flatMap((environment) =>
    placesOf(environment).flatMap((place) =>
      // One path leads to the keys as to the document, and each world would first look for primes.
      Object.entries(place === 'webhook' || place === 'keys' ? {} : least).flatMap(([name, said]) => {
        const kind = name as FaultKind
        if (!strikesAt(kind, place)) return []
        const refusal = kind === 'error' ? { refusal: refusalsAt(environment, place)[0] } : {}
        return faultMoments[kind].map((at) => [environment.key, place, kind, at, { ...said, ...refusal }] as const)
      }),
    ),
  )

const lost = new Set<FaultKind>(['drop'])

describe('what is true after a fault', () => {
  it.each(cases)('%s, %s: %s %s', async (provider, place, kind, at, said) => {
    const { mock, steps, seen, arm } = await callerOf(provider)
    const { rules } = environmentOf({ environments }, provider)
    const step = stepTo(place)
    if (step === 'exchange') await steps.authorize?.()
    if (step === 'poll') await steps.ask?.()
    const before = { ...seen }
    const spentBefore = mock.requests().length
    const { id } = arm({ provider, on: place, kind, at, ...said })
    const answer = await steps[step]?.().catch((why: unknown) => {
      if (!lost.has(kind)) throw why
      return undefined
    })

    // The journal says what was done, and what was sent.
    const exchange = mock
      .requests()
      .slice(spentBefore)
      .find(({ faults }) => faults)
    expect(exchange?.faults?.map((act) => [act.id, act.kind, act.at])).toEqual([[id, kind, at]])
    expect(exchange?.faults?.[0]?.words).not.toMatch(/made-up|chosen/)
    expect(mock.faults.list()[0]).toMatchObject({ seen: 1, fired: 1 })
    const engine = exchange?.done ?? exchange?.response
    const isDone = at === 'after'
    if (answer) expect([answer.status, answer.body]).toEqual([exchange?.response.status, exchange?.response.body])
    if (isDone) expect(engine?.status).toBeLessThan(place === 'user-info' ? 404 : 400)
    else expect(exchange?.done).toBeUndefined()

    // Nothing that was made up is accepted anywhere.
    const kept = { ...seen }
    const tries = async (tokens: Record<string, string>, name: string) => {
      Object.assign(seen, tokens)
      const { status = 0 } = (await steps[name]?.()) ?? {}
      Object.assign(seen, kept)
      return status
    }
    await mock.clock.advance('30s')
    expect(await tries({ access_token: 'made-up' }, 'api')).toBeGreaterThanOrEqual(400)
    expect(await tries({ refresh_token: 'made-up' }, 'refresh')).toBeGreaterThanOrEqual(400)
    expect(await tries({ code: 'made-up' }, 'exchange')).toBeGreaterThanOrEqual(400)

    // What was spent stays spent, and what was not is as good as before.
    const isGood = { true: 200, false: expect.toSatisfy((status) => status >= 400) } as const
    const good = (is: boolean) => isGood[`${is}`]
    const ended = kind === 'expireEarly'
    if (step === 'exchange') expect(await tries({ code: before.code ?? '' }, 'exchange')).toEqual(good(!isDone))
    if (step === 'refresh' && rules.refresh?.token.rotation !== 'none')
      expect(await tries({ refresh_token: before.refresh_token ?? '' }, 'refresh')).toEqual(good(!isDone))
    if (step === 'revoke')
      expect(await tries({ access_token: before.access_token ?? '' }, 'api')).toEqual(good(!isDone))
    if (step === 'api' && ended)
      expect(await tries({ access_token: before.access_token ?? '' }, 'api')).toEqual(good(false))

    // What the client was given works, unless it was changed on the way; a used code may have ended it since.
    const given = answer && isDone && kind !== 'status' ? answer.body.match(/"access_token":"([^"]+)"/)?.[1] : undefined
    if (given !== undefined && step === 'credentials')
      expect(await tries({ access_token: given }, 'api')).toEqual(good(kind !== 'tamper' && !ended))
  })
})

describe('a value that a fault lets be issued', () => {
  it('is as true as any other: it is rotated, and ends with its family', async () => {
    const { steps, seen, arm } = await callerOf('standard')
    arm({ on: 'token', kind: 'replace', fields: { access_token: 'a', refresh_token: 'r' } })
    await steps.refresh?.()
    expect([seen.access_token, (await steps.api?.())?.status]).toEqual(['a', 200])
    await steps.refresh?.()
    seen.refresh_token = 'r'
    expect((await steps.refresh?.())?.status).toBe(400)
    seen.access_token = 'a'
    expect((await steps.api?.())?.status).toBe(401)
  })

  it('never comes twice, however many calls arrive together', async () => {
    const { mock, party, steps, seen, arm } = await callerOf('standard')
    const pairs = await Promise.all(Array.from({ length: 8 }, () => party.connect()))
    arm({ on: 'token:refresh_token', kind: 'replace', fields: { access_token: 'once' }, times: 9 })
    // Handed over at one moment: over HTTP each would come when the one before was almost done.
    const sent = mock.requests().at(-1)?.request
    if (!sent) throw new Error('nothing was sent')
    const body = (refresh_token: string) => `${new URLSearchParams({ grant_type: 'refresh_token', refresh_token })}`
    const answers = await Promise.all(pairs.map(({ refresh }) => mock.handle({ ...sent, body: body(refresh) })))
    const came = answers.map((answer) => JSON.parse(answer.body).access_token)
    expect(came.filter((access) => access === 'once')).toHaveLength(1)
    expect(new Set(came).size).toBe(8)
    seen.access_token = 'once'
    await steps.revoke?.()
    expect((await steps.api?.())?.status).toBe(401)
    expect((await party.refresh(seen.refresh_token ?? '')).access).not.toBe('once')
    expect(mock.faults.list()[0]).toMatchObject({ seen: 9, fired: 9 })
    expect((await steps.api?.())?.status).toBe(401)
  })

  it('is none where the call was refused; then it is still free', async () => {
    const { mock, party, steps, seen, arm } = await callerOf('standard')
    arm({ on: 'token', kind: 'replace', fields: { access_token: 'mine', extra: 1 }, times: 2 })
    const refused = await party.refresh('made-up')
    expect(JSON.parse(refused.answer.body)).toEqual({
      error: 'invalid_grant',
      error_description: 'The refresh token is not valid',
      extra: 1,
    })
    await steps.refresh?.()
    expect(seen.access_token).toBe('mine')
    expect(mock.requests().flatMap(({ faults = [] }) => faults.map(({ words }) => words))).toEqual([
      'answered with another value: extra; kept as it is, for nothing new was issued or that value was issued before: access_token',
      'issued with another value: access_token; answered with another value: extra',
    ])
  })

  it('is none where a refresh brings no new refresh token', async () => {
    const { steps, seen, arm } = await callerOf('finexer')
    const before = seen.refresh_token
    arm({ on: 'token:refresh_token', kind: 'replace', fields: { refresh_token: 'mine' } })
    await steps.refresh?.()
    expect(seen.refresh_token).toBe(before)
    seen.refresh_token = 'mine'
    expect((await steps.refresh?.())?.status).toBe(400)
  })

  it('is a code, a device code and a request URI too', async () => {
    const { party, steps, seen, arm } = await callerOf('standard')
    arm({ on: 'pushed-request', kind: 'replace', fields: { request_uri: 'urn:mine' } })
    arm({ on: 'device-authorization', kind: 'replace', fields: { device_code: 'my device' } })
    await steps.push?.()
    const { client_id } = party.wish
    const only = Object.fromEntries(Object.keys(party.wish).map((name) => [name, undefined]))
    expect(await party.code({ ...only, client_id, request_uri: 'urn:mine' })).toMatch(/^.{43}$/)
    await steps.ask?.()
    expect(seen.device_code).toBe('my device')
    expect((await steps.poll?.())?.status).toBe(200)
  })
})
