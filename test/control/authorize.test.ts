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
