import { describe, expect, it } from 'vitest'
import { mistake, says, serve } from './serve.ts'

describe('health and providers', () => {
  it('answers when it is ready', async () => {
    const { control } = await serve()
    expect(await control('GET /health')).toEqual({ status: 200, body: { ready: true } })
  })

  it('lists endpoints and credentials under the URL that was asked', async () => {
    const { control, url, mock } = await serve()
    const { clientId, clientSecret } = mock.provider('mekari')
    const { body } = await control('GET /providers')
    expect(Object.keys(body as object)).toEqual(['mekari', 'mekari:sandbox'])
    expect(body).toMatchObject({
      mekari: {
        baseUrl: `${url}/mekari`,
        authorizeUrl: `${url}/mekari/auth`,
        tokenUrl: `${url}/mekari/auth/oauth2/token`,
        revokeUrl: `${url}/mekari/auth/oauth2/token`,
        apiUrl: `${url}/mekari/v1/me`,
        clientId,
        clientSecret,
        redirectUris: ['http://localhost:3000/callback'],
        scopes: ['esign', 'sso:profile'],
      },
      'mekari:sandbox': { tokenUrl: `${url}/mekari:sandbox/auth/oauth2/token` },
    })
  })

  it('tells how each value of a provider is known', async () => {
    const { control } = await serve({ assume: { 'mekari.errors': 'kong' } })
    const { status, body } = await control('GET /providers/mekari')
    expect(status).toBe(200)
    expect(body).toMatchObject({ name: 'Mekari', docs: 'https://developers.mekari.com/docs/kb/authentication/oauth2' })
    const { evidence } = body as { evidence: { path: string; grade: string; chosen?: string }[] }
    expect(evidence.find(({ path }) => path === 'token.errors')).toMatchObject({ grade: 'assumed', chosen: 'kong' })
    expect(await control('GET /providers/acme')).toEqual(mistake(404, 'unknown_provider', says('acme', 'mekari')))
  })
})
