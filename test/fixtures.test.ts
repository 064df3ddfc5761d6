import { readdirSync } from 'node:fs'
import { basename, extname } from 'node:path'
import { providers } from 'mock-oauth/providers'
import { describe, expect, it } from 'vitest'
import { connected, headerOf } from './fixtures/connection.ts'
import { delivered } from './fixtures/delivery.ts'
import { differences } from './fixtures/differences.ts'
import { fixture, fixturesOf, type Json } from './fixtures/fixture.ts'
import { pattern, type Values } from './fixtures/placeholders.ts'

const root = new URL('../', import.meta.url)
const namesIn = (folder: string) => readdirSync(new URL(folder, root)).map((name) => basename(name, extname(name)))

const fixtures = Object.keys(providers).flatMap((provider) =>
  fixturesOf(provider).map((name) => ({ provider, name, shown: fixture(provider, name) })),
)

/** The headers that a fixture shows, each with what came; null is one that must not come. */
function expectHeaders(
  shown: Readonly<Record<string, string | null>>,
  came: (name: string) => unknown,
  values: Values,
): void {
  for (const [name, value] of Object.entries(shown)) {
    const expected = value === null ? undefined : expect.stringMatching(pattern(value, values))
    expect([name, came(name)]).toEqual([name, expected])
  }
}

const replies = fixtures.flatMap(({ shown, ...of }) => ('answer' in shown ? [{ ...of, shown }] : []))
const notifications = fixtures.flatMap(({ shown, ...of }) => ('delivery' in shown ? [{ ...of, shown }] : []))

describe.each(replies)('$provider: $name', ({ provider, shown }) => {
  const { section, after, again, request, answer } = shown

  it(`answers as its page says under ${section}`, async () => {
    const { mock, values, play } = await connected(provider, shown)
    if (again) expect((await play(request)).status).toBeLessThan(400)
    if (after) await mock.clock.advance(after)
    const came = await play(request)
    expect(answer.status === '4xx' ? `${Math.floor(came.status / 100)}xx` : came.status).toBe(answer.status)
    expectHeaders(answer.headers ?? {}, (name) => headerOf(came, name), values)
    if (answer.body === null) expect(came.body).toBe('')
    else if (answer.body !== undefined) expect(differences(answer.body, JSON.parse(came.body), values)).toEqual([])
  })
})

describe.each(notifications)('$provider: $name', ({ provider, shown }) => {
  const { section, event, delivery } = shown

  it(`is what the page says under ${section}`, async () => {
    const { received, values } = await delivered(provider, event)
    expect(received).toHaveLength(1)
    for (const { method, url, headers, body } of received) {
      expect([method, url]).toEqual([delivery.method, expect.stringMatching(pattern(delivery.url, values))])
      expectHeaders(delivery.headers, (name) => headers[name], values)
      expect(differences(delivery.body, JSON.parse(body), values)).toEqual([])
    }
  })
})

describe('a fixture is not kept by', () => {
  const shown = { id: 1, name: '{string}', live: true, tags: ['a', '{number}'], of: { client: 'app-{CLIENT_ID}' } }
  const values = { CLIENT_ID: 'x.1' }
  const like = { id: 1, name: 'n', live: true, tags: ['a', 2], of: { client: 'app-x.1' } }

  it.each<[string, Json, string]>([
    ['keys in another order', { name: 'n', id: 1, live: true, tags: ['a', 2], of: like.of }, 'keys'],
    ['a key too many', { ...like, more: null }, 'keys'],
    ['a key too few', { id: 1 }, 'keys'],
    ['a number for a string', { ...like, name: 1 }, 'body.name'],
    ['an empty string', { ...like, name: '' }, 'body.name'],
    ['a string for a number', { ...like, id: '1' }, 'body.id'],
    ['a string for true', { ...like, live: 'true' }, 'body.live'],
    ['null for a string', { ...like, name: null }, 'body.name'],
    ['a list that is longer', { ...like, tags: ['a', 2, 3] }, 'body.tags'],
    ['another value in a list', { ...like, tags: ['b', 2] }, 'body.tags.0'],
    ['another value within', { ...like, of: { client: 'app-x21' } }, 'body.of.client'],
    ['a list for an object', { ...like, of: [] }, 'body.of'],
  ])('%s', (_, came, where) => {
    expect(differences(shown, like, values)).toEqual([])
    expect(differences(shown, came, values)).toEqual([expect.stringContaining(where)])
  })

  it.each([
    ['parameters in another order', 'https://app.example/cb?state=a+b&code=1'],
    ['a parameter too many', 'https://app.example/cb?code=1&state=a+b&more=1'],
    ['a parameter too few', 'https://app.example/cb?code=1'],
    ['an empty parameter', 'https://app.example/cb?code=&state=a+b'],
    ['a fragment', 'https://app.example/cb?code=1&state=a+b#_=_'],
  ])('a Location with %s', (_, location) => {
    const shown = pattern('{REDIRECT_URI}?code={string}&state={STATE}', {
      REDIRECT_URI: 'https://app.example/cb',
      STATE: 'a b',
    })
    expect('https://app.example/cb?code=1&state=a+b').toMatch(shown)
    expect(location).not.toMatch(shown)
  })
})

describe('the places of a provider', () => {
  const plain = (names: string[]) => names.filter((name) => !name.startsWith('.')).sort()
  /** A dated variant shares the definition's file, the page and its rules with its provider. */
  const shared = (names: readonly string[]) => plain([...new Set(names.map((name) => name.replace(/@.*/, '')))])

  it('carry the names of the list', () => {
    const listed = shared(Object.keys(providers))
    expect(shared(namesIn('src/providers/'))).toEqual(listed)
    expect(plain(namesIn('fixtures/'))).toEqual(plain(Object.keys(providers)))
    for (const name of listed) expect(namesIn('contracts/')).toContain(name)
  })

  it('are none of them empty', () => {
    for (const name of Object.keys(providers)) {
      expect(fixturesOf(name)).toEqual(expect.arrayContaining(['authorization-request', 'token-exchange']))
      expect(namesIn(`contracts/${name.replace(/@.*/, '')}/`)).not.toEqual([])
    }
  })

  it('show a delivery where the provider sends one, and else none', () => {
    const senders = Object.keys(providers).filter((name) => 'webhooks' in (providers[name] ?? {}))
    expect([...new Set(notifications.map(({ provider }) => provider))]).toEqual(senders)
  })

  it('name the sections of the page in every fixture', () => {
    for (const { name, shown } of fixtures) expect([name, shown.section]).toEqual([name, expect.stringMatching(/\w/)])
  })
})
