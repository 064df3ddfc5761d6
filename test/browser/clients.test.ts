import { describe, it } from 'vitest'
import { libraries } from '../clients/libraries.ts'
import { liveThrough } from '../clients/life.ts'
import { useChromium } from './chromium.ts'
import { setStage } from './stage.ts'

const chromium = useChromium()

describe.each(libraries)('$name', ({ login }) => {
  it('connects through a person who approves in Chromium, calls, refreshes and disconnects', async () => {
    const { played: mekari, page, callback } = await setStage(chromium())
    const started = await login(mekari)
    await page.goto(started.url)
    await page.locator('.person').first().click()
    await page.getByRole('button', { name: 'Approve' }).click()
    await callback()
    await liveThrough(started, page.url(), mekari)
  })
})
