import { describe, expect, it } from 'vitest'
import { catalogue } from '../../src/contract/catalogue.ts'
import type { Evidence } from '../../src/contract/evidence.ts'
import { makeReport } from '../../src/contract/report/make-report.ts'
import { inProcess } from '../../src/contract/run/in-process.ts'
import { run } from '../../src/contract/run/run.ts'
import type { ClientUnderTest, Env } from '../../src/contract.ts'
import { leaksIn } from '../secrets/canary.ts'
import { finishedOf, judgedOf } from './finished.ts'
import { plainClient } from './plain-client.ts'
import { playedEvidence } from './played-evidence.ts'
import { renderers } from './renderers.ts'

const { evidence, secrets } = await playedEvidence()

const shownBy = evidence.exchanges.map(({ id }) => id)
const why = `sent ${secrets.get('refresh_token')} twice, and ${encodeURIComponent(secrets.get('code') ?? '')} as well`
const report = makeReport(finishedOf([judgedOf({ provider: 'standard', kind: 'broken', why, shownBy }, evidence)]))

/** By place, as the search for leaks wants it. */
const places = new Map([...secrets].map(([place, secret]) => [secret, place]))

const writtenIn: Readonly<Record<string, (secret: string) => string>> = {
  raw: (secret) => secret,
  'for a URL': encodeURIComponent,
  'in base64': (secret) => Buffer.from(secret).toString('base64'),
  'in base64 for URLs': (secret) => Buffer.from(secret).toString('base64url'),
}

describe.each(Object.entries(renderers))('the %s report of a real run', (_, render) => {
  const text = render(report)

  it.each(Object.keys(writtenIn))('holds no secret %s', (how) => {
    const found = [...secrets].filter(([, secret]) => text.includes(writtenIn[how]?.(secret) ?? ''))
    expect(found.map(([place]) => place)).toEqual([])
  })

  it('holds no half of one either', () => {
    expect(leaksIn(text, places)).toEqual([])
  })

  it('shows equal tokens alike, by their first characters and their length', () => {
    const token = secrets.get('refresh_token') ?? ''
    const told = text.match(new RegExp(`${token.slice(0, 4)}…[0-9a-f]{6}\\(${token.length}\\)`, 'g')) ?? []
    expect(told.length).toBeGreaterThanOrEqual(2)
    expect(new Set(told).size).toBe(1)
  })
})

it('has secrets of every sort to look for', () => {
  expect([...secrets.keys()]).toEqual(
    expect.arrayContaining(['code', 'verifier', 'clientSecret', 'basic', 'access_token', 'refresh_token']),
  )
  const raw = JSON.stringify(evidence)
  expect([...secrets].filter(([, secret]) => secret.length < 16 || !raw.includes(secret))).toEqual([])
})

/** The plain client, which writes all that it is told and all that it sends into its log. */
const chatty = (env: Env, log: (line: string) => void): ClientUnderTest => {
  const client = plainClient(env)
  log(`env ${JSON.stringify(env)} ${encodeURIComponent(env.clientSecret)}`)
  return {
    ...client,
    async callback(asked) {
      log(`came back to ${asked.url}, ${Buffer.from(asked.url).toString('base64')}`)
      throw new Error(`cannot read ${asked.url}`)
    },
  }
}

/** What the wire says is secret, found in another way than the report finds it. */
const issuedIn = ({ exchanges, env }: Evidence): readonly string[] => {
  const wire = JSON.stringify(exchanges)
  const named = /(?:access_token|refresh_token|id_token|code|code_verifier)(?:\\*":\\*"|=)([\w.~+/-]{16,})/g
  return [
    env.clientSecret,
    env.webhookSecret ?? env.clientSecret,
    ...[...wire.matchAll(named)].map(([, found = '']) => found),
  ]
}

it.each([
  ['works', plainClient],
  ['throws what it holds', chatty],
])(
  'a run of the catalogue against a client that %s leaks nothing',
  async (_, client) => {
    const launcher = inProcess(client, { patienceMs: 10_000 })
    const providers = ['mekari', 'finexer', 'mercury', 'mercado-pago'] as const
    // A few of each theme: what is said of them is alike.
    const clauses = catalogue.filter((_, i) => i % 12 === 0)
    const { judged } = await run({ launcher, providers, clauses, seed: 'leaks' })
    const loud = judged.map(({ verdict, played }) => ({ verdict: { ...verdict, kind: 'broken' as const }, played }))
    const whole = makeReport(finishedOf(loud))
    const issued = new Set(judged.flatMap(({ played }) => (played ? issuedIn(played.evidence) : [])))
    expect(issued.size).toBeGreaterThan(10)
    for (const render of Object.values(renderers)) {
      const text = render(whole)
      for (const write of Object.values(writtenIn)) {
        expect([...issued].filter((secret) => text.includes(write(secret)))).toEqual([])
      }
    }
  },
  60_000,
)
