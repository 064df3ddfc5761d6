import { providers } from 'mock-oauth/providers'
import { describe, expect, it } from 'vitest'
import { refusalsAt } from '../../src/control/refusals-at.ts'
import { environmentsOf } from '../../src/vocabulary/environment.ts'
import { placesOf } from '../../src/vocabulary/fault-places.ts'
import type { TokenRefusalKind } from '../../src/vocabulary/refusal.ts'
import { headerOf, locationOf } from '../suites/answer.ts'
import { callerOf, stepTo } from './stage.ts'

const productions = Object.values(providers).flatMap((definition) => environmentsOf(definition).slice(0, 1))

/** Places at which something can be refused, of every provider. */
const places = productions.flatMap((environment) =>
  placesOf(environment)
    .filter((place) => refusalsAt(environment, place).length > 0)
    .map((place) => [environment, place] as const),
)

describe.each(places.map(([environment, place]) => [environment.key, place, environment] as const))(
  'an error that a fault gives: %s at %s',
  (provider, place, environment) => {
    const kinds = refusalsAt(environment, place)

    it('is each refusal that the provider has there, in its own words, and nothing was done', async () => {
      const caller = await callerOf(provider)
      const { mock, steps, arm } = caller
      const grants = await mock.grants.list()
      for (const refusal of kinds) {
        const { id } = arm({ provider, on: place, kind: 'error', refusal })
        const answer = await steps[stepTo(place)]?.()
        const { faults, refusal: said, done } = mock.requests().at(-1) ?? {}
        expect([refusal, faults?.map((act) => act.words)]).toEqual([
          refusal,
          [`refused as ${refusal}; nothing was done`],
        ])
        expect([said?.kind, said?.fault, done]).toEqual([refusal, id, undefined])
        const shown = `${answer?.status} ${locationOf(answer as never)} ${answer?.body}`
        expect(shown).toMatch(/^(4|5)\d\d |^30[23] \S+[?&]error=/)
        expect(shown).not.toMatch(/undefined|\[object/)
        if (answer?.status === 405) expect(headerOf(answer, 'allow')).toMatch(/GET|POST|DELETE/)
      }
      expect(await mock.grants.list()).toEqual(grants)
      expect(mock.faults.list().map(({ fired }) => fired)).toEqual(kinds.map(() => 1))
    })

    it('comes after all was done, where that is asked for', async () => {
      const { mock, steps, seen, arm } = await callerOf(provider)
      const [refusal = ''] = kinds.filter((kind) => /_(wrong|unknown|denied)$/.test(kind))
      if (stepTo(place) === 'poll') await steps.ask?.()
      if (stepTo(place) === 'exchange') await steps.authorize?.()
      arm({ provider, on: place, kind: 'error', refusal, at: 'after' })
      const before = { ...seen }
      await steps[stepTo(place)]?.()
      const { refusal: said, done, response } = mock.requests().at(-1) ?? {}
      expect(said?.kind).toBe(refusal)
      // Its scope would bring ID tokens, and a search for primes with each: what was done is another refusal.
      expect(`${done?.status}`).toMatch(place === 'user-info' ? /^403$/ : /^(2\d\d|30[23])$/)
      expect(response?.body === done?.body && response?.headers === done?.headers).toBe(false)
      // The engine has done it: what was presented has had its use.
      if (stepTo(place) === 'exchange') {
        Object.assign(seen, before)
        await steps.exchange?.()
        expect(mock.requests().at(-1)?.refusal?.kind).toBe('code_used')
      }
    })
  },
)

describe('an error that a fault gives', () => {
  it('is worded as the same refusal is that a client has earned', async () => {
    for (const { key } of productions) {
      const { mock, steps, seen, arm } = await callerOf(key)
      seen.code = 'made-up'
      const earned = await steps.exchange?.()
      arm({ on: 'token', kind: 'error', refusal: 'code_unknown' satisfies TokenRefusalKind })
      const given = await steps.exchange?.()
      const withoutIds = (headers: readonly (readonly [string, string])[] = []) =>
        headers.filter(([name]) => name !== 'x-request-id')
      expect({ ...given, headers: withoutIds(given?.headers) }).toEqual({
        ...earned,
        headers: withoutIds(earned?.headers),
      })
      expect(mock.requests().at(-1)?.refusal?.fault).toBe('f1')
    }
  })

  it('leaves an authorization request its true refusal where it is in doubt who asks', async () => {
    const { mock, party, arm } = await callerOf('standard')
    arm({ on: 'authorize', kind: 'error', refusal: 'server_error', times: 2 })
    await party.authorize({ redirect_uri: 'https://evil.example/' })
    await party.authorize({ client_id: 'nobody' })
    const seen = mock.requests().slice(-2)
    expect(seen.map(({ refusal }) => refusal?.kind)).toEqual(['redirect_uri_mismatch', 'client_unknown'])
    expect(seen.map(({ response }) => response.status)).toEqual([400, 400])
  })

  it('is rate_limited in the provider’s own words, at token endpoint and API', async () => {
    const { steps, arm } = await callerOf('mercado-pago')
    for (const on of ['token', 'api']) {
      arm({ on, kind: 'rateLimit', retryAfter: '30s' })
      const { status, headers, body } = (await steps[stepTo(on)]?.()) ?? {}
      expect({ status, headers, body }).toEqual({
        status: 429,
        headers: [
          ['content-type', 'text/plain'],
          ['retry-after', '30'],
        ],
        body: 'local_rate_limited',
      })
    }
    const other = await callerOf('mercado-pago', { assume: { 'mercado-pago.rate-limit': 'json' } })
    other.arm({ on: 'api', kind: 'rateLimit', retryAfter: '30s', form: 'none' })
    expect((await other.steps.api?.())?.body).toBe(
      '{"message":"Too many requests","error":"local_rate_limited","status":429,"cause":[]}',
    )
  })

  it('has the text for two refreshes that race', async () => {
    const { steps, arm } = await callerOf('mercury')
    arm({ on: 'token:refresh_token', kind: 'error', refusal: 'refresh_raced' })
    const answer = await steps.refresh?.()
    expect(answer?.status).toBe(400)
    expect(JSON.parse(answer?.body ?? '')).toEqual({
      error: 'invalid_request',
      error_description:
        'The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed. Failed to refresh token because of multiple concurrent requests using the same token. Please retry the request.',
    })
  })
})
