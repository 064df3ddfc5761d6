import { readdirSync, readFileSync } from 'node:fs'
import { providers } from 'mock-oauth/providers'
import { describe, expect, it } from 'vitest'
import { byName } from './doors/door.ts'
import { type Answer, doors, type Open } from './doors.ts'
import { scope } from './suites/mekari/client.ts'
import { noon } from './suites/open.ts'

// The suites themselves run by test/transports/*.test.ts: a file for each provider, so that each core has some.

/** A connection with everything that is random in it: ids, tokens, people, pages, cookies. */
async function record({ mock, request }: Open): Promise<Answer[]> {
  mock.clock.move({ set: noon, freeze: true })
  const { clientId: client_id, clientSecret: client_secret, authorizeUrl, tokenUrl, apiUrl } = mock.provider()
  const answers: Answer[] = []
  const ask = async (...call: Parameters<typeof request>) => {
    const answer = await request(...call)
    answers.push(answer)
    return answer
  }
  const call = (fields: object) =>
    ask(tokenUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(fields) })
  const query = new URLSearchParams({ client_id: client_id ?? '', response_type: 'code', scope })
  const bounced = await ask(`${authorizeUrl}?${query}`)
  await ask(bounced.headers.find(([name]) => name === 'location')?.[1] ?? '')
  const outcome = await mock.authorize(`${authorizeUrl}?${query}`)
  const code = outcome.redirectTo ? new URL(outcome.redirectTo).searchParams.get('code') : null
  const pair = { client_id, client_secret, scope }
  const first = await call({ ...pair, grant_type: 'authorization_code', code })
  const { refresh_token } = JSON.parse(first.body)
  const second = await call({ ...pair, grant_type: 'refresh_token', refresh_token })
  await call({ ...pair, grant_type: 'refresh_token', refresh_token })
  const authorization = `Bearer ${JSON.parse(second.body).access_token}`
  await ask(apiUrl, { headers: { authorization } })
  await ask(tokenUrl, { method: 'DELETE', headers: { authorization } })
  await ask(apiUrl, { headers: { authorization } })
  await ask(`${authorizeUrl}?client_id=nobody`)
  return answers
}

describe('every door', () => {
  it('is among those that the suites run through', () => {
    expect(doors.map(({ name }) => name)).toEqual([
      'a direct call',
      'mock.handle',
      'fetch',
      'Fastify over HTTP',
      'a plugin of Fastify',
      'MSW',
      'a proxy',
    ])
  })

  it('is gone through by the suites of every provider, and of the wire', () => {
    const files = readdirSync(new URL('transports', import.meta.url)).filter((name) => name.endsWith('.test.ts'))
    const played = new Set(Object.keys(providers).map((name) => name.replace(/@.*/, '')))
    expect(files).toEqual([...played, 'wire'].sort().map((name) => `${name}.test.ts`))
    for (const file of files) {
      expect(readFileSync(new URL(`transports/${file}`, import.meta.url), 'utf8')).toContain('throughEveryDoor(')
    }
  })

  it('answers the same requests with the same bytes, Date and cookies included', async () => {
    const [first, ...others] = await Promise.all(
      doors.map(async (door) => record(await door.open({ providers: ['mekari'], seed: 'one seed' }))),
    )
    expect(first?.map(({ status }) => status)).toEqual([302, 200, 200, 200, 400, 200, 204, 401, 400])
    expect(first?.[0]?.headers).toContainEqual(['date', 'Sat, 31 Jan 2026 12:00:00 GMT'])
    for (const [i, other] of others.entries()) {
      // A fetch Response keeps no order of headers.
      const isUnordered = other[0]?.isUnordered
      const expected = isUnordered
        ? first?.map((one) => ({ ...one, isUnordered, headers: byName(one.headers) }))
        : first
      expect(other, doors[i + 1]?.name).toEqual(expected)
    }
  })

  it('answers other bytes for another seed', async () => {
    const [one, other] = await Promise.all(
      ['one seed', 'another'].map(async (seed) => record(await doors[0].open({ providers: ['mekari'], seed }))),
    )
    expect(one?.[2]?.body).not.toBe(other?.[2]?.body)
  })
})
