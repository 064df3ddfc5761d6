import { describe, expect, it } from 'vitest'
import { serve } from './serve.ts'

describe('reset', () => {
  it('forgets everything but the start', async () => {
    const { control, url, mock } = await serve()
    const start = {
      providers: await control('GET /providers'),
      clients: await control('GET /clients'),
      users: await control('GET /users'),
    }
    const before = await mock.mint()
    await control('POST /clients', { id: 'other' })
    await control('POST /users', {})
    await control(`PATCH /clients/${mock.provider().clientId}`, { name: 'Renamed', secret: 'changed' })
    await control('POST /clock', { set: '2031-01-01', freeze: true })
    await fetch(`${url}/v1/me`)
    expect(await control('POST /reset')).toEqual({ status: 200, body: { unfired: [] } })
    expect({
      providers: await control('GET /providers'),
      clients: await control('GET /clients'),
      users: await control('GET /users'),
    }).toEqual(start)
    expect((await control('GET /grants')).body).toEqual([])
    expect((await control('GET /requests')).body).toEqual([])
    const clock = (await control('GET /clock')).body as { now: string; frozen: boolean }
    expect([clock.frozen, clock.now < '2031']).toEqual([false, true])
    const authorization = `Bearer ${before.accessToken}`
    expect((await fetch(`${url}/v1/me`, { headers: { authorization } })).status).toBe(401)
    expect((await mock.mint()).accessToken).toBe(before.accessToken)
  })

  it('needs no body, whatever type is said of it', async () => {
    const { url } = await serve()
    const reset = await fetch(`${url}/_mock/reset`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    })
    expect(reset.status).toBe(200)
  })
})
