import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { challenge, verifier } from '../../pkce.ts'
import { badClient, deadGrant, tokenError } from './answers.ts'
import { callback, openMercadoPago, the2024 } from './client.ts'

/** What the documents have added to the page of 2021. */
export const since2024Suite = (door: Door) => {
  describe('PKCE at an application', () => {
    it('is off at the start: no challenge is asked for, and one that comes is checked', async () => {
      const { code, exchange } = await openMercadoPago(door, the2024)
      expect((await exchange(await code())).status).toBe(200)
      expect(await exchange(await code(), { code_verifier: verifier })).toEqual(deadGrant)
      expect((await exchange(await code(challenge), { code_verifier: verifier })).status).toBe(200)
      expect(await exchange(await code(challenge), { code_verifier: `${verifier}x` })).toEqual(deadGrant)
    })

    it('is a trap once it is on: a code comes without a challenge and cannot be exchanged', async () => {
      const { code, exchange } = await (await openMercadoPago(door, the2024)).with({ requiresPkce: true })
      const value = await code()
      expect(value).toMatch(/^TG-/)
      expect(await exchange(value)).toEqual(tokenError('invalid_request', 'code_verifier is a required parameter'))
      expect(await exchange(value, { code_verifier: verifier })).toEqual(deadGrant)
      expect((await exchange(await code(challenge), { code_verifier: verifier })).status).toBe(200)
    })

    it.each(['Plain', 'plain', undefined])('takes the method %s, which is the verifier itself', async (method) => {
      const { code, exchange } = await openMercadoPago(door, the2024)
      const plain = { code_challenge: verifier, code_challenge_method: method }
      expect((await exchange(await code(plain), { code_verifier: verifier })).status).toBe(200)
      expect(await exchange(await code(plain), { code_verifier: `${verifier}x` })).toEqual(deadGrant)
    })
  })

  describe('test_token', () => {
    it.each(['true', true])('of %j brings credentials of the test mode, which a refresh keeps', async (test_token) => {
      const { mock, code, exchange, refresh, clientId, me } = await openMercadoPago(door, the2024)
      const first = JSON.parse((await exchange(await code(), { test_token })).body)
      const second = JSON.parse((await refresh(first.refresh_token)).body)
      const [seller] = await mock.users.list()
      for (const answer of [first, second]) {
        expect(answer).toMatchObject({
          access_token: expect.stringMatching(new RegExp(`^TEST-${clientId}-013108-[0-9a-f]{32}-${seller?.id}$`)),
          public_key: expect.stringMatching(/^TEST-[0-9a-f-]{36}$/),
          live_mode: false,
        })
        expect((await me(answer.access_token)).status).toBe(200)
      }
    })

    it('is for the exchange of a code: it turns nothing else into test credentials', async () => {
      const { code, exchange, refresh } = await openMercadoPago(door, the2024)
      const { refresh_token } = JSON.parse((await exchange(await code())).body)
      const own = { grant_type: 'client_credentials', redirect_uri: undefined, test_token: 'true' }
      for (const answer of [await refresh(refresh_token, { test_token: 'true' }), await exchange('', own)]) {
        const live = { access_token: expect.stringMatching(/^APP_USR-/), live_mode: true }
        expect(JSON.parse(answer.body)).toMatchObject(live)
      }
    })

    it.each(['false', false, undefined])('of %j brings live ones', async (test_token) => {
      const { code, exchange } = await openMercadoPago(door, the2024)
      const answer = JSON.parse((await exchange(await code(), { test_token })).body)
      expect(answer).toMatchObject({ access_token: expect.stringMatching(/^APP_USR-/), live_mode: true })
    })

    it('keeps the live prefix with test-token=live-prefix', async () => {
      const assume = { 'mercado-pago@2024.test-token': 'live-prefix' }
      const { code, exchange } = await openMercadoPago(door, the2024, { assume })
      const answer = JSON.parse((await exchange(await code(), { test_token: 'true' })).body)
      const live = expect.stringMatching(/^APP_USR-/)
      expect(answer).toMatchObject({ access_token: live, public_key: live, live_mode: false })
    })
  })

  it('token_type is spelled bearer with token-type=lower-case', async () => {
    const assume = { 'mercado-pago@2024.token-type': 'lower-case' }
    const { code, exchange } = await openMercadoPago(door, the2024, { assume })
    expect(JSON.parse((await exchange(await code())).body).token_type).toBe('bearer')
  })

  it('credentials in the Authorization header are read with basic=accepted', async () => {
    const assume = { 'mercado-pago@2024.basic': 'accepted' }
    const { code, token, clientId, clientSecret } = await openMercadoPago(door, the2024, { assume })
    const fields = { grant_type: 'authorization_code', redirect_uri: callback }
    const basic = (secret: string) => ({ authorization: `Basic ${btoa(`${clientId}:${secret}`)}` })
    expect(await token({ ...fields, code: await code() }, basic('wrong'))).toEqual(badClient)
    expect((await token({ ...fields, code: await code() }, basic(clientSecret))).status).toBe(200)
  })

  describe('client_credentials', () => {
    it('brings six keys for the owner’s account, without a refresh token', async () => {
      const { mock, exchange, clientId } = await openMercadoPago(door, the2024)
      const { ownerId } = await mock.clients.find(clientId)
      const { status, body } = await exchange('', { grant_type: 'client_credentials', redirect_uri: undefined })
      expect(status).toBe(200)
      expect(Object.entries(JSON.parse(body))).toEqual([
        ['access_token', expect.stringMatching(new RegExp(`^APP_USR-${clientId}-013108-[0-9a-f]{32}-${ownerId}$`))],
        ['live_mode', true],
        ['user_id', Number(ownerId)],
        ['token_type', 'Bearer'],
        ['expires_in', 21_600],
        ['scope', 'offline_access read write'],
      ])
    })

    it('lasts six hours', async () => {
      const { exchange, me, wait } = await openMercadoPago(door, the2024)
      const { access_token } = JSON.parse((await exchange('', { grant_type: 'client_credentials' })).body)
      await wait('21599s')
      expect((await me(access_token)).status).toBe(200)
      await wait('1s')
      expect((await me(access_token)).status).toBe(401)
    })
  })
}
