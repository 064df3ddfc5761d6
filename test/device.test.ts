import { decodeJwt } from 'jose'
import type { ClientInput, MockOAuthOptions } from 'mock-oauth'
import { describe, expect, it } from 'vitest'
import { type Answer, type Door, doors } from './doors.ts'
import { challenge, verifier } from './pkce.ts'

const at = 'https://standard.example'
const grantType = 'urn:ietf:params:oauth:grant-type:device_code'
const start = '2026-03-01T12:00:00.000Z'
const date = 'Sun, 01 Mar 2026 12:00:00 GMT'

/** The standard provider at a door, its clock standing still, and a device of its client. */
async function plug(door: Door, options: Partial<MockOAuthOptions> = {}) {
  const { mock, request } = await door.open({ providers: ['standard'], seed: 'device', ...options })
  await mock.clock.move({ set: start, freeze: true })
  const { clientId: client_id, clientSecret: client_secret = '' } = mock.provider()
  const own = { client_id, client_secret }
  const post = (path: string, fields: Readonly<Record<string, string>>, headers: Record<string, string> = {}) =>
    request(at + path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: String(new URLSearchParams(fields)),
    })
  const ask = (fields: Readonly<Record<string, string>> = {}) => post('/device_authorization', { ...own, ...fields })
  const poll = (device_code: string, fields: Readonly<Record<string, string>> = {}) =>
    post('/token', { ...own, grant_type: grantType, device_code, ...fields })
  const register = async (input: ClientInput = {}) => {
    const { id, secret } = await mock.clients.register({ provider: 'standard', ...input })
    return { client_id: id, ...(secret && { client_secret: secret }) }
  }
  return { mock, own, post, request, ask, poll, register }
}

interface Device {
  device_code: string
  user_code: string
  verification_uri: string
  verification_uri_complete: string
}
const deviceOf = ({ body }: Answer) => JSON.parse(body) as Device
const refusal = (error: string, error_description: string, status = 400): Answer => ({
  status,
  headers: [
    ['content-type', 'application/json; charset=utf-8'],
    ['cache-control', 'no-store'],
    ['pragma', 'no-cache'],
    ['date', date],
  ],
  body: JSON.stringify({ error, error_description }),
})
const pending = refusal('authorization_pending', 'The person has not decided yet')
const slowDown = refusal('slow_down', 'The client polls too often')
const only = ({ status, body }: Answer) => ({ status, body })

describe.each(doors)('device authorization by $name', (door) => {
  it('answers the two codes, where to enter the shorter one, for how long, and how often to ask', async () => {
    const { ask } = await plug(door)
    const answer = await ask()
    expect(answer).toEqual({
      status: 200,
      headers: [
        ['content-type', 'application/json; charset=utf-8'],
        ['cache-control', 'no-store'],
        ['date', date],
      ],
      body: expect.stringMatching(
        /^\{"device_code":"[\w-]{43}","user_code":"[B-Z]{4}-[B-Z]{4}","verification_uri":"https?:[^"?]+\/device","verification_uri_complete":"[^"]+","expires_in":1800,"interval":5\}$/,
      ),
    })
    const { verification_uri, verification_uri_complete, user_code } = deviceOf(answer)
    expect(verification_uri_complete).toBe(`${verification_uri}?user_code=${user_code}`)
  })

  it('takes each way to authenticate: by header without a body, in the body, and the id of a public client', async () => {
    const { own, post, register } = await plug(door)
    const basic = { authorization: `Basic ${btoa(`${own.client_id}:${own.client_secret}`)}` }
    expect((await post('/device_authorization', {}, basic)).status).toBe(200)
    expect((await post('/device_authorization', own)).status).toBe(200)
    expect((await post('/device_authorization', await register({ public: true }))).status).toBe(200)
  })

  it('refuses who is not known, may not, asks for too much or twice, and says why', async () => {
    const { mock, own, post, register } = await plug(door)
    const codeAlone = await register({ grantTypes: ['authorization_code'] })
    const { client_id } = await register()
    const refused = [
      [{}, 401, 'invalid_client', 'client_missing'],
      [{ client_id: 'nobody', client_secret: 'x' }, 401, 'invalid_client', 'client_unknown'],
      [{ client_id, client_secret: 'x' }, 401, 'invalid_client', 'client_secret_wrong'],
      [codeAlone, 400, 'unauthorized_client', 'grant_not_allowed'],
      [{ ...own, scope: 'openid unheard-of' }, 400, 'invalid_scope', 'scope_not_allowed'],
      [{ ...own, scope: '  ' }, 400, 'invalid_request', 'scope_missing'],
    ] as const
    for (const [fields, status, error, kind] of refused) {
      const answer = await post('/device_authorization', fields)
      expect([answer.status, JSON.parse(answer.body).error, mock.explain().kind]).toEqual([status, error, kind])
    }
    await mock.clients.change(own.client_id, { status: 'suspended' })
    expect(JSON.parse((await post('/device_authorization', own)).body).error).toBe('unauthorized_client')
  })

  it('refuses a repeated parameter, another type and another method', async () => {
    const { own, request } = await plug(door)
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const url = `${at}/device_authorization`
    const body = `${new URLSearchParams(own)}&scope=openid&scope=email`
    expect(await request(url, { method: 'POST', headers, body })).toEqual(
      refusal('invalid_request', 'The parameter scope is sent more than once'),
    )
    const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(own) }
    expect((await request(url, json)).status).toBe(400)
    const { status, headers: answered } = await request(url)
    expect([status, answered]).toEqual([405, expect.arrayContaining([['allow', 'POST, OPTIONS']])])
  })
})

describe.each(doors)('a device that polls by $name', (door) => {
  it('waits until the person has approved, then gets what a code brings, once', async () => {
    const { mock, ask, poll, request } = await plug(door)
    const [person] = await mock.users.list()
    const { device_code, verification_uri_complete } = deviceOf(await ask({ scope: 'openid email offline_access' }))
    expect(await poll(device_code)).toEqual(pending)
    expect(await mock.authorize(verification_uri_complete)).toEqual({ device: 'approved' })
    const answer = await poll(device_code)
    const tokens = JSON.parse(answer.body)
    expect(answer.status).toBe(200)
    expect(Object.keys(tokens)).toEqual([
      ...['access_token', 'token_type', 'expires_in', 'refresh_token', 'scope', 'id_token'],
    ])
    expect(tokens).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'openid email offline_access' })
    expect(decodeJwt(tokens.id_token)).toMatchObject({ sub: person?.id, aud: mock.provider().clientId })
    const me = () => request(`${at}/api/me`, { headers: { authorization: `Bearer ${tokens.access_token}` } })
    expect((await me()).status).toBe(200)
    expect(await mock.grants.list()).toMatchObject([{ type: grantType, userId: person?.id }])
    expect(await poll(device_code)).toEqual(refusal('invalid_grant', 'The device code has already been used'))
    expect(mock.explain()).toMatchObject({ kind: 'device_code_used', parameter: 'device_code' })
    expect((await me()).status, 'a second use ends what the first one brought').toBe(401)
  })

  it('gets no refresh token without offline_access, and no ID token without openid', async () => {
    const { mock, ask, poll } = await plug(door)
    const { device_code, verification_uri_complete } = deviceOf(await ask({ scope: 'email' }))
    await mock.authorize(verification_uri_complete)
    expect(Object.keys(JSON.parse((await poll(device_code)).body))).toEqual([
      ...['access_token', 'token_type', 'expires_in', 'scope'],
    ])
  })

  it('is slowed down by five seconds each time that it does not keep the interval', async () => {
    const { mock, ask, poll } = await plug(door)
    const { device_code } = deviceOf(await ask())
    const pollAfter = async (wait: string) => {
      await mock.clock.advance(wait)
      return only(await poll(device_code))
    }
    expect(await pollAfter('0s')).toEqual(only(pending))
    expect(await pollAfter('4s')).toEqual(only(slowDown))
    expect(mock.explain()).toMatchObject({
      kind: 'polled_too_soon',
      expected: '10 seconds from one poll to the next',
      evidence: { path: 'device.interval' },
    })
    expect(await pollAfter('9s')).toEqual(only(slowDown))
    expect(await pollAfter('14s')).toEqual(only(slowDown))
    expect(await pollAfter('19s')).toEqual(only(slowDown))
    expect(await pollAfter('25s')).toEqual(only(pending))
    expect(await pollAfter('25s')).toEqual(only(pending))
  })

  it('is not slowed down once the person has approved', async () => {
    const { mock, ask, poll } = await plug(door)
    const { device_code, verification_uri_complete } = deviceOf(await ask())
    expect(await poll(device_code)).toEqual(pending)
    await mock.authorize(verification_uri_complete)
    expect((await poll(device_code)).status).toBe(200)
  })

  it('is not slowed down by polls of others: of another client, or with a wrong secret', async () => {
    const { mock, ask, poll, register } = await plug(door)
    const { device_code } = deviceOf(await ask())
    expect(await poll(device_code)).toEqual(pending)
    await mock.clock.advance('4s')
    const other = await poll(device_code, await register())
    expect(only(other)).toEqual(only(refusal('invalid_grant', 'The device code was issued to another client')))
    expect(mock.explain().kind).toBe('device_code_of_another_client')
    expect((await poll(device_code, { client_secret: 'wrong' })).status).toBe(401)
    await mock.clock.advance('1s')
    expect(only(await poll(device_code))).toEqual(only(pending))
  })

  it('is told that the person denied, that its time is over, and that a code is none', async () => {
    const { mock, ask, poll } = await plug(door)
    const [denied, late] = [deviceOf(await ask()), deviceOf(await ask())]
    expect(await mock.authorize(denied.verification_uri_complete, { decision: 'deny' })).toEqual({ device: 'denied' })
    expect(await poll(denied.device_code)).toEqual(refusal('access_denied', 'The person denied the request'))
    expect(mock.explain().kind).toBe('device_denied')
    expect(await poll(denied.user_code)).toEqual(refusal('invalid_grant', 'The device code is not valid'))
    expect(mock.explain().kind).toBe('device_code_unknown')
    await mock.clock.advance('29m')
    expect(only(await poll(late.device_code))).toEqual(only(pending))
    await mock.clock.advance('1m')
    expect(only(await poll(late.device_code))).toEqual(only(refusal('expired_token', 'The device code has expired')))
    expect(mock.explain()).toMatchObject({
      kind: 'device_code_expired',
      expected: 'use before 2026-03-01T12:30:00.000Z',
      evidence: { path: 'device.lifetime' },
    })
    expect(await mock.authorize(late.verification_uri_complete)).toMatchObject({
      errorPage: { kind: 'user_code_unknown', expected: 'use before 2026-03-01T12:30:00.000Z' },
    })
    await mock.clock.move({ set: start })
    expect(await poll(late.device_code)).toEqual(refusal('expired_token', 'The device code has expired'))
    expect(await poll(denied.device_code)).toEqual(refusal('access_denied', 'The person denied the request'))
  })

  it('gets nothing for an authorization that was disconnected or reaches too far by now', async () => {
    const { mock, own, ask, poll } = await plug(door)
    const [gone, wide] = [deviceOf(await ask()), deviceOf(await ask())]
    await mock.authorize(gone.verification_uri_complete)
    for (const { id } of await mock.grants.list()) await mock.grants.revoke(id, 'user')
    expect(await poll(gone.device_code)).toEqual(refusal('invalid_grant', 'The authorization has been revoked'))
    expect(mock.explain().kind).toBe('device_code_revoked')
    await mock.authorize(wide.verification_uri_complete)
    await mock.clients.change(own.client_id, { scopes: ['openid'] })
    expect(JSON.parse((await poll(wide.device_code)).body).error).toBe('invalid_scope')
    expect(mock.explain().kind).toBe('scope_withdrawn')
  })

  it('needs its device code', async () => {
    const { own, post } = await plug(door)
    expect(await post('/token', { ...own, grant_type: grantType })).toEqual(
      refusal('invalid_request', 'The parameter device_code is missing'),
    )
  })

  it.each([
    ['approve', 200, { access_token: expect.any(String) }],
    ['deny', 400, { error: 'access_denied' }],
  ] as const)('needs no person where consent is %s', async (consent, status, body) => {
    const { ask, poll } = await plug(door, { consent })
    const answer = await poll(deviceOf(await ask()).device_code)
    expect([answer.status, JSON.parse(answer.body)]).toEqual([status, expect.objectContaining(body)])
  })

  it('waits for ever where nobody has an account, whatever consent says', async () => {
    const { mock, ask, poll } = await plug(door, { consent: 'approve' })
    for (const { id } of await mock.users.list()) await mock.users.remove(id)
    expect(await poll(deviceOf(await ask()).device_code)).toEqual(pending)
  })

  it('is no authorization code, and an authorization code is no device code', async () => {
    const { mock, own, ask, poll, post } = await plug(door, { consent: 'approve' })
    const { device_code } = deviceOf(await ask())
    const redirect_uri = mock.provider().redirectUris[0] ?? ''
    const asCode = {
      ...own,
      grant_type: 'authorization_code',
      code: device_code,
      redirect_uri,
      code_verifier: device_code,
    }
    expect(await post('/token', asCode)).toEqual(refusal('invalid_grant', 'The authorization code is not valid'))
    expect(mock.explain().kind).toBe('code_unknown')
    const query = new URLSearchParams({
      ...{ response_type: 'code', client_id: own.client_id, redirect_uri, scope: 'openid' },
      ...challenge,
    })
    const { redirectTo = '' } = await mock.authorize(`${mock.provider().authorizeUrl}?${query}`)
    const code = new URL(redirectTo).searchParams.get('code') ?? ''
    expect(await poll(code)).toEqual(refusal('invalid_grant', 'The device code is not valid'))
    const exchange = { ...own, grant_type: 'authorization_code', code, redirect_uri, code_verifier: verifier }
    expect((await post('/token', exchange)).status).toBe(200)
    expect((await poll(device_code)).status).toBe(200)
  })

  it('is decided about once, however many decide at the same time', async () => {
    const { mock, ask } = await plug(door)
    const { verification_uri_complete } = deviceOf(await ask())
    await mock.users.list()
    const decisions = await Promise.all(
      (['approve', 'deny', 'approve', 'deny'] as const).map((decision) =>
        mock.authorize(verification_uri_complete, { decision }),
      ),
    )
    const [winner, ...more] = decisions.filter(({ device }) => device !== undefined)
    expect(more).toEqual([])
    expect(await mock.grants.list()).toHaveLength(winner?.device === 'approved' ? 1 : 0)
  })
})
