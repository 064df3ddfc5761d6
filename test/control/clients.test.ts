import { describe, expect, it } from 'vitest'
import { mistake, says, serve } from './serve.ts'

describe('clients', () => {
  it('are registered, shown, changed and taken away', async () => {
    const { control } = await serve()
    const made = await control('POST /clients', {
      name: 'Shop',
      redirectUris: ['https://shop.example/cb'],
      scopes: ['esign'],
    })
    expect(made).toEqual({
      status: 201,
      body: {
        environment: 'mekari',
        id: expect.stringMatching(/^\w{16}$/),
        secret: expect.stringMatching(/^\w{32}$/),
        name: 'Shop',
        redirectUris: ['https://shop.example/cb'],
        scopes: ['esign'],
        status: 'active',
        firstParty: false,
        grantTypes: ['authorization_code', 'refresh_token'],
        ownerId: expect.stringMatching(/^\d{9}$/),
      },
    })
    const { id } = made.body as { id: string }
    expect(await control(`GET /clients/${id}`)).toEqual({ ...made, status: 200 })
    expect(await control(`PATCH /clients/${id}`, { status: 'suspended' })).toMatchObject({
      status: 200,
      body: { id, name: 'Shop', status: 'suspended' },
    })
    expect(await control(`DELETE /clients/${id}`)).toEqual({ status: 204, body: undefined })
    expect(await control(`GET /clients/${id}`)).toEqual(mistake(404, 'unknown_client', says(id)))
    expect(await control(`PATCH /clients/${id}`, {})).toEqual(mistake(404, 'unknown_client'))
    expect(await control(`DELETE /clients/${id}`)).toEqual(mistake(404, 'unknown_client'))
  })

  it('belong to an environment', async () => {
    const { control } = await serve()
    const ids = async (query: string) =>
      ((await control(`GET /clients${query}`)).body as { id: string }[]).map(({ id }) => id)
    for (const provider of ['mekari', 'mekari:sandbox']) {
      expect((await control('POST /clients', { provider, id: 'same', public: true })).body).not.toHaveProperty('secret')
    }
    expect(await ids('')).toHaveLength(4)
    expect(await ids('?provider=mekari:sandbox')).toHaveLength(2)
    await control('PATCH /clients/same?provider=mekari:sandbox', { name: 'Test' })
    expect(await control('GET /clients/same')).toEqual(mistake(404, 'unknown_client', says('mekari, mekari:sandbox')))
    expect(await control('GET /clients/same?provider=mekari')).toMatchObject({ body: { name: 'Example app' } })
    expect(await control('GET /clients/same?provider=mekari:sandbox')).toMatchObject({ body: { name: 'Test' } })
    await control('DELETE /clients/same?provider=mekari:sandbox')
    expect(await ids('?provider=mekari')).toHaveLength(2)
    expect(await control('GET /clients?provider=acme')).toEqual(mistake(404, 'unknown_provider', says('acme')))
    expect(await control('POST /clients', { provider: 'mekari', id: 'same' })).toEqual(
      mistake(409, 'client_exists', says('same')),
    )
  })

  it.each([
    [{ public: true, secret: 's' }, 'A client has a secret or is public, not both.'],
    [
      { secret: 's', jwks: { keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'x' }] } },
      'A client has a secret or keys, not both.',
    ],
    [{ jwks: { keys: [{ kty: 'oct', k: 'x' }] } }, '"oct" is no kind of public key. Expected RSA, EC or OKP.'],
    [{ jwks: { keys: [{ kty: 'RSA', n: 'x' }] } }, 'A key of kind RSA lacks e.'],
    [{ jwks: { keys: [{ kty: 'EC', x: 'x' }] } }, 'A key of kind EC lacks crv, y.'],
    [{ jwks: { keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'x', d: 'd' }] } }, 'One of the keys is private'],
  ])('prove who they are in one way that can work: not %j', async (client, sentence) => {
    const { control } = await serve({ providers: ['standard'] })
    expect(await control('POST /clients', client)).toEqual(mistake(400, 'invalid_client', says(sentence)))
  })

  it('may have an id of any length that is allowed', async () => {
    const { control } = await serve()
    const id = 'x'.repeat(256)
    expect((await control('POST /clients', { id })).status).toBe(201)
    expect(await control(`GET /clients/${id}`)).toMatchObject({ status: 200, body: { id } })
    const odd = 'a/b?c%d#e'
    expect((await control('POST /clients', { id: odd })).status).toBe(201)
    expect(await control(`GET /clients/${encodeURIComponent(odd)}`)).toMatchObject({ status: 200, body: { id: odd } })
  })

  it('share no secret where the secret says which client it is', async () => {
    const { control } = await serve({ providers: ['mercado-pago'] })
    const client = { id: 'one', secret: 'a secret' }
    expect((await control('POST /clients', client)).status).toBe(201)
    const taken = { error: { code: 'invalid_client', message: expect.stringContaining('one has this secret') } }
    expect(await control('POST /clients', { ...client, id: 'two' })).toMatchObject({ status: 400, body: taken })
    expect((await control('POST /clients', { id: 'two' })).status).toBe(201)
    const { secret } = client
    expect(await control('PATCH /clients/two', { secret })).toMatchObject({ status: 400, body: taken })
    expect((await control('PATCH /clients/one', { secret, name: 'The same' })).status).toBe(200)
  })

  it.each<[object, string]>([
    [{ jwks: { keys: [] } }, 'at least one'],
    [{ jwks: { keys: [{ kty: 'oct', k: 'x' }] } }, 'no kind of public key'],
    [{ jwks: { keys: [{ kty: 'EC', d: 'x' }] } }, 'is private: it has a \\"d\\"'],
    [{ jwks: { keys: [{ kty: 'RSA', n: 'x', e: 'AQAB', p: 'x' }] } }, 'is private: it has a \\"p\\"'],
    [{ jwks: { keys: [{ kty: 'EC' }] }, secret: 'x' }, 'a secret or keys, not both'],
    [{ jwks: { keys: [{ kty: 'EC' }] }, public: true }, 'no keys either'],
    [{ idTokenAlgorithm: 'none' }, 'idTokenAlgorithm must be one of'],
    [{ postLogoutRedirectUris: ['javascript:alert(1)'] }, 'javascript:'],
  ])('of a provider by the book are refused with the mistake named: %j', async (input, word) => {
    const { control } = await serve({ providers: ['standard'] })
    const { status, body } = await control('POST /clients', input)
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining(word)])
  })

  it.each<[object, string]>([
    [{ id: 'has space' }, 'client id'],
    [{ secret: 'ü' }, 'client secret'],
    [{ name: ' ' }, 'client name'],
    [{ redirectUris: [] }, 'redirect URI'],
    [{ redirectUris: ['/relative'] }, '/relative'],
    [{ redirectUris: ['https://x.example/#f'] }, 'fragment'],
    [{ redirectUris: ['http:callback'] }, 'absolute'],
    [{ redirectUris: ['https:/x.example/'] }, 'absolute'],
    [{ redirectUris: ['https:\\\\x.example/'] }, 'absolute'],
    [{ redirectUris: ['javascript:alert(1)'] }, 'javascript:'],
    [{ redirectUris: ['data:text/html,x'] }, 'data:'],
    [{ redirectUris: ['https://x.example/\r\nX: y'] }, 'redirect URI'],
    [{ scopes: ['a"b'] }, 'scope'],
    [{ redirectUris: 'x' }, 'redirectUris must be array'],
    [{ status: 'gone' }, 'status must be one of active, pending, suspended'],
    [{ grantTypes: ['password'] }, 'grantTypes'],
    [{ colour: 'red' }, 'colour\\" is not known here, only provider, id, secret, name, '],
    [{ webhooks: { link: 'x' } }, 'link\\" is not known here, only url, secret, events'],
    [{ name: 5 }, 'name must be string, not 5'],
    [[], 'must be object'],
  ])('are refused with the mistake named: %j', async (input, word) => {
    const { control } = await serve()
    const { status, body } = await control('POST /clients', input)
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining(word)])
  })
})
