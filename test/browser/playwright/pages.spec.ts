import { expect, type Page } from '@playwright/test'
import { type OAuth, test } from 'mock-oauth/playwright'
import { challenge } from '../../pkce.ts'

/** An application that takes whatever comes. */
test.beforeEach(({ page }) => page.route('http://localhost:3000/**', (route) => route.fulfill({ body: 'back' })))

const authorizationUrl = (oauth: OAuth, provider: string, more = {}) => {
  const { authorizeUrl, clientId, scopes } = oauth.provider(provider)
  const asked = { client_id: clientId, response_type: 'code', scope: scopes.join(' '), state: 'at-least-8', ...more }
  return `${authorizeUrl}?${new URLSearchParams(asked)}`
}

const back = async (page: Page) => {
  await page.waitForURL('http://localhost:3000/**')
  return new URL(page.url()).searchParams
}

const redirect_uri = 'http://localhost:3000/callback'

for (const provider of ['mekari', 'finexer', 'mercado-pago@2024', 'mercury', 'standard']) {
  test(`approves at ${provider}`, async ({ page, oauth }) => {
    const more = provider === 'standard' ? challenge : {}
    await page.goto(authorizationUrl(oauth, provider, { redirect_uri, ...more }))
    await oauth.approve(page)
    expect((await back(page)).get('code')).toBeTruthy()
    const [first] = await oauth.users.list()
    expect(await oauth.grants.list()).toMatchObject([{ userId: first?.id }])
  })
}

test('denies', async ({ page, oauth }) => {
  await page.goto(authorizationUrl(oauth, 'mekari'))
  await oauth.deny(page)
  expect((await back(page)).get('error')).toBe('access_denied')
})

test('is told of an error page', async ({ page, oauth }) => {
  await page.goto(authorizationUrl(oauth, 'mekari', { client_id: 'nobody', lang: 'id' }))
  await expect(oauth.errorPage(page).code).toHaveText('invalid_client')
  await expect(oauth.errorPage(page).fix).toContainText('client')
  await expect(oauth.approve(page)).rejects.toMatchObject({
    code: 'page_not_shown',
    message: expect.stringMatching(/^The provider shows an error page: .*\(invalid_client\)\. .*client/),
  })
})

test('shows who asks for what, on whose account, and changes that, in Indonesian', async ({ page, oauth }) => {
  const [, second, third] = await oauth.users.list()
  await page.goto(authorizationUrl(oauth, 'mekari', { lang: 'id' }))
  await expect(oauth.signInPage(page).heading).toContainText('Masuk')
  await expect(oauth.signInPage(page).people).toHaveCount(3)
  await oauth.signInPage(page).signIn(second?.email ?? '', 'wrong')
  await expect(oauth.signInPage(page).alert).toBeVisible()
  await oauth.signInPage(page).pick(second?.email)
  await expect(oauth.consentPage(page).heading).toContainText('Mekari')
  await expect(oauth.consentPage(page).account).toContainText(second?.email ?? '')
  await expect(oauth.consentPage(page).scopes).toHaveText(['esign', 'sso:profile'])
  await oauth.approve(page, { user: third?.id ?? '' })
  await back(page)
  expect(await oauth.grants.list()).toMatchObject([{ userId: third?.id }])
})

test('makes an account on the way', async ({ page, oauth }) => {
  await page.goto(authorizationUrl(oauth, 'finexer'))
  await oauth.signInPage(page).toSignUp()
  const account = { name: 'Ada Byron', company: 'Analytical', email: 'ada@example.com', password: 'difference' }
  await oauth.signUpPage(page).signUp(account)
  await oauth.approve(page)
  await back(page)
  const ada = await oauth.users.find('ada@example.com')
  expect(await oauth.grants.list()).toMatchObject([{ userId: ada.id }])
})

test('connects a device, and signs out', async ({ page, oauth }) => {
  const { deviceAuthorizationUrl = '', endSessionUrl, clientId, clientSecret = '' } = oauth.provider('standard')
  const body = new URLSearchParams({ client_id: clientId, client_secret: clientSecret })
  const answer = await fetch(deviceAuthorizationUrl, { method: 'POST', body })
  const { verification_uri, user_code } = await answer.json()
  await page.goto(verification_uri)
  await oauth.signInPage(page).pick()
  await oauth.devicePage(page).enter('BCDF-BCDF')
  await expect(oauth.devicePage(page).alert).toBeVisible()
  await oauth.devicePage(page).enter(user_code)
  await oauth.approve(page)
  await expect(oauth.devicePage(page).heading).toHaveText('The device is connected')
  await page.goto(`${endSessionUrl}?client_id=${clientId}`)
  await expect(oauth.logoutPage(page).account).toContainText((await oauth.users.list())[0]?.email ?? '')
  await oauth.logoutPage(page).signOut()
  await page.goto(verification_uri)
  await expect(oauth.signInPage(page).submit).toBeVisible()
})
test('approves with a browser that the test opened, at a URL that names no world', async ({ browser, oauth }) => {
  const context = await browser.newContext()
  await oauth.enter(context)
  const page = await context.newPage()
  await page.route('http://localhost:3000/**', (route) => route.fulfill({ body: 'back' }))
  // As an application that knows no world writes it.
  await page.goto(authorizationUrl(oauth, 'mekari').replace(`/~${oauth.name}`, ''))
  await oauth.approve(page)
  await back(page)
  expect(await oauth.grants.list()).toHaveLength(1)
  await context.close()
})

test('steers its world in the words of the embedded mock', async ({ oauth }) => {
  const { accessToken } = await oauth.mint({ provider: 'mekari' })
  const { apiUrl } = oauth.provider('mekari')
  const call = () => fetch(apiUrl, { headers: { authorization: `Bearer ${accessToken}` } })
  expect((await call()).status).toBe(200)
  await oauth.clock.advance('61m')
  expect((await call()).status).toBe(401)
  expect(await oauth.explain()).toMatchObject({ kind: 'access_token_expired' })
  const { redirectTo } = await oauth.authorize(authorizationUrl(oauth, 'mekari'))
  expect(redirectTo).toContain('code=')
  await expect(oauth.clock.advance('soon')).rejects.toMatchObject({ code: 'invalid_duration' })
  await expect(oauth.faults.remove('f9')).rejects.toMatchObject({ code: 'unknown_fault' })
  expect(() => oauth.provider('mercure')).toThrow('"mercure" is not played here. Played: mekari')
  expect(() => oauth.provider()).toThrow('Name a provider')
})
