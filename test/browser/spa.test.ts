import { describe, expect, it } from 'vitest'
import { useChromium } from './chromium.ts'
import { useSpa } from './spa.ts'

const openSpa = useSpa(useChromium())

describe('an application in a browser whose Mekari is played in its page', () => {
  it('is redirected, comes back to a page that is loaded anew, refreshes and disconnects', async () => {
    const spa = await openSpa()
    const { page } = spa
    await spa.button('Connect Mekari')
    await page.screenshot({ path: '/tmp/Bshot1.png' })
    await spa.button('Approve')
    await spa.says('Connected')
    console.log(spa.left, spa.complaints, page.url())
    await spa.button('Who am I?')
    await spa.says('You are')
    await spa.button('Refresh')
    await spa.says('Refreshed')
    await spa.button('Disconnect')
    await spa.says('Disconnected')
    console.log(spa.left, spa.complaints, await page.evaluate(async () => (await mock.grants.list()).length))
    expect(1).toBe(1)
  })
})
