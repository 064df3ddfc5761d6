import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { careful, clientAt } from '../contract/client-at.ts'

const ok = { result: 'ok', status: 200 }
const connected = { outcome: 'connected' }

/** An API of the test's own. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

describe.each(Object.entries(careful()))('the careful client in %s', (_, command) => {
  it.each([
    ['status status=503', { result: 'transient', code: 'http_503', status: 503 }],
    ['status status=503 body={"error":"invalid_grant"}', { result: 'transient', code: 'http_503', status: 503 }],
    ['html', { result: 'transient', code: 'http_502', status: 502 }],
    ['html before status=200', { result: 'transient', code: 'not_json', status: 200 }],
    ['empty status=400', { result: 'transient', code: 'http_400', status: 400 }],
    ['redirect to=http://127.0.0.1:9/', { result: 'transient', code: 'http_307', status: 307 }],
    ['drop before', { result: 'transient', code: 'network' }],
    ['status status=401 body={"error":"invalid_client"}', { result: 'error', code: 'invalid_client', status: 401 }],
    [
      'status status=400 body={"error":"partner_suspended"}',
      { result: 'error', code: 'partner_suspended', status: 400 },
    ],
    ['status status=200 body={"error":"invalid_request"}', { result: 'error', code: 'invalid_request', status: 200 }],
    ['status status=200 body={}', { result: 'error', code: 'no_access_token', status: 200 }],
    ['status status=200 body=null', { result: 'error', code: 'no_access_token', status: 200 }],
  ])('keeps the grant after %s', async (fault, answer) => {
    const { mock, connect, ask, expire, tokenRequests } = await clientAt(command, 'mekari')
    await connect()
    expire()
    mock.faults.arm(`token:refresh_token ${fault}`)
    expect(await ask('call')).toEqual(answer)
    expect(await ask('call')).toEqual(ok)
    const [first, second] = tokenRequests('refresh_token')
    expect(second?.fields).toEqual(first?.fields)
  })

  it.each([
    'malformed how=bom',
    'contentType value=text/plain',
    'replace fields.token_type=BEARER',
    'replace fields.expires_in="3600"',
    'replace fields.expires_in=null',
    'replace fields.expires_in=0',
    'replace fields.expires_in=-1',
    'replace fields.expires_in=15552000',
    'omit fields=expires_in,scope',
    'replace fields.more={"a":[null]}',
    'slow bytesPerSecond=2000',
  ])('takes a token answer after %s', async (fault) => {
    const { mock, connect, ask, tokenRequests } = await clientAt(command, 'standard')
    mock.faults.arm(`token ${fault}`)
    expect(await connect()).toEqual(connected)
    expect(await ask('call')).toEqual(ok)
    expect(await ask('call')).toEqual(ok)
    expect(tokenRequests('refresh_token')).toEqual([])
  })

  it.each([
    ['replace fields.token_type=mac', 'unknown_token_type'],
    ['omit fields=access_token', 'no_access_token'],
    ['truncate', 'network'],
  ])('does not connect by a token answer after %s, and keeps the link of before', async (fault, code) => {
    const { mock, connect, ask } = await clientAt(command, 'finexer')
    await connect()
    mock.faults.arm(`token ${fault}`)
    expect(await connect()).toEqual({ outcome: 'failed', code })
    expect(await ask('call')).toEqual(ok)
  })

  it('asks for longer and longer times when nobody answers', async () => {
    const { mock, connect, ask, expire, tokenRequests } = await clientAt(command, 'mekari')
    await connect()
    expire()
    mock.faults.arm('token:refresh_token status status=503 times=100')
    for (let count = 0; count < 12; count++) expect(await ask('call')).toMatchObject({ result: 'transient' })
    expect(tokenRequests('refresh_token')).toHaveLength(4)
  })

  it('does not ask before Retry-After is over', async () => {
    const { mock, connect, ask, expire, tokenRequests } = await clientAt(command, 'mekari')
    await connect()
    expire()
    mock.faults.arm('token:refresh_token rateLimit retryAfter=60s form=date')
    expect(await ask('call')).toMatchObject({ result: 'transient', status: 429 })
    expect(await ask('call')).toMatchObject({ result: 'transient', status: 429 })
    expect(tokenRequests('refresh_token')).toHaveLength(1)
  })

  it('gives up a refresh that nobody answers, and tries again', async () => {
    const { mock, connect, ask, expire } = await clientAt(command, 'mekari', { requestTimeoutMs: 1_000 })
    await connect()
    expire()
    mock.faults.arm('token:refresh_token hang before')
    expect(await ask('call')).toEqual({ result: 'transient', code: 'timeout' })
    expect(await ask('call')).toEqual(ok)
  })

  it('keeps the refresh token when an answer brings none', async () => {
    const { mock, connect, ask, expire, tokenRequests } = await clientAt(command, 'finexer')
    await connect()
    mock.faults.arm('token:refresh_token omit fields=refresh_token')
    expire()
    expect(await ask('call')).toEqual(ok)
    expire()
    await ask('call')
    const [first, second] = tokenRequests('refresh_token')
    expect(second?.fields.refresh_token).toBe(first?.fields.refresh_token)
  })

  it('asks for a new login once, where there is no refresh token', async () => {
    const { connect, ask, expire, tokenRequests } = await clientAt(command, 'mercury', { scopes: ['read'] })
    expect(await connect()).toEqual(connected)
    expire()
    expect(await ask('call')).toMatchObject({ result: 'needs_reauth' })
    expect(await ask('status')).toMatchObject({ state: 'needs_reauth' })
    expect(tokenRequests('refresh_token')).toEqual([])
  })

  it('makes one exchange of a callback that comes twice at once, and none of one that comes again', async () => {
    const { visit, ask, tokenRequests } = await clientAt(command, 'standard')
    const again = { session: 'alice', url: await visit() }
    const [one, other] = await Promise.all([ask('callback', again), ask('callback', again)])
    expect([one, other]).toEqual([connected, connected])
    expect(await ask('callback', again)).toMatchObject({ outcome: 'rejected' })
    expect(tokenRequests('authorization_code')).toHaveLength(1)
    expect(await ask('call')).toEqual(ok)
  })

  it.each([
    ['a foreign issuer', { iss: 'https://elsewhere.example' }, { outcome: 'rejected', code: 'issuer_mismatch' }],
    ['an error beside the code', { error: 'consent_expired' }, { outcome: 'failed', code: 'consent_expired' }],
    ['no code', { code: '' }, { outcome: 'rejected', code: 'code_missing' }],
  ])('exchanges nothing for a callback with %s', async (_words, changes, answer) => {
    const { visit, ask, tokenRequests } = await clientAt(command, 'standard')
    const url = new URL(await visit())
    for (const [name, value] of Object.entries(changes)) url.searchParams.set(name, value)
    expect(await ask('callback', { session: 'alice', url: url.href })).toEqual(answer)
    expect(tokenRequests('authorization_code')).toEqual([])
  })

  it('refuses a callback with two codes', async () => {
    const { visit, ask } = await clientAt(command, 'standard')
    const url = `${await visit()}&code=another`
    expect(await ask('callback', { session: 'alice', url })).toMatchObject({ outcome: 'rejected' })
  })

  it('does not let another account take a link', async () => {
    const { mock, connect, ask } = await clientAt(command, 'mercado-pago')
    await connect()
    const before = await ask('status')
    const another = (await mock.users.list()).at(-1)
    expect(await connect({}, { user: another?.id ?? '' })).toEqual({ outcome: 'rejected', code: 'account_mismatch' })
    expect(await ask('status')).toEqual(before)
    expect(await ask('call')).toEqual(ok)
  })

  it('serves one link while the refresh of another hangs', async () => {
    const { mock, connect, ask, expire } = await clientAt(command, 'mekari')
    await connect({ link: 'one' })
    await connect({ link: 'two' })
    expire()
    const hanging = mock.faults.arm('token:refresh_token hold count=2')
    const waits = ask('call', { link: 'one' })
    await mock.faults.gathered(hanging.id, 1)
    expect(await ask('call', { link: 'two' })).toEqual(ok)
    mock.faults.release(hanging.id)
    expect(await waits).toEqual(ok)
  })

  it('finishes a refresh whose caller is gone', async () => {
    const { mock, connect, ask, put, expire, tokenRequests } = await clientAt(command, 'mekari')
    await connect()
    expire()
    const { id } = mock.faults.arm('token:refresh_token hold after count=2')
    const call = put('call')
    await mock.faults.gathered(id, 1)
    await ask('cancel', { call: call.id })
    expect(await call.answer).toMatchObject({ code: 'cancelled' })
    mock.faults.release(id)
    expect(await ask('call')).toEqual(ok)
    expect(tokenRequests('refresh_token')).toHaveLength(1)
  })

  it('stops after one refresh when the API goes on refusing, and does not refresh for a 403 or a 500', async () => {
    const { mock, connect, ask, tokenRequests } = await clientAt(command, 'standard')
    await connect()
    mock.faults.arm('api status status=403')
    expect(await ask('call')).toEqual({ result: 'error', code: 'http_403', status: 403 })
    mock.faults.arm('api status status=500')
    expect(await ask('call')).toEqual({ result: 'transient', code: 'http_500', status: 500 })
    expect(tokenRequests('refresh_token')).toEqual([])
    mock.faults.arm('api status status=401 times=2')
    expect(await ask('call')).toEqual({ result: 'error', code: 'http_401', status: 401 })
    expect(tokenRequests('refresh_token')).toHaveLength(1)
    expect(await ask('call')).toEqual(ok)
  })

  it('repeats a POST as it was after a 401, but not after a reset, and takes no token elsewhere', async () => {
    const seen: { method?: string | undefined; body: string; token?: string | undefined }[] = []
    const answers = [401, 200, 0, 302]
    const apiUrl = await serve(async (request, response) => {
      let body = ''
      for await (const part of request) body += part
      seen.push({ method: request.method, body, token: request.headers.authorization })
      const status = answers.shift() ?? 200
      if (status === 0) request.socket.resetAndDestroy()
      else response.writeHead(status, { location: '/elsewhere' }).end()
    })
    const { connect, ask } = await clientAt(command, 'mekari', { apiUrl })
    await connect()
    expect(await ask('call', { method: 'POST', body: '{"a":1}' })).toEqual(ok)
    expect(await ask('call', { method: 'POST', body: 'b' })).toEqual({ result: 'transient', code: 'network' })
    expect(await ask('call', { method: 'GET' })).toEqual({ result: 'error', code: 'http_302', status: 302 })
    expect(seen.map(({ method, body }) => `${method} ${body}`)).toEqual([
      'POST {"a":1}',
      'POST {"a":1}',
      'POST b',
      'GET ',
    ])
    expect(seen[1]?.token).not.toBe(seen[0]?.token)
  })

  it.each(['finexer', 'mercury', 'standard', 'mekari'] as const)(
    'revokes at %s, later where that fails',
    async (at) => {
      const { mock, connect, ask } = await clientAt(command, at)
      await connect()
      mock.faults.arm('revoke status status=503')
      expect(await ask('disconnect')).toMatchObject({ result: 'pending' })
      expect(await ask('call')).toMatchObject({ result: 'needs_reauth' })
      expect(await ask('disconnect')).toEqual({ result: 'revoked' })
      expect(await ask('status')).toEqual({ state: 'disconnected' })
      expect(await connect()).toEqual(connected)
    },
  )

  it('sends no secret over plain HTTP', async () => {
    const tokenUrl = 'http://token.example/'
    await expect(clientAt(command, 'mekari', { tokenUrl })).rejects.toThrow('configuration')
  })

  it('answers what it cannot do', async () => {
    const { ask } = await clientAt(command, 'mekari')
    await expect(ask('webhook', { method: 'POST', query: '', headers: {}, body: '' })).rejects.toThrow('unsupported')
  })
})
