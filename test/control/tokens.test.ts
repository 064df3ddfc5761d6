import { describe, expect, it } from 'vitest'
import { mistake, says, serve } from './serve.ts'

describe('tokens and grants', () => {
  it('are minted, listed and revoked', async () => {
    const { control, url, mock } = await serve()
    const [, second] = await mock.users.list()
    const minted = await control('POST /tokens', { user: second?.email, scope: 'esign', accessTokenLifetime: '10m' })
    expect(minted).toMatchObject({
      status: 201,
      body: {
        answer: { token_type: 'bearer', expires_in: 600 },
        grant: { type: 'minted', userId: second?.id, scope: 'esign' },
      },
    })
    const { accessToken, grant } = minted.body as { accessToken: string; grant: { id: string } }
    const api = async () =>
      (await fetch(`${url}/v1/me`, { headers: { authorization: `Bearer ${accessToken}` } })).status
    expect(await api()).toBe(200)
    expect((await control('GET /grants')).body).toEqual([grant])
    expect(await control(`POST /grants/${grant.id}/revoke`, { by: 'user' })).toMatchObject({
      status: 200,
      body: { id: grant.id, ended: { by: 'user' } },
    })
    expect(await api()).toBe(401)
    expect(await control(`POST /grants/${grant.id}/revoke`, {})).toMatchObject({ body: { ended: { by: 'user' } } })
  })

  it('may be minted with nothing said, and revoked by the provider', async () => {
    const { control, mock } = await serve()
    expect((await control('POST /tokens')).status).toBe(201)
    const [grant] = await mock.grants.list()
    expect(await control(`POST /grants/${grant?.id}/revoke`)).toMatchObject({
      status: 200,
      body: { ended: { by: 'provider' } },
    })
  })

  it.each<[object, number, string]>([
    [{ provider: 'acme' }, 404, 'unknown_provider'],
    [{ client: 'nobody' }, 404, 'unknown_client'],
    [{ user: 'nobody' }, 404, 'unknown_user'],
    [{ scope: 'jurnal' }, 400, 'invalid_scope'],
    [{ accessTokenLifetime: 'long' }, 400, 'invalid_duration'],
    [{ token: 'x' }, 400, 'invalid_request'],
  ])('name what is wrong: %j', async (input, status, code) => {
    const { control } = await serve()
    expect(await control('POST /tokens', input)).toEqual(mistake(status, code))
  })

  it('name a grant or a reason that there is not', async () => {
    const { control } = await serve()
    expect(await control('POST /grants/grant_0/revoke', {})).toEqual(mistake(404, 'unknown_grant', says('grant_0')))
    expect(await control('POST /grants/grant_0/revoke', { by: 'me' })).toEqual(
      mistake(400, 'invalid_request', says('user, client, provider')),
    )
  })
})
