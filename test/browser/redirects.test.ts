import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { useChromium } from './chromium.ts'
import { useInPage } from './in-page.ts'

const open = useInPage(useChromium())

/** Makes a mock in the page whose client is that page. */
const play = (page: Page, provider = 'standard') =>
  page.evaluate(async (played) => {
    const home = `${location.origin}/callback`
    const client = { name: 'Payroll Sync', redirectUris: [home], postLogoutRedirectUris: [`${location.origin}/bye`] }
    globalThis.mock = await doors.createMockOAuth({ providers: [played], seed: 'x', client })
  }, provider)

/** The authorization URL of that client. */
const authorizationUrl = (page: Page, more: Record<string, string> = {}) =>
  page.evaluate((added) => {
    const { authorizeUrl, clientId, scopes, redirectUris } = mock.provider()
    const challenge = { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' }
    const asked = { client_id: clientId, response_type: 'code', scope: scopes.join(' '), ...challenge }
    return `${authorizeUrl}?${new URLSearchParams({ ...asked, redirect_uri: redirectUris[0] ?? '', ...added })}`
  }, more)

const goTo = (page: Page, url: string) => page.evaluate((to) => void doors.goTo(mock, to), url)

describe('a redirect that is handed over', () => {
  it('leads through the consent to the redirect URI', async () => {
    const { page, url } = await open()
    await play(page)
    await goTo(page, await authorizationUrl(page, { state: 's' }))
    await page.getByRole('button', { name: 'Approve' }).click()
    await page.waitForURL(`${url}callback?code=*`)
    expect(new URL(page.url()).searchParams.get('state')).toBe('s')
  })

  it('posts the answer to a client that wants it so', async () => {
    const { page, url } = await open()
    await play(page)
    await goTo(page, await authorizationUrl(page, { response_mode: 'form_post' }))
    const posted = page.waitForRequest(`${url}callback`)
    await page.getByRole('button', { name: 'Approve' }).click()
    const request = await posted
    expect([request.method(), Object.keys(request.postDataJSON())]).toEqual(['POST', ['code', 'iss']])
  })

  it('tells what is wrong where the provider would, and how to mend it', async () => {
    const { page, url } = await open()
    await play(page)
    await goTo(page, await authorizationUrl(page, { redirect_uri: 'https://elsewhere.example/' }))
    const dialog = page.getByRole('dialog', { name: 'This request was refused' })
    await dialog.getByText('https://elsewhere.example/', { exact: true }).waitFor()
    await dialog.getByText(`${url}callback`).waitFor()
    await dialog.getByRole('button', { name: 'Back to the application' }).click()
    expect(page.url()).toBe(url)
  })

  it('signs the person out, and leads back', async () => {
    const { page, url } = await open()
    await play(page)
    const [logout, clientId] = await page.evaluate(() => [mock.provider().endSessionUrl, mock.provider().clientId])
    await goTo(page, `${logout}?client_id=${clientId}&post_logout_redirect_uri=${url}bye&state=x`)
    await page.waitForURL(`${url}bye?state=x`)
  })

  it('says that the person is signed out, or why not, where it leads nowhere', async () => {
    const { page } = await open()
    await play(page)
    const logout = await page.evaluate(() => mock.provider().endSessionUrl)
    await goTo(page, `${logout}`)
    await page.getByRole('dialog', { name: 'You are signed out' }).getByRole('button').click()
    await goTo(page, `${logout}?post_logout_redirect_uri=https://elsewhere.example/`)
    await page.getByRole('dialog', { name: 'This request was refused' }).getByText('elsewhere').waitFor()
  })

  it('goes to what is not played as it is', async () => {
    const { page, url } = await open()
    await play(page)
    await goTo(page, `${url}elsewhere`)
    await page.waitForURL(`${url}elsewhere`)
  })
})

describe('navigations that are caught', () => {
  it('are a link, a form and a script', async () => {
    const { page } = await open()
    await play(page)
    const url = await authorizationUrl(page)
    await page.evaluate((to) => {
      doors.catchNavigations(mock)
      const link = Object.assign(document.createElement('a'), { href: to, textContent: 'Log in' })
      const form = Object.assign(document.createElement('form'), { action: to })
      form.append(
        ...[...new URL(to).searchParams].map(([name, value]) =>
          Object.assign(document.createElement('input'), { type: 'hidden', name, value }),
        ),
      )
      form.append(Object.assign(document.createElement('button'), { textContent: 'Submit' }))
      document.body.append(link, form)
    }, url)
    const leaving = [
      () => page.evaluate(() => document.querySelector('a')?.click()),
      () => page.evaluate((to) => location.assign(to), url),
      () => page.evaluate(() => document.querySelector('form')?.requestSubmit()),
    ]
    // Where a form was to lead elsewhere, Playwright waits for that in all but the simplest calls.
    const dialogs = () => page.getByRole('dialog', { name: 'Payroll Sync asks for access' }).count()
    for (const leave of leaving) {
      await leave()
      await expect.poll(dialogs).toBe(1)
      await page.keyboard.press('Escape')
      await expect.poll(dialogs).toBe(0)
    }
  })

  it('are none any more when it has stopped', async () => {
    const { page } = await open()
    await play(page)
    const url = await authorizationUrl(page)
    const left = page.waitForRequest((request) => request.isNavigationRequest() && request.url() === url)
    await page.evaluate((to) => {
      const { open } = window
      const stop = doors.catchNavigations(mock)
      stop()
      if (window.open !== open) throw new Error('window.open is still ours')
      location.assign(to)
    }, url)
    await left
  })
})

describe('the worker', () => {
  it('lets a handler of a test go before those of the mock', async () => {
    const { page } = await open()
    await play(page, 'mekari')
    const answers = await page.evaluate(async () => {
      const { tokenUrl } = mock.provider()
      const worker = doors.setupWorker(...doors.oauthHandlers(mock))
      await worker.start({ quiet: true })
      const ask = async () => (await fetch(tokenUrl, { method: 'POST' })).status
      const first = await ask()
      worker.use(doors.http.post(tokenUrl, () => new doors.HttpResponse(null, { status: 503 })))
      const second = await ask()
      worker.resetHandlers()
      return [first, second, await ask()]
    })
    expect(answers).toEqual([400, 503, 400])
  })
})

describe('what is loaded', () => {
  it('is neither the library of people nor that of signatures, until they are used', async () => {
    const { page, loaded } = await open()
    await page.evaluate(async () => {
      globalThis.mock = await doors.createMockOAuth({ providers: ['mekari'], users: [{ email: 'ada@example.com' }] })
      await mock.mint()
    })
    expect([loaded('@faker-js/'), loaded('jose/dist/webapi/jwt')]).toEqual([false, false])
    await play(page, 'mekari')
    await page.evaluate(() => mock.users.list())
    expect([loaded('@faker-js/'), loaded('jose/dist/webapi/jwt')]).toEqual([true, false])
    await play(page, 'standard')
    await page.evaluate(() => mock.mint({ scope: 'openid' }))
    expect([loaded('@faker-js/'), loaded('jose/dist/webapi/jwt')]).toEqual([true, true])
  })
})
