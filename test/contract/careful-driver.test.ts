import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundle, launch } from './careful/driver.ts'
import { open } from './careful/play.ts'

const folder = mkdtempSync(join(tmpdir(), 'careful-driver-'))
let file = ''

beforeAll(async () => {
  file = await bundle(join(folder, 'driver.mjs'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const ok = { ok: { result: 'ok', status: 200 } }

/** A provider, and a process of the driver that is connected there. */
async function connected(provider: string) {
  const stage = await open(provider)
  const start = async () => {
    const driver = launch(file)
    await driver.ask('start', { protocol: 1, env: stage.env })
    return driver
  }
  const driver = await start()
  const { ok: begun } = await driver.ask('begin', { session: 'browser' })
  const { redirectTo: url } = await stage.mock.authorize(String(begun?.url))
  expect(await driver.ask('callback', { session: 'browser', url })).toMatchObject({ ok: { outcome: 'connected' } })
  return { ...stage, driver, start }
}

describe('the driver of the careful client', () => {
  it('says what it can, refuses what it cannot, and ends with its input', async () => {
    const { env } = await open('mekari')
    const driver = launch(file)
    expect(await driver.ask('call')).toMatchObject({ error: { kind: 'failed' } })
    const { ok: started } = await driver.ask('start', { protocol: 1, env })
    expect(started).toMatchObject({ language: 'typescript', features: { concurrent: true, multiProcess: true } })
    const optional = ['disconnect', 'webhook', 'status', 'advance', 'store', 'cancel']
    expect(started?.ops).toEqual(['begin', 'callback', 'call', ...optional])
    driver.write('no JSON')
    expect(await driver.ask('dance')).toMatchObject({ error: { kind: 'unsupported' } })
    expect(await driver.ask('status')).toEqual({ ok: { state: 'disconnected' } })
    const http = { ...env, tokenUrl: 'http://account.example/token' }
    expect(await driver.ask('start', { protocol: 1, env: http })).toMatchObject({ error: { kind: 'configuration' } })
    expect(await driver.ask('start', { protocol: 1, env })).toMatchObject({ ok: started })
    expect(await driver.end()).toBe(0)
  })

  it('answers one account while the refresh of another hangs', async () => {
    const { mock, driver } = await connected('mekari')
    const { ok: begun } = await driver.ask('begin', { session: 'browser', link: 'another' })
    const { redirectTo: url } = await mock.authorize(String(begun?.url))
    await driver.ask('callback', { session: 'browser', url })
    mock.faults.arm('api expireEarly')
    const { id } = mock.faults.arm('token:refresh_token hold count=2')
    const held = driver.ask('call')
    await mock.faults.gathered(id, 1)
    expect(await driver.ask('call', { link: 'another' })).toEqual(ok)
    mock.faults.release(id)
    expect(await held).toEqual(ok)
  })

  it('lets a caller leave, and has what the refresh brought', async () => {
    const { mock, driver, count } = await connected('mekari')
    mock.faults.arm('api expireEarly')
    const { id } = mock.faults.arm('token:refresh_token hold after count=2')
    const call = driver.ask('call')
    await mock.faults.gathered(id, 1)
    expect(await driver.ask('cancel', { call: driver.asked() })).toEqual({ ok: {} })
    expect(await call).toEqual({ ok: { result: 'transient', code: 'cancelled' } })
    mock.faults.release(id)
    expect(await driver.ask('call')).toEqual(ok)
    expect(count('token')).toBe(2)
  })

  it('lets two processes on one store refresh once', async () => {
    const { mock, driver, start, count } = await connected('mercury')
    const other = await start()
    mock.faults.arm('api status status=401 times=2')
    mock.faults.arm('api hold count=2')
    mock.faults.arm('token:refresh_token delay ms=300')
    expect(await Promise.all([driver.ask('call'), other.ask('call')])).toEqual([ok, ok])
    expect(count('token')).toBe(2)
    expect(await Promise.all([driver.ask('call'), other.ask('call')])).toEqual([ok, ok])
  })

  it('tries the token whose answer died with its process once, and says that a person is needed', async () => {
    const { mock, driver, start, count } = await connected('mekari')
    mock.faults.arm('api expireEarly')
    const { id } = mock.faults.arm('token:refresh_token hold after count=2')
    driver.ask('call')
    await mock.faults.gathered(id, 1)
    await driver.kill()
    mock.faults.release(id)
    const again = await start()
    for (let round = 0; round < 3; round++) {
      expect(await again.ask('call')).toMatchObject({ ok: { result: 'needs_reauth', code: 'invalid_grant' } })
    }
    expect(count('token')).toBe(3)
  })

  it('has a new pair on the disk before it uses it', async () => {
    const { mock, driver, start, count } = await connected('mekari')
    mock.faults.arm('api expireEarly')
    const { id } = mock.faults.arm('api hold count=2 nth=2')
    driver.ask('call')
    await mock.faults.gathered(id, 1)
    await driver.kill()
    mock.faults.release(id)
    const again = await start()
    expect(await again.ask('call')).toEqual(ok)
    mock.faults.arm('api expireEarly')
    expect(await again.ask('call')).toEqual(ok)
    expect(count('token')).toBe(3)
  })
})
