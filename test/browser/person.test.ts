import { describe, expect, it } from 'vitest'
import { useChromium } from './chromium.ts'
import { setStage } from './stage.ts'

const chromium = useChromium()

describe.each([
  ['a browser', {}],
  ['a browser without JavaScript', { javaScriptEnabled: false }],
])('a person at %s', (_, context) => {
  it('picks themselves, approves, and is back at the application', async () => {
    const { mock, page, authorizationUrl, callback } = await setStage(chromium(), { context })
    const [, second] = await mock.users.list()
    await page.goto(authorizationUrl({ state: 'kept & safe' }))
    await page.getByRole('button', { name: second?.name ?? 'nobody' }).click()
    await page.getByRole('heading', { name: 'Payroll Sync asks for access to your Mekari account' }).waitFor()
    expect(await page.getByText(second?.email ?? '').count()).toBe(1)
    await page.getByRole('button', { name: 'Approve' }).click()
    const returned = await callback()
    expect([...returned.keys()]).toEqual(['code', 'state'])
    expect(returned.get('state')).toBe('kept & safe')
    expect(await mock.grants.list()).toMatchObject([{ userId: second?.id, scope: 'esign sso:profile' }])
  })

  it('mistypes, then types address and password', async () => {
    const { mock, page, authorizationUrl } = await setStage(chromium(), { context })
    const [person] = await mock.users.list()
    await page.goto(authorizationUrl())
    await page.getByLabel('E-mail').fill(person?.email ?? '')
    await page.getByLabel('Password').fill('wrong')
    await page.getByRole('button', { name: 'Sign in' }).click()
    expect(await page.getByRole('alert').textContent()).toBe('Invalid email or password')
    expect(await page.getByLabel('E-mail').inputValue()).toBe(person?.email)
    await page.locator('#user_password').fill(person?.password ?? '')
    await page.locator('#new-signin-button').click()
    await page.getByRole('button', { name: 'Approve' }).waitFor()
  })

  it('says no', async () => {
    const { page, authorizationUrl, callback } = await setStage(chromium(), { context })
    await page.goto(authorizationUrl({ state: 's' }))
    await page.locator('.person').first().click()
    await page.getByRole('button', { name: 'Deny' }).click()
    const returned = await callback()
    expect([returned.get('error'), returned.get('state'), returned.has('code')]).toEqual(['access_denied', 's', false])
  })

  it('changes the account first', async () => {
    const { mock, page, authorizationUrl, callback } = await setStage(chromium(), { context })
    const [first, , third] = await mock.users.list()
    await page.goto(authorizationUrl())
    await page.getByRole('button', { name: first?.name ?? 'nobody' }).click()
    await page.getByRole('button', { name: 'Use another account' }).click()
    await page.getByRole('button', { name: third?.name ?? 'nobody' }).click()
    await page.getByRole('button', { name: 'Approve' }).click()
    expect((await callback()).has('code')).toBe(true)
    expect(await mock.grants.list()).toMatchObject([{ userId: third?.id }])
  })

  it('waits too long, and is helped to start again', async () => {
    const { mock, page, authorizationUrl, callback } = await setStage(chromium(), { context })
    await page.goto(authorizationUrl())
    await page.locator('.person').first().click()
    await page.getByRole('heading', { name: 'asks for access' }).waitFor()
    mock.clock.advance('31m')
    await page.getByRole('button', { name: 'Approve' }).click()
    await page.getByRole('heading', { name: 'This page can no longer be answered' }).waitFor()
    expect(await mock.grants.list()).toEqual([])
    await page.getByRole('link', { name: 'Start again' }).click()
    await page.getByRole('button', { name: 'Approve' }).click()
    expect((await callback()).has('code')).toBe(true)
  })

  it('goes back after approving and finds a page that can be answered', async () => {
    const { mock, page, authorizationUrl, callback } = await setStage(chromium(), { context })
    await page.goto(authorizationUrl())
    await page.locator('.person').first().click()
    await page.getByRole('button', { name: 'Approve' }).click()
    const first = await callback()
    await page.goBack()
    await page.getByRole('button', { name: 'Approve' }).click()
    const second = await callback()
    expect(second.get('code')).not.toBe(first.get('code'))
    expect(await mock.grants.list()).toHaveLength(2)
  })
})

describe('a person at Finexer', () => {
  const finexer = (more = {}) => setStage(chromium(), { provider: 'finexer', ...more })

  it('has no account, makes one, approves, and is back at the application', async () => {
    const { mock, page, authorizationUrl, callback } = await finexer({ context: { javaScriptEnabled: false } })
    await page.goto(authorizationUrl({ state: 'kept' }))
    await page.getByRole('link', { name: 'No account yet? Create one' }).click()
    for (const [label, text] of Object.entries({
      Name: 'Ada Byron',
      Company: 'Analytical',
      'E-mail': 'ada@example.com',
    })) {
      await page.getByLabel(label).fill(text)
    }
    await page.getByLabel('Password').fill('difference')
    await page.getByRole('button', { name: 'Create the account' }).click()
    await page.getByRole('heading', { name: 'Payroll Sync asks for access to your Finexer account' }).waitFor()
    await page.getByRole('button', { name: 'Approve' }).click()
    const returned = await callback()
    expect([...returned.keys()]).toEqual(['code', 'state'])
    const ada = (await mock.users.list()).find(({ email }) => email === 'ada@example.com')
    expect(await mock.grants.list()).toMatchObject([{ userId: ada?.id }])
  })

  it('disconnects the application on the page for it', async () => {
    const { mock, page, played } = await finexer()
    await mock.mint()
    await page.goto(played.connectedAppsUrl ?? '')
    await page.locator('.person').first().click()
    await page.getByRole('button', { name: 'Disconnect Payroll Sync' }).click()
    await page.getByText('Nothing is connected.').waitFor()
    expect((await mock.grants.list()).map(({ ended }) => ended?.by)).toEqual(['user'])
  })

  it('owns the application, and disconnects an account', async () => {
    const { mock, page, played } = await finexer()
    await mock.mint()
    await page.goto(played.connectedAccountsUrl ?? '')
    await page.getByLabel('Client id').fill(played.clientId)
    await page.getByLabel('Client secret').fill(played.clientSecret ?? '')
    await page.getByRole('button', { name: 'Show what is connected' }).click()
    await page.getByRole('button', { name: 'Disconnect' }).click()
    await page.getByText('Nothing is connected.').waitFor()
    expect((await mock.grants.list()).map(({ ended }) => ended?.by)).toEqual(['client'])
  })
})

describe('a person with a keyboard only', () => {
  it('reaches everything in the order in which it is read, sees where they are, and approves', async () => {
    const { mock, page, authorizationUrl, callback } = await setStage(chromium())
    const people = await mock.users.list()
    const focused = () =>
      page.evaluate(() => {
        const { activeElement: at } = document
        const style = at && getComputedStyle(at)
        return { what: at?.id || at?.textContent?.trim(), ring: `${style?.outlineStyle} ${style?.outlineWidth}` }
      })
    const walk = async (steps: number) => {
      const seen = []
      for (let i = 0; i < steps; i++) {
        await page.keyboard.press('Tab')
        seen.push(await focused())
      }
      expect(seen.map(({ ring }) => ring)).toEqual(seen.map(() => 'solid 3px'))
      return seen.map(({ what }) => what)
    }
    await page.goto(authorizationUrl())
    expect(await walk(6)).toEqual([
      ...people.map(({ name, email, company }) => `${name} ${email} ${company}`),
      'user_email',
      'user_password',
      'new-signin-button',
    ])
    await page.goto(authorizationUrl())
    await walk(2)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Approve' }).waitFor()
    expect(await walk(3)).toEqual(['Use another account', 'Approve', 'Deny'])
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Space')
    expect((await callback()).has('code')).toBe(true)
    expect(await mock.grants.list()).toMatchObject([{ userId: people[1]?.id }])
  })

  it('signs in with Enter in the password field', async () => {
    const { mock, page, authorizationUrl } = await setStage(chromium())
    const [person] = await mock.users.list()
    await page.goto(authorizationUrl())
    await page.getByLabel('E-mail').focus()
    await page.keyboard.type(person?.email ?? '')
    await page.keyboard.press('Tab')
    await page.keyboard.type('nonsense')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').waitFor()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('user_email')
    await page.keyboard.press('Tab')
    await page.keyboard.type(person?.password ?? '')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Approve' }).waitFor()
  })
})

describe('a browser', () => {
  it('asks for the pages and for nothing else', async () => {
    const { mock, page, asked, authorizationUrl } = await setStage(chromium())
    await page.goto(authorizationUrl())
    await page.locator('.person').first().click()
    await page.getByRole('button', { name: 'Approve' }).waitFor()
    expect(asked.map((url) => new URL(url).pathname)).toEqual([
      '/mekari/auth',
      '/mekari/users/sign_in',
      '/mekari/users/sign_in',
      '/mekari/auth',
    ])
    expect(mock.requests().map(({ endpoint }) => endpoint)).toEqual(['authorize', 'sign-in', 'sign-in', 'authorize'])
  })

  it('runs no script of a hostile application name', async () => {
    const name = `"><script>document.title='owned'</script><img src=x onerror="document.title='owned'">`
    const { page, asked, authorizationUrl } = await setStage(chromium(), { client: { name } })
    await page.goto(authorizationUrl())
    await page.locator('.person').first().click()
    await page.getByRole('heading', { name: 'asks for access' }).waitFor()
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain(name)
    expect(await page.title()).toContain('asks for access')
    expect(asked.filter((url) => !url.includes('/mekari/'))).toEqual([])
  })

  it('refuses to show a page inside another', async () => {
    const { page, played: mekari, appUrl } = await setStage(chromium())
    // The API's answer stands beside it, to show that frames work here.
    const signIn = `${mekari.baseUrl}/users/sign_in?return_to=L2F1dGg`
    const frames = [mekari.apiUrl, signIn].map((url) => ['frame', url])
    await page.goto(`${appUrl}?${new URLSearchParams(frames)}`)
    const [, beside, inner] = page.frames()
    expect(await beside?.locator('body').textContent()).toContain('The access token is missing')
    expect([inner?.url(), await inner?.getByText('Sign in to Mekari').count()]).toEqual([
      'chrome-error://chromewebdata/',
      0,
    ])
  })
})
