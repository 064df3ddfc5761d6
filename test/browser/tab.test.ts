import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { useChromium } from './chromium.ts'
import { useInPage } from './in-page.ts'

const open = useInPage(useChromium())

/** Makes a mock with a state in the tab; returns what went wrong, if anything did. */
const openState = (page: Page) =>
  page.evaluate(async () => {
    try {
      globalThis.mock = await doors.createMockOAuth({ providers: ['standard'], state: 'kept' })
      return undefined
    } catch (error) {
      const { name, code, message } = error as Error & { code?: string }
      return { name, code, message }
    }
  })

const unavailable = (reason: string) => ({
  name: 'MockOAuthError',
  code: 'state_unavailable',
  message: expect.stringContaining(reason),
})

describe('a state in the tab', () => {
  it('is nobody’s where its entries have been overwritten, and says so', async () => {
    const { page } = await open()
    expect(await openState(page)).toBeUndefined()
    await page.evaluate(async () => {
      await mock.close()
      for (const key of Object.keys(sessionStorage)) sessionStorage.setItem(key, '{')
    })
    expect(await openState(page)).toEqual(unavailable('The tab cannot give the state "kept": '))
  })

  it('is not read from another version, nor from what others keep', async () => {
    const { page } = await open()
    await page.evaluate(() => {
      sessionStorage.setItem('["mock-oauth state 0","kept","default","users",1]', '{')
      sessionStorage.setItem('mine', '{')
    })
    expect(await openState(page)).toBeUndefined()
  })

  it('says where the tab has no room for it', async () => {
    const { page } = await open()
    await page.evaluate(() => {
      for (let size = 2 ** 23; size >= 1; size /= 2) {
        try {
          for (let i = 0; ; i++) sessionStorage.setItem(`full ${size} ${i}`, 'x'.repeat(size))
        } catch {}
      }
    })
    expect(await openState(page)).toEqual(unavailable('The tab has no room for the state "kept"'))
  })

  it('says where nothing may be kept', async () => {
    const { page } = await open()
    await page.evaluate(() =>
      Object.defineProperty(globalThis, 'sessionStorage', {
        get() {
          throw new DOMException('Access is denied for this document.', 'SecurityError')
        },
      }),
    )
    expect(await openState(page)).toEqual(unavailable('Access is denied'))
  })
})
