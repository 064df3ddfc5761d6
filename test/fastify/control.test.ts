import { networkInterfaces } from 'node:os'
import { describe, expect, it } from 'vitest'
import { mounted } from './mounted.ts'

const elsewhere = Object.values(networkInterfaces())
  .flat()
  .find((one) => one && !one.internal && one.family === 'IPv4')?.address

describe('the control API of a mock in an app', () => {
  it('stands under the prefix, for each world', async () => {
    const { mock, listen } = await mounted()
    const url = `${await listen()}/oauth`
    const advance = async (world: string) => {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"advance":"1h"}' }
      return (await fetch(`${url}${world}/_mock/clock`, init)).json()
    }
    await mock.clock.move({ set: '2026-01-01T00:00:00Z', freeze: true })
    const named = await mock.world('x')
    await named.clock.move({ set: '2026-02-01T00:00:00Z', freeze: true })
    expect(await advance('')).toMatchObject({ now: '2026-01-01T01:00:00.000Z' })
    expect(await advance('/~x')).toMatchObject({ now: '2026-02-01T01:00:00.000Z' })
    expect(await advance('/%7Ex')).toMatchObject({ now: '2026-02-01T02:00:00.000Z' })
    const document = await (await fetch(`${url}/_mock/openapi.json`)).json()
    expect(document).toMatchObject({ servers: [{ url: '/oauth' }], paths: { '/_mock/clock': expect.anything() } })
  })

  it('plays the browser at URLs of the app', async () => {
    const { app, mock } = await mounted()
    const { clientId, redirectUris } = mock.provider()
    for (const world of ['', '/~x']) {
      const providers = (await app.inject(`/oauth${world}/_mock/providers`)).json()
      expect(providers.mekari.tokenUrl).toBe(`http://localhost:80/oauth${world}/mekari/auth/oauth2/token`)
      const url = `${providers.mekari.authorizeUrl}?client_id=${clientId}&response_type=code&scope=esign`
      const payload = { url, decision: 'approve' }
      const played = (await app.inject({ method: 'POST', url: `/oauth${world}/_mock/authorize`, payload })).json()
      expect(played.redirectTo).toMatch(new RegExp(`^${redirectUris[0]}\\?code=`))
    }
  })

  it('is refused under the name of another host, to pages of another origin, and to what a proxy passes on', async () => {
    const { app } = await mounted({}, { controlToken: 'open sesame' })
    for (const headers of [
      { host: 'evil.example' },
      { origin: 'https://evil.example' },
      { 'x-forwarded-for': '127.0.0.1' },
      { forwarded: 'for=127.0.0.1' },
      { via: '1.1 proxy' },
    ]) {
      const call = { url: '/oauth/_mock/users', headers }
      expect((await app.inject(call)).json()).toMatchObject({ error: { code: 'forbidden' } })
      const authorization = 'Bearer open sesame'
      expect((await app.inject({ ...call, headers: { ...headers, authorization } })).statusCode).toBe(200)
    }
    expect((await app.inject({ url: '/oauth/_mock/users', headers: { host: 'localhost:3000' } })).statusCode).toBe(200)
  })

  it.runIf(elsewhere)('is refused to what comes by another address than loopback, but for the token', async () => {
    const { listen } = await mounted({}, { controlToken: 'open sesame' })
    const { port } = new URL(await listen('0.0.0.0'))
    const call = async (host: string | undefined, headers: Record<string, string> = {}) =>
      (await fetch(`http://${host}:${port}/oauth/_mock/users`, { headers })).status
    expect(await call('127.0.0.1')).toBe(200)
    expect(await call(elsewhere)).toBe(403)
    expect(await call(elsewhere, { authorization: 'Bearer open sesame' })).toBe(200)
    expect((await fetch(`http://${elsewhere}:${port}/oauth/_mock/health`)).status).toBe(200)
  })

  it('is taken over IPv6 and its form of IPv4', async () => {
    const { listen } = await mounted()
    const { port } = new URL(await listen('::'))
    for (const host of ['127.0.0.1', '[::1]']) {
      expect((await fetch(`http://${host}:${port}/oauth/_mock/users`)).status).toBe(200)
    }
  })
})
