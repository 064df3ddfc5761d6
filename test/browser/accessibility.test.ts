import { mkdtemp, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { challenge } from '../pkce.ts'
import { useChromium } from './chromium.ts'
import { type Stage, setStage } from './stage.ts'

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const chromium = useChromium()
const folder = await mkdtemp(join(tmpdir(), 'mock-oauth-pages-'))

/** Each page, and how a person comes there. */
const pages: Record<string, (stage: Stage, lang: string) => Promise<unknown>> = {
  'sign-in': ({ page, authorizationUrl }, lang) => page.goto(authorizationUrl({ lang })),
  'failed sign-in': async ({ page, authorizationUrl }, lang) => {
    await page.goto(authorizationUrl({ lang }))
    await page.locator('#user_email').fill('nobody@example.com')
    await page.locator('#user_password').fill('wrong')
    await page.locator('#new-signin-button').click()
    await page.getByRole('alert').waitFor()
  },
  consent: async ({ page, authorizationUrl }, lang) => {
    await page.goto(authorizationUrl({ lang }))
    await page.locator('.person').first().click()
    await page.locator('[value=approve]').waitFor()
  },
  'late consent': async ({ mock, page, authorizationUrl }, lang) => {
    await page.goto(authorizationUrl({ lang }))
    await page.locator('.person').first().click()
    await page.locator('[value=approve]').waitFor()
    mock.clock.advance('31m')
    await page.locator('[value=approve]').click()
    await page.locator('a.button').waitFor()
  },
  error: ({ page, authorizationUrl }, lang) =>
    page.goto(authorizationUrl({ lang, redirect_uri: `http://localhost:5173/${'long/'.repeat(30)}` })),
}

/** Those that Finexer has besides. */
const pagesBesides: Record<string, (stage: Stage) => Promise<unknown>> = {
  'sign-up': async ({ page, authorizationUrl }) => {
    await page.goto(authorizationUrl())
    await page.getByRole('link', { name: 'No account yet?' }).click()
    await page.locator('#new_name').waitFor()
  },
  'failed sign-up': async (stage) => {
    await pagesBesides['sign-up']?.(stage)
    const { page } = stage
    for (const name of ['name', 'company', 'password']) await page.locator(`#new_${name}`).fill('x'.repeat(200))
    await page.locator('#new_email').fill((await stage.mock.users.list())[0]?.email ?? '')
    await page.getByRole('button').click()
    await page.getByRole('alert').waitFor()
  },
  'connected apps': async ({ mock, page, played }) => {
    await mock.mint()
    await mock.mint({ client: (await mock.clients.register({ name: 'Ledger' })).id })
    await page.goto(played.connectedAppsUrl ?? '')
    await page.locator('.person').first().click()
    await page.getByRole('button', { name: 'Disconnect Ledger' }).waitFor()
  },
  'late click': async (stage) => {
    await pagesBesides['connected apps']?.(stage)
    stage.mock.clock.advance('31m')
    await stage.page.getByRole('button', { name: 'Disconnect Ledger' }).click()
    await stage.page.getByRole('alert').waitFor()
  },
  identify: ({ page, played }) => page.goto(played.connectedAccountsUrl ?? ''),
  'connected accounts': async ({ mock, page, played }) => {
    for (const { id } of await mock.users.list()) await mock.mint({ user: id })
    await page.goto(played.connectedAccountsUrl ?? '')
    await page.getByLabel('Client id').fill(played.clientId)
    await page.getByLabel('Client secret').fill(played.clientSecret ?? '')
    await page.getByRole('button').click()
    await page.getByText('Connected since').first().waitFor()
  },
}

/** Those that a server by the book has besides. */
const pagesByTheBook: Record<string, (stage: Stage) => Promise<unknown>> = {
  'sign-out': async ({ page, played, authorizationUrl, appUrl }) => {
    await page.goto(authorizationUrl({ redirect_uri: `${appUrl}callback`, ...challenge }))
    await page.locator('.person').first().click()
    await page.locator('[value=approve]').waitFor()
    await page.goto(`${played.endSessionUrl}?client_id=${played.clientId}`)
    await page.getByRole('button', { name: 'Sign out' }).waitFor()
  },
  'late sign-out': async (stage) => {
    await pagesByTheBook['sign-out']?.(stage)
    stage.mock.clock.advance('31m')
    await stage.page.getByRole('button', { name: 'Sign out' }).click()
    await stage.page.getByRole('alert').waitFor()
  },
  'signed-out': async (stage) => {
    await pagesByTheBook['sign-out']?.(stage)
    await stage.page.getByRole('button', { name: 'Sign out' }).click()
    await stage.page.getByRole('heading', { name: 'You are signed out' }).waitFor()
  },
  'logout error': ({ page, played }) => page.goto(`${played.endSessionUrl}?post_logout_redirect_uri=x`),
}
/** Those for a device, at the provider that has devices. */
const pagesForDevices: Record<string, (stage: Stage) => Promise<unknown>> = {
  'device code': async (stage) => {
    const device = await askForDevice(stage)
    await stage.page.goto(device.verification_uri)
    await stage.page.locator('.person').first().click()
    await stage.page.getByLabel('Code that the device shows').waitFor()
  },
  'wrong device code': async (stage) => {
    await pagesForDevices['device code']?.(stage)
    await stage.page.getByLabel('Code that the device shows').fill('wrng code')
    await stage.page.getByRole('button').click()
    await stage.page.getByRole('alert').waitFor()
  },
  'device consent': async (stage) => {
    const device = await askForDevice(stage)
    await stage.page.goto(device.verification_uri)
    await stage.page.locator('.person').first().click()
    await stage.page.getByLabel('Code that the device shows').fill(device.user_code.toLowerCase())
    await stage.page.getByRole('button').click()
    await stage.page.getByText(device.user_code).waitFor()
  },
  'device done': async (stage) => {
    await pagesForDevices['device consent']?.(stage)
    await stage.page.locator('[value=approve]').click()
    await stage.page.getByText('The device is connected').first().waitFor()
  },
}

async function askForDevice({ played }: Stage) {
  const { deviceAuthorizationUrl = '', clientId: client_id, clientSecret: client_secret = '' } = played
  const body = new URLSearchParams({ client_id, client_secret })
  const answer = await fetch(deviceAuthorizationUrl, { method: 'POST', body })
  return (await answer.json()) as { verification_uri: string; user_code: string }
}

const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } }

const everyPage = [
  ...Object.keys(pages).map((name) => ['mekari', name] as const),
  ...Object.keys(pagesBesides).map((name) => ['finexer', name] as const),
  ...Object.keys(pagesByTheBook).map((name) => ['standard', name] as const),
  ...Object.keys(pagesForDevices).map((name) => ['standard', name] as const),
]

describe.each(everyPage)('at %s, the %s page', (provider, name) => {
  const looks = Object.keys(sizes).flatMap((size) => ['light', 'dark'].map((scheme) => [size, scheme] as const))

  it.each(looks)('has no accessibility violation and fits, at %s size in %s', async (size, scheme) => {
    const context = { viewport: sizes[size as 'phone'], colorScheme: scheme as 'dark', bypassCSP: true }
    const client = {
      name: `Payroll ${'Synchronisation'.repeat(3)}`,
      scopes: ['esign', 'customer_read', `x:${'y'.repeat(80)}`],
    }
    const stage = await setStage(chromium(), { provider, context, client })
    await { ...pages, ...pagesBesides, ...pagesByTheBook, ...pagesForDevices }[name]?.(stage, 'en')
    await stage.page.addScriptTag({ path: axe })
    const found = await stage.page.evaluate(async () => {
      const { run } = (window as unknown as { axe: typeof import('axe-core') }).axe
      const { violations, incomplete, passes } = await run(document)
      const brief = (results: typeof violations) =>
        results.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
      return { violations: brief(violations), undecided: brief(incomplete), passed: passes.map(({ id }) => id) }
    })
    expect(found).toMatchObject({ violations: [], undecided: [] })
    expect(found.passed).toEqual(
      expect.arrayContaining(['color-contrast', 'region', 'html-has-lang', 'document-title']),
    )
    const overflow = await stage.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)

    const path = join(folder, `${name}-${size}-${scheme}.png`)
    await stage.page.screenshot({ path, fullPage: true })
    expect((await stat(path)).size).toBeGreaterThan(5_000)
  })
})

describe.each(Object.keys(pages))('the %s page', (name) => {
  it('has no accessibility violation in Indonesian either', async () => {
    const stage = await setStage(chromium(), { context: { bypassCSP: true } })
    await pages[name]?.(stage, 'id')
    await stage.page.addScriptTag({ path: axe })
    const violations = await stage.page.evaluate(async () => {
      const { run } = (window as unknown as { axe: typeof import('axe-core') }).axe
      return (await run(document)).violations.map(({ id }) => id)
    })
    expect(violations).toEqual([])
    expect(await stage.page.locator('html').getAttribute('lang')).toBe('id')
  })
})
