import { describe, expect, it } from 'vitest'
import { mistake, says, serve } from './serve.ts'

describe('the journal', () => {
  it('lists requests by provider, endpoint and place', async () => {
    const { control, url } = await serve()
    await fetch(`${url}/mekari/v1/me`)
    await fetch(`${url}/mekari:sandbox/v1/me`)
    await fetch(`${url}/mekari/auth`)
    const ids = async (query: string) =>
      ((await control(`GET /requests${query}`)).body as { id: string }[]).map(({ id }) => id)
    expect(await ids('')).toEqual(['r1', 'r2', 'r3'])
    expect(await ids('?provider=mekari')).toEqual(['r1', 'r3'])
    expect(await ids('?endpoint=api')).toEqual(['r1', 'r2'])
    expect(await ids('?since=r1')).toEqual(['r2', 'r3'])
    expect(await ids('?since=r1&provider=mekari&endpoint=authorize')).toEqual(['r3'])
  })

  it('names a filter that it does not know', async () => {
    const { control } = await serve()
    expect(await control('GET /requests?endpoint=nothing')).toEqual(
      mistake(400, 'invalid_request', says('authorize, token')),
    )
    expect(await control('GET /requests?colour=red')).toEqual(mistake(400, 'invalid_request', says('colour')))
    expect(await control('GET /requests?provider=acme')).toEqual(mistake(404, 'unknown_provider', says('acme')))
    expect(await control('GET /requests?since=yesterday')).toEqual(mistake(400, 'invalid_request', says('since')))
  })

  it('explains a refusal: the rule, what was expected, what came, and how to lift it', async () => {
    const { control, url, mock } = await serve()
    const { clientId: client_id, clientSecret: client_secret } = mock.provider()
    const query = `client_id=${client_id}&response_type=code&scope=esign`
    const asked = await fetch(`${url}/mekari/auth?${query}`, { redirect: 'manual' })
    const code = new URL(asked.headers.get('location') ?? '').searchParams.get('code')
    const call = { client_id, client_secret, grant_type: 'authorization_code', code }
    const headers = { 'content-type': 'application/json' }
    await fetch(`${url}/mekari/auth/oauth2/token`, { method: 'POST', headers, body: JSON.stringify(call) })
    const last = await control('GET /requests/last/explain')
    expect(last).toMatchObject({
      status: 200,
      body: {
        id: 'r2',
        refused: true,
        status: 400,
        kind: 'scope_missing',
        parameter: 'scope',
        came: 'nothing',
        lift: '--assume mekari.scope=ignored',
      },
    })
    expect(await control('GET /requests/r2/explain')).toEqual(last)
    expect(await control('GET /requests/r1/explain')).toMatchObject({ status: 200, body: { id: 'r1', refused: false } })
    expect(await control('GET /requests/r9/explain')).toEqual(mistake(404, 'unknown_request', says('r9', 'r1 to r2')))
  })

  it('has nothing to explain where nothing was refused', async () => {
    const { control } = await serve()
    expect(await control('GET /requests/last/explain')).toEqual(mistake(404, 'no_request'))
  })
})
