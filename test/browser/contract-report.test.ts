import { mkdtemp, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { htmlReport } from '../../src/contract/report/html.ts'
import { junitReport } from '../../src/contract/report/junit.ts'
import { makeReport } from '../../src/contract/report/make-report.ts'
import { everyKind, finishedOf, judgedOf } from '../contract/finished.ts'
import { playedEvidence } from '../contract/played-evidence.ts'
import { useChromium } from './chromium.ts'

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const chromium = useChromium()

const hostile = `</script><script>globalThis.hit = 1</script><img src=x onerror="globalThis.hit = 1">]]>&amp;\u0000\ud800`
const { evidence } = await playedEvidence()
const row = { key: 'tok-scope', clause: 'tok-scope', expect: 'warned', why: 'The library joins them so.' } as const
const stale = { key: 'exp-early', clause: 'exp-early', expect: 'broken', why: 'x', line: 9 } as const
const report = makeReport(
  finishedOf(
    [
      ...everyKind,
      judgedOf(
        { provider: 'standard', kind: 'broken', why: `said ${hostile}`, shownBy: ['r4'] },
        { ...evidence, output: hostile },
      ),
    ],
    { baseline: [row, stale], client: { name: hostile, version: '1', language: 'x', command: hostile } },
  ),
)

const file = pathToFileURL(join(await mkdtemp(join(tmpdir(), 'mock-oauth-report-')), 'report.html')).href
await writeFile(new URL(file), htmlReport(report))

/** The page as somebody opens it, with what it complains of. */
async function open(options: Parameters<ReturnType<typeof chromium>['newContext']>[0] = {}) {
  const context = await chromium().newContext(options)
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('request', (request) => request.url() !== file && complaints.push(request.url()))
  await page.goto(file)
  return { page, complaints }
}

const articles = (page: Page) => page.locator('article:visible')

const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } }
const looks = Object.values(sizes).flatMap((viewport) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ viewport, colorScheme })),
)

it.each(looks)('the report has no accessibility violation and fits, %o', async (look) => {
  const { page } = await open({ ...look, bypassCSP: true })
  for (const summary of await page.locator('article > details > summary').all()) await summary.click()
  // Below the head of a table that stays, a row is hidden by it.
  await page.evaluate(() => scrollTo(0, 0))
  await page.addScriptTag({ path: axe })
  const found = await page.evaluate(async () => {
    const { run } = (window as unknown as { axe: typeof import('axe-core') }).axe
    const { violations, incomplete } = await run(document)
    return [...violations, ...incomplete].map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  })
  expect(found).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
})

it('asks for nothing, complains of nothing, and runs nothing that a client said', async () => {
  const { page, complaints } = await open()
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('</script><script>')
  expect(await page.evaluate(() => (globalThis as { hit?: number }).hit)).toBeUndefined()
  expect(await page.locator('script').count()).toBe(1)
  expect(complaints).toEqual([])
})

it('is filtered by text, verdict, level and provider', async () => {
  const { page } = await open()
  const told = page.getByRole('status')
  const count = await articles(page).count()
  await page.getByLabel('Text').fill('STATE nobody')
  await expect.poll(() => articles(page).count()).toBe(1)
  await page.getByLabel('Text').fill('')
  await page.getByLabel('Verdict').selectOption('untestable')
  await expect.poll(() => articles(page).locator('h3').allTextContents()).toEqual(['api-401'])
  expect(await told.textContent()).toBe('1 of 13 results')
  await page.getByLabel('Verdict').selectOption('')
  await page.getByLabel('Level').selectOption('should')
  await expect.poll(() => articles(page).locator('h3').allTextContents()).toEqual(['tok-scope'])
  await page.getByLabel('Level').selectOption('')
  await page.getByLabel('Provider').selectOption('finexer')
  expect(await page.locator('th[data-column]:visible').allTextContents()).toEqual(['finexer'])
  await page.getByLabel('Provider').selectOption('')
  await expect.poll(() => articles(page).count()).toBe(count)
})

it('leads by the keyboard from the matrix to what happened', async () => {
  const { page } = await open()
  await page.locator('tr', { hasText: 'cb-state-mismatch' }).getByRole('link').nth(1).focus()
  await page.keyboard.press('Enter')
  const told = page.locator('article[id="cb-state-mismatch@standard"]')
  await told.getByText('shows it').waitFor()
  expect(await told.locator('.timeline').textContent()).toContain('refresh_token_reused')
})

it('is read without a script: no filter, every failure to be opened', async () => {
  const { page } = await open({ javaScriptEnabled: false })
  expect(await page.getByLabel('Text').isVisible()).toBe(false)
  const told = page.locator('article[id="cb-state-mismatch@standard"]')
  await told.locator('summary').first().click()
  await told.getByText('shows it').waitFor()
})

it('as JUnit is XML, whatever a client says', async () => {
  const { page } = await open()
  const read = await page.evaluate((text) => {
    const { documentElement: whole } = new DOMParser().parseFromString(text, 'application/xml')
    const [failure] = whole.querySelectorAll('[name=standard] failure')
    return {
      name: whole.nodeName,
      message: failure?.getAttribute('message'),
      error: whole.querySelector('parsererror')?.textContent,
    }
  }, junitReport(report))
  expect(read).toEqual({
    name: 'testsuites',
    message: `broken: The client said ${hostile.replace('\u0000', '\\x00').replace('\ud800', '\ufffd')}.`,
    error: undefined,
  })
})
