import { describe, expect, it } from 'vitest'
import { jsonReport } from '../../src/contract/report/json.ts'
import { makeReport } from '../../src/contract/report/make-report.ts'
import type { Report } from '../../src/contract/report/report.ts'
import { terminalReport } from '../../src/contract/report/terminal.ts'
import { plain } from '../../src/lines/colours.ts'
import { leaksIn } from '../secrets/canary.ts'
import { finishedOf, judgedOf } from './finished.ts'
import { playedEvidence } from './played-evidence.ts'

const { evidence, secrets } = await playedEvidence()

const shownBy = evidence.exchanges.map(({ id }) => id)
const why = `sent ${secrets.get('refresh_token')} twice, and ${encodeURIComponent(secrets.get('code') ?? '')} as well`
const report = makeReport(finishedOf([judgedOf({ provider: 'standard', kind: 'broken', why, shownBy }, evidence)]))

const renderers: Readonly<Record<string, (report: Report) => string>> = {
  json: jsonReport,
  terminal: (one) => terminalReport(one, { colours: plain, isVerbose: true }),
}

/** By place, as the search for leaks wants it. */
const places = new Map([...secrets].map(([place, secret]) => [secret, place]))

const writtenIn: Readonly<Record<string, (secret: string) => string>> = {
  raw: (secret) => secret,
  'for a URL': encodeURIComponent,
  'in base64': (secret) => Buffer.from(secret).toString('base64'),
  'in base64 for URLs': (secret) => Buffer.from(secret).toString('base64url'),
}

describe.each(Object.keys(renderers))('the %s report of a real run', (name) => {
  const text = renderers[name]?.(report) ?? ''

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
    expect(told.length).toBeGreaterThanOrEqual(3)
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
