import { describe, expect, it } from 'vitest'
import { mistake, says, serve } from './serve.ts'

describe('authorize', () => {
  it('plays the browser with URLs of the server and of the provider', async () => {
    const { control, url, mock } = await serve({ consent: 'page' })
    const query = `?client_id=${mock.provider().clientId}&response_type=code&scope=esign&state=s`
    for (const at of [`${url}/mekari/auth`, `${url}/auth`, 'https://account.mekari.com/auth']) {
      const { status, body } = await control('POST /authorize', { url: at + query })
      expect([at, status]).toEqual([at, 200])
      expect(body).toEqual({
        redirectTo: expect.stringMatching(/^http:\/\/localhost:3000\/callback\?code=\w{32}&state=s$/),
      })
    }
    expect(await control('POST /authorize', { url: `${url}/mekari/auth${query}`, decision: 'deny' })).toEqual({
      status: 200,
      body: {
        redirectTo:
          'http://localhost:3000/callback?error=access_denied&error_description=The+resource+owner+denied+the+request&state=s',
      },
    })
  })

  it('takes this server by another name with the prefix, and no other host without it', async () => {
    const { control, mock } = await serve({ consent: 'page' })
    const query = `?client_id=${mock.provider().clientId}&response_type=code&scope=esign`
    expect((await control('POST /authorize', { url: `http://mock:4420/mekari/auth${query}` })).status).toBe(200)
    expect(await control('POST /authorize', { url: `https://evil.example/auth${query}` })).toEqual(
      mistake(400, 'not_an_authorize_url', says('https://evil.example/auth')),
    )
  })

  it('lets a named person grant a part', async () => {
    const { control, mock } = await serve({ consent: 'page' })
    const { clientId, authorizeUrl } = mock.provider()
    const [, second] = await mock.users.list()
    const url = `${authorizeUrl}?client_id=${clientId}&response_type=code&scope=esign%20sso:profile`
    expect((await control('POST /authorize', { url, user: second?.email, scope: 'esign' })).status).toBe(200)
    expect(await mock.grants.list()).toMatchObject([
      { userId: second?.id, scope: 'esign', scopeAsked: 'esign sso:profile' },
    ])
    expect(await control('POST /authorize', { url, user: 'nobody' })).toEqual(
      mistake(404, 'unknown_user', says('nobody')),
    )
    expect(await control('POST /authorize', { url, scope: 'jurnal' })).toEqual(
      mistake(400, 'invalid_scope', says('jurnal')),
    )
  })

  it('plays the person at the verification URL of a device', async () => {
    const { control, url, mock } = await serve({ providers: ['standard', 'mekari'], consent: 'page' })
    const { clientId: client_id, clientSecret: client_secret = '' } = mock.provider('standard')
    const ask = async () => {
      const body = new URLSearchParams({ client_id, client_secret, scope: 'openid email' })
      const answer = await fetch(`${url}/standard/device_authorization`, { method: 'POST', body })
      return (await answer.json()) as Record<'device_code' | 'user_code' | 'verification_uri_complete', string>
    }
    const play = async (input: Record<string, unknown>) => control('POST /authorize', input)
    const [, second] = await mock.users.list()
    const [device, other] = [await ask(), await ask()]
    const person = { url: device.verification_uri_complete, user: second?.email }
    expect(await play({ ...person, scope: 'profile' })).toEqual(mistake(400, 'invalid_scope', says('openid email')))
    expect(await play({ ...person, scope: 'email' })).toEqual({ status: 200, body: { device: 'approved' } })
    expect(await mock.grants.list()).toMatchObject([
      { userId: second?.id, scope: 'email', scopeAsked: 'openid email', environment: 'standard' },
    ])
    expect(await play(person)).toMatchObject({
      status: 200,
      body: { errorPage: { status: 200, kind: 'user_code_used' } },
    })
    const own = `https://standard.example/device?user_code=${other.user_code.toLowerCase()}`
    expect(await play({ url: own, decision: 'deny' })).toEqual({ status: 200, body: { device: 'denied' } })
    expect(await play({ url: 'https://standard.example/device' })).toMatchObject({
      body: { errorPage: { kind: 'user_code_unknown' } },
    })
    expect(await play({ url: 'x' })).toEqual(
      mistake(400, 'not_an_authorize_url', says('standard/device', 'mekari/auth')),
    )
  })

  it('shows no device code in the journal', async () => {
    const { control, url, mock } = await serve({ providers: ['standard'] })
    const { clientId: client_id, clientSecret: client_secret = '' } = mock.provider()
    const post = (path: string, fields: Record<string, string>) =>
      fetch(url + path, { method: 'POST', body: new URLSearchParams({ client_id, client_secret, ...fields }) })
    const { device_code } = (await (await post('/device_authorization', {})).json()) as { device_code: string }
    const grant_type = 'urn:ietf:params:oauth:grant-type:device_code'
    for (const _ of ['tokens', 'used']) await post('/token', { grant_type, device_code })
    const { body } = await control('GET /requests')
    expect(body).toHaveLength(3)
    expect(JSON.stringify(body)).not.toContain(device_code)
    expect((await control('GET /requests/r3/explain')).body).toMatchObject({ kind: 'device_code_used' })
  })

  it('tells the facts of an error page', async () => {
    const { control, mock } = await serve()
    const url = `${mock.provider().authorizeUrl}?client_id=nobody`
    expect(await control('POST /authorize', { url })).toMatchObject({
      status: 200,
      body: { errorPage: { status: 400, kind: 'client_unknown', came: 'nobody' } },
    })
  })

  it.each(['x', 'https://evil.example/login', 'http://[', '/auth', 'javascript:alert(1)', ''])(
    'names a URL that is none: %j',
    async (url) => {
      const { control } = await serve()
      expect(await control('POST /authorize', { url })).toEqual(
        mistake(400, 'not_an_authorize_url', says('mekari/auth')),
      )
    },
  )
})
