import { expect } from '@playwright/test'
import { test } from 'mock-oauth/playwright'

/** For the test that reads the report. */
const note = (type: string, description: string) => test.info().annotations.push({ type, description })

test('arms a fault that never fires', async ({ oauth }) => {
  await oauth.faults.arm('token:refresh_token drop after')
  await oauth.clock.advance('30d')
  note('world', oauth.name)
  note('token', (await oauth.mint()).accessToken)
})

test('begins clean', async ({ oauth }) => {
  expect(await oauth.faults.list()).toEqual([])
  expect(await oauth.grants.list()).toEqual([])
  expect(Math.abs(Date.parse((await oauth.clock.read()).now) - Date.now())).toBeLessThan(60_000)
  note('world', oauth.name)
  note('token', (await oauth.mint()).accessToken)
})

test('fails, and a worker begins anew', () => {
  expect(1).toBe(2)
})

test('begins clean in the worker after', async ({ oauth }) => {
  expect(await oauth.grants.list()).toEqual([])
  note('world', oauth.name)
  note('token', (await oauth.mint()).accessToken)
})
