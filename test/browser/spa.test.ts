import { readdir, readFile, rm } from 'node:fs/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { useChromium } from './chromium.ts'
import { buildSpa, developSpa, type Spa, useSpa } from './spa.ts'

const openSpa = useSpa(useChromium())

/** Opens the example, and connects it as the first person. */
async function connect(): Promise<Spa> {
  const spa = await openSpa()
  await spa.button('Connect Mekari')
  await spa.button('Approve')
  await spa.says('Connected')
  return spa
}

const statuses = ({ page }: Spa) =>
  page.evaluate(() => mock.requests().map(({ request, response }) => `${request.method} ${response.status}`))

describe('an application in a browser whose Mekari is played in its page', () => {
  it('is redirected, comes back to a page that is loaded anew, calls the API, refreshes and disconnects', async () => {
    const spa = await connect()
    const [callback] = spa.loaded.filter((url) => url.includes('/callback'))
    expect(callback).toMatch(/\/callback\?code=\w{32}&state=[\w-]+$/)
    await spa.button('Who am I?')
    const [person] = await spa.page.evaluate(() => mock.users.list())
    await spa.says(`You are ${person?.name}`)
    await spa.button('Refresh')
    await spa.says('Refreshed')
    await spa.button('Disconnect')
    await spa.says('Disconnected')
    expect(await statuses(spa)).toEqual(['POST 200', 'GET 200', 'POST 200', 'DELETE 204'])
    expect(await spa.page.evaluate(() => mock.grants.list())).toMatchObject([{ userId: person?.id, ended: {} }])
    // The provider's hosts were asked for these, and the worker answered each.
    expect(spa.answered.map(([, byWorker]) => byWorker)).toEqual([true, true, true, true])
    expect(spa.loaded.filter((url) => !url.startsWith(spa.url))).toEqual([])
    expect(spa.complaints).toEqual([])
  })

  it('is reloaded, and is still connected', async () => {
    const spa = await connect()
    await spa.button('Refresh')
    await spa.says('Refreshed')
    await spa.page.reload()
    await spa.says('Connected')
    await spa.button('Refresh')
    await spa.says('Refreshed')
    await spa.button('Who am I?')
    await spa.says('You are')
  })

  it('hears that the person denied', async () => {
    const spa = await openSpa()
    await spa.button('Connect Mekari')
    await spa.button('Deny')
    await spa.says('Failed: access_denied')
  })

  it('stays where it is when the person closes the dialog', async () => {
    const spa = await openSpa()
    await spa.button('Connect Mekari')
    await spa.page.getByRole('dialog').waitFor()
    await spa.page.keyboard.press('Escape')
    await spa.button('Connect Mekari')
    await spa.button('Approve')
    await spa.says('Connected')
  })

  it('connects in a popup, and is not left itself', async () => {
    const spa = await openSpa()
    const opened = spa.page.waitForEvent('popup')
    await spa.button('Connect in a popup')
    const popup = await opened
    await popup.getByRole('dialog', { name: 'Payroll Sync asks for access to your Mekari account' }).waitFor()
    const closed = popup.waitForEvent('close')
    await popup.getByRole('button', { name: 'Approve' }).click()
    await closed
    await spa.says('Connected')
    await spa.button('Who am I?')
    await spa.says('You are')
    expect(await statuses(spa)).toEqual(['GET 302', 'POST 200', 'GET 200'])
  })

  it('gets 401 after an hour of the mock, and refreshes by itself', async () => {
    const spa = await connect()
    await spa.page.evaluate(() => mock.clock.advance('61m'))
    await spa.button('Who am I?')
    await spa.says('You are')
    expect(await statuses(spa)).toEqual(['POST 200', 'GET 401', 'POST 200', 'GET 200'])
  })

  it('loses the reply to a refresh, and the token with it', async () => {
    const spa = await connect()
    await spa.page.evaluate(() => mock.faults.arm('token:refresh_token drop after'))
    await spa.button('Refresh')
    await spa.says('Failed: Failed to fetch')
    await spa.button('Refresh')
    await spa.says('Failed: invalid_grant')
    expect(await spa.page.evaluate(() => mock.explain().kind)).toBe('refresh_token_reused')
  })

  it('waits for a reply that is held', async () => {
    const spa = await connect()
    const id = await spa.page.evaluate(() => mock.faults.arm('token:refresh_token hold count=2').id)
    await spa.button('Refresh')
    await spa.page.evaluate((held) => mock.faults.gathered(held), id)
    await spa.says('Connected')
    await spa.page.evaluate((held) => mock.faults.release(held), id)
    await spa.says('Refreshed')
  })
})

describe('the same application, on the server of its developer', () => {
  it('connects and refreshes', async () => {
    const spa = await openSpa(await developSpa())
    await spa.button('Connect Mekari')
    await spa.button('Approve')
    await spa.says('Connected')
    await spa.button('Refresh')
    await spa.says('Refreshed')
    expect(spa.complaints).toEqual([])
  })
})

describe('the same application, built for production', () => {
  it('has nothing of the mock in it', async () => {
    const folder = await buildSpa('production')
    onTestFinished(() => rm(folder, { recursive: true }))
    const files = await readdir(folder, { recursive: true, withFileTypes: true })
    const names = files.filter((file) => file.isFile()).map(({ name }) => name)
    expect(names).not.toContain('mockServiceWorker.js')
    const scripts = files.filter(({ name }) => name.endsWith('.js'))
    for (const { parentPath, name } of scripts) {
      const text = await readFile(`${parentPath}/${name}`, 'utf8')
      expect(text).not.toMatch(/mock-oauth|startMock|setupWorker|mockServiceWorker/)
    }
    expect(scripts.length).toBeGreaterThan(0)
  })
})
