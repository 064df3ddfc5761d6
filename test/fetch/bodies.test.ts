import { describe, expect, it } from 'vitest'
import { played, read } from './stage.ts'

describe('the body of a request', () => {
  it('of over 1 MB is refused as over HTTP, and not read on', async () => {
    const { mock, fetch, tokenUrl } = await played()
    let pulled = 0
    let isLeft = false
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled++
        controller.enqueue(new Uint8Array(100_000))
      },
      cancel() {
        isLeft = true
      },
    })
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body, duplex: 'half' }
    const answer = await read(await fetch(tokenUrl, init as RequestInit))
    const { url } = await mock.listen({ port: 0 })
    const overHttp = await globalThis.fetch(`${url}/mekari${new URL(tokenUrl).pathname}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: 'x'.repeat(1_000_001),
    })
    expect([answer.status, answer.body]).toEqual([413, await overHttp.text()])
    expect(isLeft).toBe(true)
    expect(pulled).toBeLessThan(13)
  })

  it('is read as UTF-8 as over HTTP, byte order mark, broken bytes and all, whatever it says of itself', async () => {
    const { mock, fetch, tokenUrl } = await played()
    const { url } = await mock.listen({ port: 0 })
    const bytes = new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0xff, 0xc3, 0xa9, 0xe2, 0x82, 0x7d])
    const init = { method: 'POST', headers: { 'content-type': 'application/json; charset=latin1' }, body: bytes }
    await fetch(tokenUrl, init)
    await globalThis.fetch(`${url}/mekari${new URL(tokenUrl).pathname}`, init)
    const [here, there] = mock.requests().map(({ request }) => request.body)
    expect(here).toBe('\ufeff{\ufffd\u00e9\ufffd}')
    expect(there).toBe(here)
  })

  it('that breaks off is no answer', async () => {
    const { mock, fetch, tokenUrl } = await played()
    const body = new ReadableStream({ pull: () => Promise.reject(new Error('the disk is gone')) })
    const asked = fetch(tokenUrl, { method: 'POST', body, duplex: 'half' } as RequestInit)
    await expect(asked).rejects.toThrow('the disk is gone')
    expect(mock.requests()).toEqual([])
  })
})

describe('an answer', () => {
  it('has exactly the headers that were written, and no body where there is none', async () => {
    const { mock, fetch, apiUrl } = await played()
    const { revokeUrl = '' } = mock.provider()
    const authorization = `Bearer ${(await mock.mint()).accessToken}`
    const asked = await read(await fetch(apiUrl, { method: 'HEAD', headers: { authorization } }))
    const revoked = await fetch(revokeUrl, { method: 'DELETE', headers: { authorization } })
    expect(revoked.body).toBeNull()
    const written = mock.requests().map(({ response: { status, headers, body } }) => ({
      status,
      headers: headers.filter(([name]) => name !== 'date').sort(),
      body,
    }))
    expect([asked, await read(revoked)]).toEqual(written)
    expect(written.map(({ status, body }) => [status, body])).toEqual([
      [200, ''],
      [204, ''],
    ])
  })

  it('sets each cookie by a header of its own', async () => {
    const { mock, fetch } = await played({ providers: ['mercado-pago'], consent: 'page' })
    const { authorizeUrl, clientId: client_id } = mock.provider()
    const redirect_uri = 'http://localhost:3000/callback'
    const asked = new URLSearchParams({ client_id, response_type: 'code', state: 's', redirect_uri })
    const signIn = (await fetch(`${authorizeUrl}?${asked}`)).headers.get('location') ?? ''
    const page = await fetch(signIn)
    const [seller] = await mock.users.list()
    const signedIn = await fetch(signIn, {
      method: 'POST',
      headers: { cookie: page.headers.get('set-cookie')?.split(';')[0] ?? '' },
      body: new URLSearchParams({
        user_id: seller?.email ?? '',
        password: seller?.password ?? '',
        csrf: /name="csrf" value="(\w+)"/.exec(await page.text())?.[1] ?? '',
      }),
    })
    expect(signedIn.status).toBe(302)
    expect(signedIn.headers.getSetCookie().map((cookie) => cookie.split('=')[0])).toEqual([
      expect.stringContaining('mock_oauth'),
      'mock_oauth_sign_in',
    ])
  })

  it('whose status has no body is none that cannot be made', async () => {
    const { mock, fetch, tokenUrl, refreshOf } = await played()
    for (const status of [204, 205, 304, 599]) {
      mock.faults.arm({ on: 'token', kind: 'empty', status })
      expect(await read(await fetch(tokenUrl, refreshOf()))).toMatchObject({ status, body: '' })
    }
    mock.faults.arm({ on: 'token', kind: 'status', status: 205, body: 'a body' })
    expect(await read(await fetch(tokenUrl, refreshOf()))).toMatchObject({ status: 205, body: '' })
  })
})
