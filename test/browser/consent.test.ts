import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { useChromium } from './chromium.ts'
import { useInPage } from './in-page.ts'

const open = useInPage(useChromium())
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** Makes a mock in the page, and asks for consent there. */
async function ask(page: Page, more: Record<string, string> = {}, provider = 'mekari') {
  await page.evaluate(
    async ([played, added]) => {
      globalThis.mock = await doors.createMockOAuth({
        providers: [played],
        seed: 'x',
        client: { name: 'Payroll <b>Sync</b>', redirectUris: ['https://client.example/callback'] },
      })
      const { authorizeUrl, clientId, scopes } = mock.provider(played)
      const asked = {
        client_id: clientId,
        response_type: 'code',
        scope: scopes.join(' '),
        state: 'kept & safe',
        ...added,
      }
      globalThis.outcome = doors.askConsent(mock, `${authorizeUrl}?${new URLSearchParams(asked)}`)
    },
    [provider, more] as const,
  )
}
const ended = (page: Page) => page.evaluate(() => globalThis.outcome) as Promise<Record<string, string> | undefined>
const callback = async (page: Page) => new URL((await ended(page))?.redirectTo ?? '')
const grants = (page: Page) => page.evaluate(() => mock.grants.list())
const people = (page: Page) => page.evaluate(() => mock.users.list())

describe('the consent in a page', () => {
  it('says who asks for what, and is answered for the first person', async () => {
    const { page } = await open()
    await ask(page)
    const dialog = page.getByRole('dialog', { name: 'Payroll <b>Sync</b> asks for access to your Mekari account' })
    await dialog.waitFor()
    expect(await dialog.getByRole('radio').count()).toBe(3)
    await dialog.getByRole('checkbox', { name: 'Documents and signatures in Mekari Sign esign' }).waitFor()
    await dialog.getByRole('button', { name: 'Approve' }).click()
    const returned = await callback(page)
    expect([returned.origin, ...returned.searchParams.keys()]).toEqual(['https://client.example', 'code', 'state'])
    expect(returned.searchParams.get('state')).toBe('kept & safe')
    const [first] = await people(page)
    expect(await grants(page)).toMatchObject([{ userId: first?.id, scope: 'esign sso:profile' }])
    expect(await page.getByRole('dialog').count()).toBe(0)
  })

  it('grants what is ticked, to the person that is picked', async () => {
    const { page } = await open()
    await ask(page)
    const [, second] = await people(page)
    await page.getByRole('radio', { name: second?.name ?? 'nobody' }).check()
    await page.getByRole('checkbox', { name: 'esign' }).uncheck()
    await page.getByRole('button', { name: 'Approve' }).click()
    await callback(page)
    expect(await grants(page)).toMatchObject([{ userId: second?.id, scope: 'sso:profile' }])
  })

  it('cannot be approved with nothing ticked', async () => {
    const { page } = await open()
    await ask(page)
    await page.getByRole('dialog').waitFor()
    for (const tick of await page.getByRole('checkbox').all()) await tick.uncheck()
    expect(await page.getByRole('button', { name: 'Approve' }).isDisabled()).toBe(true)
    await page.getByRole('checkbox').first().check()
    expect(await page.getByRole('button', { name: 'Approve' }).isDisabled()).toBe(false)
  })

  it('is denied', async () => {
    const { page } = await open()
    await ask(page)
    await page.getByRole('button', { name: 'Deny' }).click()
    expect((await callback(page)).searchParams.get('error')).toBe('access_denied')
    expect(await grants(page)).toEqual([])
  })

  it('is used by keyboard alone, and gives the focus back', async () => {
    const { page } = await open()
    await page.getByRole('button', { name: 'Before' }).focus()
    await ask(page)
    await page.getByRole('dialog').waitFor()
    const [, second] = await people(page)
    await page.keyboard.press('ArrowDown')
    for (const _ of ['esign', 'sso:profile']) await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await callback(page)
    expect(await grants(page)).toMatchObject([{ userId: second?.id, scope: 'esign' }])
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Before')
  })

  it('is left by Escape, and nothing has happened', async () => {
    const { page } = await open()
    await ask(page)
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    expect(await ended(page)).toBeUndefined()
    expect(await page.evaluate(() => mock.requests().length)).toBe(0)
  })

  it('speaks the language that was asked for', async () => {
    const { page } = await open()
    await ask(page, { lang: 'id' })
    await page.getByRole('button', { name: 'Setujui' }).waitFor()
  })

  it('asks nobody where the request is refused', async () => {
    const { page } = await open()
    await ask(page, { redirect_uri: 'https://elsewhere.example/' })
    expect(await ended(page)).toMatchObject({ errorPage: { kind: 'redirect_uri_mismatch' } })
    await ask(page, { response_type: 'token' })
    expect((await callback(page)).searchParams.get('error')).toBe('unsupported_response_type')
  })

  it.each(['light', 'dark'] as const)('has nothing that axe complains of, in %s', async (colorScheme) => {
    const { page } = await open({ colorScheme, bypassCSP: true })
    await ask(page)
    await page.getByRole('dialog').waitFor()
    await page.addScriptTag({ path: axe })
    const { violations } = await page.evaluate(() => globalThis.axe.run())
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  })
})
