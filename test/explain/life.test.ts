import { createMockOAuth } from 'mock-oauth'
import { describe, expect, it } from 'vitest'
import { isoAfter, openProgram } from './program.ts'

describe('the life of a refused code or token', () => {
  it('tells when and by which request it was issued and used', async () => {
    const { mock, connect, refresh, client_id } = await openProgram()
    const first = await connect()
    await mock.clock.advance('10m')
    await refresh(first.refresh)
    await mock.clock.advance('2m')
    expect((await refresh(first.refresh)).status).toBe(400)
    const [grant] = await mock.grants.list()
    const { kind, life } = mock.explain()
    const spent = { event: 'spent', at: isoAfter(600), request: 'r3', what: 'token refresh_token' }
    expect(kind).toBe('refresh_token_reused')
    expect(life).toEqual({
      kind: 'refresh_token',
      value: expect.stringMatching(/^\w{4}…[0-9a-f]{6}$/),
      provider: 'mekari',
      client: client_id,
      grant: grant?.id,
      from: expect.stringMatching(/^\w{4}…[0-9a-f]{6}$/),
      expiresAt: isoAfter(30 * 86_400),
      uses: 1,
      events: [{ event: 'issued', at: isoAfter(0), request: 'r2', what: 'token authorization_code' }, spent],
      over: spent,
    })
  })

  it('shows equal values equally: what came, the code it came from, and the tree', async () => {
    const { mock, connect, refresh } = await openProgram()
    const { refresh: used } = await connect()
    await refresh(used)
    await refresh(used)
    const { came, life } = mock.explain()
    expect(life?.value).toBe(came)
    const [grant] = await mock.grants.list()
    const { tokens } = await mock.grants.find(grant?.id ?? '')
    expect([tokens[0]?.value, tokens[2]?.value]).toEqual([life?.from, came])
  })

  it('tells of a code that was exchanged before', async () => {
    const { mock, authorize, exchange } = await openProgram()
    const code = await authorize()
    await exchange(code)
    await exchange(code)
    const { kind, life } = mock.explain()
    expect([kind, life?.kind]).toEqual(['code_used', 'code'])
    expect(life?.events).toEqual([
      { event: 'issued', at: isoAfter(0), request: 'r1', what: 'authorize' },
      { event: 'spent', at: isoAfter(0), request: 'r2', what: 'token authorization_code' },
    ])
  })

  it.each(['user', 'client', 'provider'] as const)(
    'says that the %s has ended the authorization, and when',
    async (by) => {
      const { mock, connect, refresh, api } = await openProgram()
      const { access, refresh: token } = await connect()
      const [grant] = await mock.grants.list()
      await mock.clock.advance('1m')
      await mock.grants.revoke(grant?.id ?? '', by)
      await mock.clock.advance('1m')
      const revoked = { event: 'revoked', at: isoAfter(60), by }
      await refresh(token)
      expect(mock.explain()).toMatchObject({ kind: 'refresh_token_revoked', life: { over: revoked } })
      await api(access)
      expect(mock.explain()).toMatchObject({
        kind: 'access_token_revoked',
        life: { kind: 'access_token', over: revoked },
      })
    },
  )

  it('names the request by which a client has revoked', async () => {
    const { mock, connect, refresh } = await openProgram()
    const { access, refresh: token } = await connect()
    const { revokeUrl = '' } = mock.provider()
    await mock.handle({ method: 'DELETE', url: revokeUrl, headers: { authorization: `Bearer ${access}` }, body: '' })
    await refresh(token)
    expect(mock.explain().life?.over).toEqual({
      event: 'revoked',
      at: isoAfter(0),
      request: 'r3',
      what: 'revoke',
      by: 'client',
    })
  })

  it('says that its second use has ended the authorization', async () => {
    const { mock, connect, refresh } = await openProgram('singleUse+familyRevoked')
    const first = await connect()
    const second = await refresh(first.refresh)
    await refresh(first.refresh)
    const { life } = mock.explain()
    expect(life?.over).toMatchObject({ event: 'spent', request: 'r3' })
    expect(life?.events.at(-1)).toEqual({ event: 'grant_ended', at: isoAfter(0), by: 'refresh_token_reuse' })
    await refresh(second.refresh)
    expect(mock.explain().life?.over).toMatchObject({ event: 'revoked', request: 'r4', by: 'refresh_token_reuse' })
  })

  it('says of one that has expired since when', async () => {
    const { mock, connect, api } = await openProgram()
    const { access } = await connect()
    await mock.clock.advance('61m')
    await api(access)
    expect(mock.explain()).toMatchObject({
      kind: 'access_token_expired',
      life: { over: { event: 'expired', at: isoAfter(3600) }, expiresAt: isoAfter(3600) },
    })
  })

  it('tells of a window in which it could be used again, and of its end', async () => {
    const { mock, connect, refresh } = await openProgram('grace:30')
    const { refresh: token } = await connect()
    await refresh(token)
    await mock.clock.advance('10s')
    expect((await refresh(token)).status).toBe(200)
    await mock.clock.advance('30s')
    await refresh(token)
    const { kind, life } = mock.explain()
    expect(kind).toBe('refresh_token_reused')
    expect(life?.events.slice(1, 3)).toEqual([
      { event: 'rotated', at: isoAfter(0), request: 'r3', what: 'token refresh_token', until: isoAfter(30) },
      { event: 'window_over', at: isoAfter(30) },
    ])
    expect(life?.over?.event).toBe('window_over')
  })

  it('knows a token by its value, whatever it was sent as', async () => {
    const { mock, connect, refresh } = await openProgram()
    const { access } = await connect()
    await refresh(access)
    const { kind, life } = mock.explain()
    expect([kind, life?.kind, life?.over]).toEqual(['refresh_token_unknown', 'access_token', undefined])
  })

  it('knows a token of the sandbox where another is asked for, and a minted one', async () => {
    const { mock, api } = await openProgram()
    const { accessToken } = await mock.mint({ provider: 'mekari:sandbox' })
    await api(accessToken)
    expect(mock.explain()).toMatchObject({
      kind: 'access_token_unknown',
      life: { provider: 'mekari:sandbox', events: [{ event: 'minted', at: isoAfter(0) }] },
    })
  })

  it('is told as it was then, whatever came later and whatever the journal has forgotten', async () => {
    const { mock, connect, refresh, api } = await openProgram()
    const first = await connect()
    await refresh(first.refresh)
    await refresh(first.refresh)
    const then = mock.explain()
    const [grant] = await mock.grants.list()
    await mock.grants.revoke(grant?.id ?? '')
    expect(mock.explain('r4')).toEqual(then)
    for (let i = 0; i < 998; i++) await api('made-up-token-0001')
    // What r2 was is no longer known, only that it was.
    const [, spent] = then.life?.events ?? []
    expect(mock.explain('r4').life?.events).toEqual([{ event: 'issued', at: isoAfter(0), request: 'r2' }, spent])
  })

  it('is not told of what was made up', async () => {
    const { mock, refresh, api } = await openProgram()
    await refresh('made-up-token-0001')
    expect(mock.explain().life).toBeUndefined()
    await api('')
    expect(mock.explain()).not.toHaveProperty('life')
  })

  it('tells of a pushed request that was answered before', async () => {
    const mock = await createMockOAuth({ providers: ['standard'], consent: 'approve' })
    const { clientId, clientSecret, pushedRequestUrl = '', authorizeUrl, redirectUris } = mock.provider()
    const authorization = `Basic ${btoa(`${clientId}:${clientSecret}`)}`
    const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded' }
    const body = new URLSearchParams({
      response_type: 'code',
      redirect_uri: redirectUris[0] ?? '',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    })
    const pushed = await mock.handle({ method: 'POST', url: pushedRequestUrl, headers, body: `${body}` })
    const url = `${authorizeUrl}?${new URLSearchParams({ client_id: clientId, request_uri: JSON.parse(pushed.body).request_uri })}`
    await mock.authorize(url)
    await mock.authorize(url)
    expect(mock.explain()).toMatchObject({
      kind: 'request_uri_used',
      life: { kind: 'request_uri', over: { event: 'spent', request: 'r2', what: 'authorize' } },
    })
  })
})
