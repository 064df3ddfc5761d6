import { expect } from '@playwright/test'
import { oauthMatchers } from 'mock-oauth/matchers'
import { test } from 'mock-oauth/playwright'

expect.extend(oauthMatchers)
test('approves', async ({ page, oauth }) => {
  await oauth.approve(page, { user: 'ada@example.com' })
  expect(page.url()).toContain('code=')
  // @ts-expect-error a person decides in a page
  await oauth.approve('http://localhost:3000')
})
