// #short
import { expect } from '@playwright/test'
import { test } from 'mock-oauth/playwright'

test('connects the person who signs in', async ({ page, oauth }) => {
  const [, second] = await oauth.users.list()
  await page.goto('/login')
  await oauth.approve(page, { user: second?.email ?? '' })
  await expect(page.getByRole('heading')).toHaveText(`Connected as ${second?.email}`)
})
// #end

test('says so when the person denies', async ({ page, oauth }) => {
  await page.goto('/login')
  await oauth.deny(page)
  await expect(page.getByRole('heading')).toHaveText('Not connected: access_denied')
})

test('refreshes a token that has expired', async ({ page, oauth }) => {
  await page.goto('/login')
  await oauth.approve(page)
  await page.waitForURL('/')
  await oauth.clock.advance('61m')
  await page.goto('/')
  await expect(page.getByRole('heading')).toContainText('Connected as')
  const grants = (await oauth.requests({ endpoint: 'token' })).map(({ grantType }) => grantType)
  expect(grants).toEqual(['authorization_code', 'refresh_token'])
})

test('asks to connect again when the new token was lost', async ({ page, oauth }) => {
  await page.goto('/login')
  await oauth.approve(page)
  await page.waitForURL('/')
  await oauth.clock.advance('61m')
  await oauth.faults.arm('token:refresh_token drop after')
  await page.goto('/')
  await expect(page.getByRole('heading')).toContainText('Please connect again')
})
