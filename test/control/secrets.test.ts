import { describe, expect, it } from 'vitest'
import { serve } from './serve.ts'

describe('secrets', () => {
  it('never appear in the journal, wherever they were put', async () => {
    const { control, mock } = await serve()
    const secret = 'CANARY0123456789abcdefCANARY'
    await mock.clients.register({ id: 'canary', secret })
    const { mekari } = (await control('GET /providers')).body as {
      mekari: { tokenUrl: string; authorizeUrl: string; apiUrl: string }
    }
    const fields = { client_id: 'canary', grant_type: 'authorization_code', scope: 'esign sso:profile' }
    const json = { 'content-type': 'application/json' }
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const names = [
      'client_secret',
      'code',
      'refresh_token',
      'code_verifier',
      'access_token',
      'id_token',
      'token',
      'password',
      'client_assertion',
      'request_uri',
      'device_code',
      'id_token_hint',
    ]
    for (const name of names) {
      const body = { ...fields, client_secret: secret, [name]: secret }
      for (const headers of [json, form, {}, { 'content-type': 'text/plain' }] as Record<string, string>[]) {
        const posts = [
          JSON.stringify(body),
          new URLSearchParams(body).toString(),
          `{"${name}": "${secret}"`,
          `${name}: ${secret}`,
          secret,
          `x=1&${secret}`,
        ]
        for (const post of posts) await fetch(mekari.tokenUrl, { method: 'POST', headers, body: post })
      }
      await fetch(mekari.tokenUrl, {
        method: 'POST',
        headers: json,
        body: JSON.stringify({ nested: { [name]: secret } }),
      })
      for (const query of [
        `?${name}=${secret}`,
        `?a=1&${name}=${secret}`,
        `?${name.replace('_', '%5F')}=${secret}`,
        `?${secret}`,
      ]) {
        await fetch(mekari.apiUrl + query)
        await fetch(mekari.authorizeUrl + query)
      }
    }
    const basic = Buffer.from(`canary:${secret}`).toString('base64')
    for (const authorization of [`Bearer ${secret}`, `Basic ${basic}`, secret, `bearer  ${secret}`]) {
      await fetch(mekari.apiUrl, {
        headers: {
          authorization,
          cookie: `mock_oauth_session=${secret}; session_of_another_program=${secret};bare=${secret}`,
          referer: `https://x.example/?code=${secret}`,
        },
      })
      await fetch(mekari.tokenUrl, { method: 'POST', headers: { ...json, authorization }, body: '{}' })
      await fetch(mekari.tokenUrl, { method: 'DELETE', headers: { authorization } })
    }
    const shown = [JSON.stringify((await control('GET /requests')).body)]
    for (const { id } of mock.requests())
      shown.push(JSON.stringify((await control(`GET /requests/${id}/explain`)).body))
    const leaks = shown.filter((text) => text.includes('0123456789abcdef') || text.includes(basic))
    expect(leaks).toEqual([])
    expect(JSON.stringify(mock.requests())).toContain(secret)
  }, 30_000)

  it('that the mock issued never appear either, and equal ones can be told', async () => {
    const { control, url, mock } = await serve()
    const { clientId: client_id, clientSecret: client_secret } = mock.provider()
    const asked = await fetch(`${url}/auth?client_id=${client_id}&response_type=code&scope=esign`, {
      redirect: 'manual',
    })
    const code = new URL(asked.headers.get('location') ?? '').searchParams.get('code') ?? ''
    const call = { client_id, client_secret, grant_type: 'authorization_code', code, scope: 'esign' }
    const exchange = () =>
      fetch(`${url}/auth/oauth2/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(call),
      })
    const tokens = (await (await exchange()).json()) as { access_token: string; refresh_token: string }
    await exchange()
    await fetch(`${url}/v1/me`, { headers: { authorization: `Bearer ${tokens.access_token}` } })
    const { body } = await control('GET /requests')
    const shown = JSON.stringify(body)
    for (const secret of [code, client_secret ?? '', tokens.access_token, tokens.refresh_token]) {
      expect(secret).toHaveLength(32)
      expect(shown).not.toContain(secret)
      expect(shown).not.toContain(secret.slice(8))
    }
    const masked = /code=(\w{4}…[0-9a-f]{6})/.exec(decodeURIComponent(shown))?.[1] ?? 'none'
    expect(masked.slice(0, 4)).toBe(code.slice(0, 4))
    expect(shown.split(masked)).toHaveLength(5)
  })

  it('are hidden where an answer says again what it was sent', async () => {
    const { control, url, mock } = await serve({ providers: ['finexer'] })
    const { clientId: client_id, clientSecret: client_secret = '' } = mock.provider()
    const credentials = { client_id, client_secret }
    const sent = 'CANARY0123456789abcdef+/=CANARY'
    for (const [path, fields] of [
      ['token', { ...credentials, grant_type: 'authorization_code', code: sent }],
      ['token', { ...credentials, grant_type: 'refresh_token', refresh_token: sent }],
      ['revoke', { ...credentials, refresh_token: sent }],
    ] as const) {
      for (const type of ['', '; charset=utf-8', '; of=json']) {
        const answer = await fetch(`${url}/oauth/${path}`, {
          method: 'POST',
          headers: { 'content-type': `application/x-www-form-urlencoded${type}` },
          body: new URLSearchParams(fields),
        })
        expect((await answer.json()).error_description).toContain(sent)
      }
    }
    const shown = JSON.stringify([
      (await control('GET /requests')).body,
      ...(await Promise.all(mock.requests().map(({ id }) => control(`GET /requests/${id}/explain`)))),
    ])
    expect(shown).not.toContain('0123456789abcdef')
    expect(shown).toMatch(/The authorization code was not found in the system: CANA…[0-9a-f]{6}/)
  })

  it("are not taken for an error's code in an answer", async () => {
    const { control, url } = await serve()
    await fetch(`${url}/mekari/v9/nowhere`)
    const { body } = await control('GET /requests')
    expect(body).toMatchObject([{ response: { body: expect.stringContaining('"code":"MAG-006"') } }])
  })
})
