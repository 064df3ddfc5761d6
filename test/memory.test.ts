import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createMockOAuth } from 'mock-oauth'
import { describe, expect, it } from 'vitest'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

/** Megabytes in use once everything that nobody holds is gone. */
function heap(): number {
  collect()
  return process.memoryUsage().heapUsed / 1e6
}

describe('the memory of a mock', () => {
  it('does not hold the long bodies that came', async () => {
    const mock = await createMockOAuth({ providers: ['mekari'] })
    const { tokenUrl } = mock.provider()
    const headers = { 'content-type': 'application/json' }
    const send = (n: number) => {
      const body = Buffer.from(`{"grant_type":"${String(n).padEnd(900_000, 'x')}"}`).toString()
      return mock.handle({ method: 'POST', url: tokenUrl, headers, body })
    }
    await send(0)
    const before = heap()
    for (let n = 1; n <= 100; n++) await send(n)
    expect(mock.requests()).toHaveLength(101)
    expect(heap() - before).toBeLessThan(30)
  })

  it('does not hold long authorization requests, nor ones to sign out, that came in a body', async () => {
    const mock = await createMockOAuth({ providers: ['standard'] })
    const { authorizeUrl, endSessionUrl = '', pushedRequestUrl = '', client } = mock.provider()
    const { clientId, clientSecret = '', redirectUris } = client
    const asked = {
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirectUris[0] ?? '',
      code_challenge: 'x'.repeat(43),
      code_challenge_method: 'S256',
    }
    const send = async (url: string, fields: Record<string, string>) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      const body = Buffer.from(String(new URLSearchParams(fields))).toString()
      return (await mock.handle({ method: 'POST', url, headers, body })).status
    }
    const sendAll = (text: string) =>
      Promise.all([
        send(pushedRequestUrl, { ...asked, client_secret: clientSecret, nonce: text }),
        send(authorizeUrl, { ...asked, state: text }),
        send(endSessionUrl, { state: text }),
      ])
    expect(await sendAll('s')).toEqual([201, 303, 303])
    const before = heap()
    for (let n = 1; n <= 30; n++) {
      expect(await sendAll(String(n).padEnd(900_000, 'x'))).toEqual([413, 413, 413])
    }
    expect(heap() - before).toBeLessThan(25)
  })
})
