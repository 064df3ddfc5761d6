import { expect } from '@playwright/test'
import { test } from 'mock-oauth/playwright'

// Two workers, one application that knows no world, one server. Each step waits until the other worker is there as well.
const { MEETING_URL = '', SERVER_URL = '' } = process.env
const meet = async (where: string) => expect((await fetch(`${MEETING_URL}/${where}`)).status).toBe(200)

for (const person of [0, 1]) {
  test(`person ${person} of two connects`, async ({ page, oauth }) => {
    const user = await oauth.users.add({ email: `person-${person}@example.com` })
    await meet('begun')
    await page.goto('/login')
    await meet('at the provider')
    await oauth.approve(page, { user: user.email })
    await expect(page.getByRole('heading')).toHaveText(`Connected as ${user.email}`)
    await meet('connected')
    // The clock of one of them only.
    if (person === 0) await oauth.clock.advance('61m')
    await meet('later for one')
    await page.goto('/')
    await expect(page.getByRole('heading')).toHaveText(`Connected as ${user.email}`)
    await meet('done')
    expect(await oauth.grants.list()).toMatchObject([{ userId: user.id }])
    const grants = (await oauth.requests({ endpoint: 'token' })).map(({ grantType }) => grantType)
    expect(grants).toEqual(person === 0 ? ['authorization_code', 'refresh_token'] : ['authorization_code'])
    const atHome = await fetch(`${SERVER_URL}/_mock/requests`)
    expect(await atHome.json()).toEqual([])
  })
}
