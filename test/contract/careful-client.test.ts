import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createClient } from '../../contracts/clients/typescript/client.ts'
import { receive } from '../webhooks/receiver.ts'
import { everywhere, open, play } from './careful/play.ts'

const ok = { result: 'ok', status: 200 }

describe.each(everywhere)('the careful client at %s', (provider) => {
  it('connects, calls, and goes on with the newest token each time one ends', async () => {
    const { mock, client } = await play(provider)
    expect(await client.connect()).toMatchObject({ outcome: 'connected', http: { status: 303 } })
    expect(await client.call()).toEqual(ok)
    for (let round = 0; round < 3; round++) {
      mock.faults.arm('api expireEarly')
      expect(await client.call({ method: 'GET' })).toEqual(ok)
    }
    expect(mock.requests({ endpoint: 'token' }).map(({ response }) => response.status)).toEqual([200, 200, 200, 200])
  })

  it('refreshes once for five calls that are refused together', async () => {
    const { mock, client, count } = await play(provider)
    await client.connected()
    mock.faults.arm('api status status=401 times=5')
    mock.faults.arm('api hold count=5')
    const calls = Array.from({ length: 5 }, () => client.call())
    expect(await Promise.all(calls)).toEqual([ok, ok, ok, ok, ok])
    expect(count('token')).toBe(2)
  })

  it('keeps a grant through whatever says nothing of it', async () => {
    const { mock, client } = await play(provider)
    await client.connected()
    const refusal = 'status status=503 body={"error":"invalid_grant"}'
    for (const trouble of ['html', 'drop', 'empty status=400', 'html status=403', refusal]) {
      mock.faults.arm('api expireEarly')
      mock.faults.arm(`token:refresh_token ${trouble}`)
      expect(await client.call()).toMatchObject({ result: 'transient' })
      expect(await client.call()).toEqual(ok)
    }
  })

  it('sits out an outage', async () => {
    const { mock, client, count } = await play(provider)
    await client.connected()
    mock.faults.arm('api expireEarly')
    const { id } = mock.faults.arm('token:refresh_token status status=503 times=1000')
    for (let second = 0; second < 60; second++) {
      expect(await client.call()).toMatchObject({ result: 'transient', status: 503 })
      await client.move(1)
    }
    expect(count('token') - 1).toBeLessThanOrEqual(10)
    mock.faults.remove(id)
    await client.move(60)
    expect(await client.call()).toEqual(ok)
  })

  it('stops at a refusal until somebody logs in again', async () => {
    const { mock, client, count } = await play(provider)
    await client.connected()
    mock.faults.arm('api expireEarly')
    mock.faults.arm('token:refresh_token error refusal=refresh_token_unknown')
    for (let round = 0; round < 3; round++) {
      expect(await client.call()).toMatchObject({ result: 'needs_reauth', code: 'invalid_grant' })
    }
    expect(count('token')).toBe(2)
    await client.connected()
    expect(await client.call()).toEqual(ok)
  })

  it('finishes a refresh whose caller has left', async () => {
    const { mock, client, start, count } = await play(provider)
    await client.connected()
    mock.faults.arm('api expireEarly')
    const { id } = mock.faults.arm('token:refresh_token hold after count=2')
    const caller = new AbortController()
    const call = client.call({}, caller.signal)
    await mock.faults.gathered(id, 1)
    caller.abort()
    expect(await call).toEqual({ result: 'transient', code: 'cancelled' })
    mock.faults.release(id)
    await client.close()
    expect(await start().call()).toEqual(ok)
    expect(count('token')).toBe(2)
  })

  it('says aloud that it cannot save, and goes on', async () => {
    const { mock, client, output } = await play(provider)
    await client.connected()
    await client.store?.({ readonly: true })
    mock.faults.arm('api expireEarly')
    expect(await client.call()).toEqual({ ...ok, code: 'store_failed' })
    expect(output.join('\n')).toMatch(/ALARM/)
    await client.store?.({ readonly: false })
    expect(await client.call()).toEqual(ok)
  })

  it('refuses callbacks that are not of its logins', async () => {
    const { client, count } = await play(provider)
    const { url } = await client.begin({ session: 'browser' })
    const back = await client.visit(url)
    const changed = (change: (parameters: URLSearchParams) => void) => {
      const other = new URL(back)
      change(other.searchParams)
      return client.callback({ session: 'browser', url: other.href })
    }
    const refused = { outcome: 'rejected', http: { status: 400 } }
    expect(await changed((parameters) => parameters.set('state', 'another'))).toMatchObject(refused)
    expect(await changed((parameters) => parameters.delete('state'))).toMatchObject(refused)
    expect(await changed((parameters) => parameters.append('code', 'another'))).toMatchObject(refused)
    expect(await client.callback({ session: 'another', url: back })).toMatchObject(refused)
    expect(await client.callback({ session: 'browser', url: 'http://[' })).toMatchObject(refused)
    expect(count('token')).toBe(0)
    const twice = [1, 2].map(() => client.callback({ session: 'browser', url: back }))
    expect(await Promise.all(twice)).toMatchObject([{ outcome: 'connected' }, { outcome: 'connected' }])
    expect(await client.callback({ session: 'browser', url: back })).toMatchObject(refused)
    expect(count('token')).toBe(1)
  })

  it('keeps a link whose second login is denied or fails', async () => {
    const { mock, client } = await play(provider)
    await client.connected()
    expect(await client.connect('default', { decision: 'deny' })).toMatchObject({ outcome: 'denied' })
    mock.faults.arm('token:authorization_code status status=500')
    expect(await client.connect()).toMatchObject({ outcome: 'failed', code: 'http_500' })
    expect(await client.call()).toEqual(ok)
  })

  it('writes tokens into files of its own alone, and never into its log', async () => {
    const { mock, client, env, output } = await play(provider)
    await client.connected()
    mock.faults.arm('api expireEarly')
    expect(await client.call()).toEqual(ok)
    const secrets = mock
      .requests({ endpoint: 'token' })
      .flatMap(({ response }) => Object.entries(JSON.parse(response.body)))
      .flatMap(([name, value]) => (name.endsWith('_token') ? [String(value)] : []))
    const log = output.join('\n')
    for (const secret of [...secrets, env.clientSecret]) expect(log).not.toContain(secret)
    expect(log).toContain(env.clientId)
    const names = readdirSync(env.storeDir, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.'))
    expect(names).toHaveLength(1)
    const file = join(env.storeDir, names[0] ?? '')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).toContain(
      JSON.parse(mock.requests({ endpoint: 'token' })[1]?.response.body ?? '').access_token,
    )
  })

  it('uses nothing after a disconnection, and revokes as soon as it can', async () => {
    const { mock, client, env, count } = await play(provider)
    await client.connected()
    if (env.revokeUrl !== undefined) mock.faults.arm('revoke status status=503 headers.retry-after=30')
    const result = env.revokeUrl === undefined ? 'removed' : 'pending'
    expect(await client.disconnect?.({})).toMatchObject({ result })
    expect(await client.call()).toEqual({ result: 'needs_reauth', code: 'disconnected' })
    await client.move(20)
    expect(count('revoke')).toBe(env.revokeUrl === undefined ? 0 : 1)
    await client.move(11)
    expect(count('revoke')).toBe(env.revokeUrl === undefined ? 0 : 2)
    expect([count('token'), count('api')]).toEqual([1, 0])
  })
})

it.each(['mekari', 'mercado-pago', 'mercury', 'standard'])(
  'the careful client keeps an idle link at %s alive',
  async (provider) => {
    const { client, count } = await play(provider)
    await client.connected()
    for (let round = 0; round < 4; round++) await client.move((provider === 'mercado-pago' ? 170 : 29) * 86_400)
    expect(count('token')).toBe(5)
    expect(await client.call()).toEqual(ok)
  },
)

it('the careful client believes a webhook that is signed, of this login', async () => {
  const receiver = await receive()
  const webhooks = { url: receiver.url, secret: 'a secret' }
  const { mock, client, count } = await play('finexer', { client: { webhooks } })
  await client.connected()
  const [grant] = await mock.grants.list()
  await mock.grants.revoke(grant?.id ?? '')
  await mock.webhooks.settled()
  const [{ headers, body } = { headers: {}, body: '' }] = receiver.received
  const letter = { method: 'POST', query: '', headers: headers as Record<string, string>, body }
  expect(await client.webhook?.({ ...letter, headers: {} })).toEqual({ status: 401 })
  expect(await client.webhook?.({ ...letter, body: `${body} ` })).toEqual({ status: 401 })
  expect(await client.status?.({})).toMatchObject({ state: 'connected' })
  expect(await client.webhook?.(letter)).toEqual({ status: 200 })
  expect(await client.call()).toEqual({ result: 'needs_reauth', code: 'revoked' })
  expect([count('token'), count('api')]).toEqual([1, 0])
  await client.connected()
  expect(await client.webhook?.(letter)).toEqual({ status: 200 })
  expect(await client.call()).toEqual(ok)
})

it('the careful client does not put another account into a link, and reads its number to the last digit', async () => {
  const { mock, client } = await play('mercado-pago')
  await client.connected()
  const account = (body: string) =>
    mock.faults.arm({ on: 'token:authorization_code', kind: 'status', status: 200, body })
  account('{"access_token":"another","user_id":9007199254740993}')
  expect(await client.connect()).toMatchObject({ outcome: 'rejected', code: 'account_mismatch' })
  expect(await client.call()).toEqual(ok)
  account('{"access_token":"another","user_id":9007199254740993}')
  await client.connected('another')
  expect(await client.status?.({ link: 'another' })).toMatchObject({ account: { user_id: '9007199254740993' } })
})

it('the careful client takes no address that is not https', async () => {
  const { env } = await open('mekari')
  const start = () => createClient({ ...env, tokenUrl: 'http://account.example/token' }, () => {})
  expect(start).toThrow(expect.objectContaining({ name: 'RefusedConfiguration' }))
})
