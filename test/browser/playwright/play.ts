import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { onTestFinished } from 'vitest'
import { root, runProgram } from '../../cli/command.ts'

/** What a report says of a test, as far as it matters here. */
export interface Told {
  title: string
  ok: boolean
  worker: number
  errors: string
  annotations: Readonly<Record<string, string>>
  attachments: readonly { name: string; contentType: string; text: string }[]
}

interface Suite {
  suites?: Suite[]
  specs?: {
    title: string
    ok: boolean
    tests: {
      annotations: { type: string; description?: string }[]
      results: {
        parallelIndex: number
        errors: { message: string }[]
        attachments: { name: string; contentType: string; body?: string }[]
      }[]
    }[]
  }[]
}

const textOf = (body = '') => Buffer.from(body, 'base64').toString()

const toldBy = ({ suites = [], specs = [] }: Suite): Told[] => [
  ...suites.flatMap(toldBy),
  ...specs.flatMap(({ title, ok, tests }) =>
    tests.flatMap(({ annotations, results }) =>
      results.map(({ parallelIndex, errors, attachments }) => ({
        title,
        ok,
        worker: parallelIndex,
        errors: errors.map(({ message }) => message).join('\n'),
        annotations: Object.fromEntries(annotations.map(({ type, description = '' }) => [type, description])),
        attachments: attachments.map(({ body, ...one }) => ({ ...one, text: textOf(body) })),
      })),
    ),
  ),
]

/** Runs Playwright to its end, and reads its report. */
export async function play(folder: string, args: readonly string[], variables: Readonly<Record<string, string>> = {}) {
  const output = mkdtempSync(`${tmpdir()}/mock-oauth-playwright-`)
  onTestFinished(() => rmSync(output, { recursive: true }))
  const cli = [`${root}node_modules/@playwright/test/cli.js`, 'test', '-c', folder, '--reporter=json']
  const chromium = process.env.CHROMIUM === undefined ? {} : { CHROMIUM: process.env.CHROMIUM }
  const finished = await runProgram(process.execPath, [...cli, '--output', output, ...args], {
    ...chromium,
    ...variables,
  })
  const report = JSON.parse(finished.stdout) as Suite & { errors: { message: string }[] }
  return { ...finished, tests: toldBy(report), errors: report.errors.map(({ message }) => message).join('\n') }
}

/** Runs the tests of one file beside this one. */
export const project = (name: string, use: object, args: readonly string[] = [], variables = {}) =>
  play('test/browser/playwright', [name, ...args], { USE: JSON.stringify(use), ...variables })

/** Those that did not turn out as expected. */
export const failures = (tests: readonly Told[]) =>
  tests.filter(({ ok }) => !ok).map(({ title, errors }) => ({ title, errors }))
