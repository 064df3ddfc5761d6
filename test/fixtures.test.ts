import { readdirSync, readFileSync } from 'node:fs'
import { basename, extname } from 'node:path'
import { createMockOAuth } from 'mock-oauth'
import { providers } from 'mock-oauth/providers'
import { describe, expect, it } from 'vitest'

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** A documented request and its answer; `{NAME}` stands for a value of the connection that is played. */
interface Fixture {
  section: string
  /** How long before the request the connection was made. */
  after?: string
  /** The refresh token has been used before. */
  spent?: string
  request: { method: string; url: string; headers: Record<string, string>; body: Json }
  answer: {
    /** `4xx` where the page says no, but not how. */
    status: number | '4xx'
    headers?: Record<string, string>
    /** Keys in order, each with its JSON type and, where it is fixed, its value; null is an empty body. */
    body?: Record<string, { type: string; value?: Json }> | null
  }
}

const root = new URL('../', import.meta.url)
const namesIn = (folder: string) => readdirSync(new URL(folder, root)).map((name) => basename(name, extname(name)))
const unescaped = /\{[A-Z_]+\}/g

const fixtures = Object.keys(providers).flatMap((provider) =>
  namesIn(`fixtures/${provider}/`).map((name) => {
    const text = readFileSync(new URL(`fixtures/${provider}/${name}.json`, root), 'utf8')
    return { provider, name, fixture: JSON.parse(text) as Fixture }
  }),
)

/** A mock in which a person has connected, and the values that the page's placeholders stand for. */
async function connected(provider: string) {
  const mock = await createMockOAuth({ providers: [provider], seed: 'fixtures', consent: 'approve' })
  mock.clock.move({ freeze: true })
  const { authorizeUrl, apiUrl, clientId, clientSecret = '', redirectUris, scopes } = mock.provider()
  const scope = scopes.join(' ')
  const query = new URLSearchParams({ client_id: clientId, response_type: 'code', scope })
  const outcome = await mock.authorize(`${authorizeUrl}?${query}`)
  const code = outcome.redirectTo ? new URL(outcome.redirectTo).searchParams.get('code') : null
  const { accessToken, refreshToken = '' } = await mock.mint()
  const values: Record<string, string> = {
    '{CLIENT_ID}': clientId,
    '{CLIENT_SECRET}': clientSecret,
    '{REDIRECT_URI}': redirectUris[0] ?? '',
    '{SCOPE}': scope,
    '{SCOPES}': encodeURIComponent(scope),
    '{AUTH_CODE}': code ?? '',
    '{ACCESS_TOKEN}': accessToken,
    '{REFRESH_TOKEN}': refreshToken,
    '{API}': apiUrl,
  }
  const filled = (text: string) =>
    text.replace(unescaped, (name) => {
      const value = values[name]
      if (value === undefined) throw new Error(`no value for ${name}`)
      return value
    })
  const play = ({ method, url, headers, body }: Fixture['request']) =>
    mock.handle({
      method,
      url: filled(url),
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, filled(value)])),
      body: body === null ? '' : filled(JSON.stringify(body)),
    })
  return { mock, filled, play }
}

/** A text with placeholders as a pattern: those of the connection exactly, fresh ones as any word. */
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

describe.each(fixtures)('$provider: $name', ({ provider, fixture: { section, after, spent, request, answer } }) => {
  it(`answers as its page says under ${section}`, async () => {
    const { mock, filled, play } = await connected(provider)
    if (spent) expect((await play(request)).status).toBe(200)
    if (after) mock.clock.advance(after)
    const { status, headers, body } = await play(request)
    expect(answer.status === '4xx' ? `${Math.floor(status / 100)}xx` : status).toBe(answer.status)
    for (const [name, value] of Object.entries(answer.headers ?? {})) {
      const [before = '', behind] = value.split('{AUTH_CODE}')
      const pattern = escaped(filled(before)) + (behind === undefined ? '' : `\\w+${escaped(behind)}`)
      expect(headers.find(([one]) => one === name)?.[1]).toMatch(new RegExp(`^${pattern}$`))
    }
    if (answer.body === undefined) return
    if (answer.body === null) return expect(body).toBe('')
    const came = Object.entries(JSON.parse(body) as Record<string, Json>)
    expect(came.map(([key, value]) => [key, typeof value])).toEqual(
      Object.entries(answer.body).map(([key, { type }]) => [key, type]),
    )
    for (const [key, { value }] of Object.entries(answer.body)) {
      if (value !== undefined) expect([key, JSON.parse(body)[key]]).toEqual([key, value])
    }
  })
})

describe('the three places of a provider', () => {
  const plain = (names: string[]) => names.filter((name) => !name.startsWith('.')).sort()

  it('carry the names of the list', () => {
    // A dated variant shares the file of its provider.
    const listed = plain([...new Set(Object.keys(providers).map((name) => name.replace(/@.*/, '')))])
    expect(plain(namesIn('src/providers/'))).toEqual(listed)
    expect(plain(namesIn('fixtures/'))).toEqual(listed)
    for (const name of listed) expect(namesIn('contracts/')).toContain(name)
  })

  it('are none of them empty', () => {
    for (const name of Object.keys(providers)) {
      expect(namesIn(`fixtures/${name}/`)).not.toEqual([])
      expect(namesIn(`contracts/${name}/`)).not.toEqual([])
    }
  })

  it('name the sections of the page in every fixture', () => {
    for (const { name, fixture } of fixtures)
      expect([name, fixture.section]).toEqual([name, expect.stringMatching(/\w/)])
  })
})
