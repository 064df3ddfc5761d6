import { test } from 'mock-oauth/vitest'
import { expect } from 'vitest'

test('refreshes once', async ({ mock }) => {
  const id: string = mock.provider('mekari').clientId
  expect(id).not.toBe('')
  expect(mock).toHaveRefreshedOnce()
  // @ts-expect-error there is no such matcher
  expect(mock).toHaveRefreshedForFun()
})
