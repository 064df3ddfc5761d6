import { describe, expect, it } from 'vitest'
import type { Answer, Door } from '../../doors.ts'
import { tokensOf } from '../answer.ts'
import { badClient, badGrant, badRequest, bearerError } from './answers.ts'
import { basic, issuer, openStandard } from './client.ts'
import { asserted, withKeys } from './keys.ts'

const done: Answer = { status: 200, headers: [], body: '' }
const revoked = bearerError('The access token was revoked')
const foreign = badGrant('The token was issued to another client')

/** Revocation (RFC 7009). */
export const revocationSuite = (door: Door) =>
  describe('revocation', () => {
    it('of a refresh token ends its access tokens too', async () => {
      const { connect, post, refresh, get } = await openStandard(door)
      const first = await connect()
      const second = tokensOf(await refresh(first.refresh))
      expect(await post('/revoke', { token: second.refresh, token_type_hint: 'refresh_token' })).toEqual(done)
      for (const { access } of [first, second]) expect(await get('/api/me', access)).toEqual(revoked)
      expect(await refresh(second.refresh)).toEqual(badGrant('The refresh token has been revoked'))
    })

    it('of an access token ends that one alone', async () => {
      const { connect, post, refresh, get } = await openStandard(door)
      const tokens = await connect()
      expect(await post('/revoke', { token: tokens.access })).toEqual(done)
      expect(await get('/api/me', tokens.access)).toEqual(revoked)
      expect((await refresh(tokens.refresh)).status).toBe(200)
    })

    it('looks for the token whatever the hint says', async () => {
      const { connect, post, get } = await openStandard(door)
      for (const token_type_hint of ['refresh_token', 'nonsense']) {
        const { access } = await connect()
        expect(await post('/revoke', { token: access, token_type_hint })).toEqual(done)
        expect(await get('/api/me', access)).toEqual(revoked)
      }
    })

    it('of a token that is unknown or dead is answered as if it had been ended', async () => {
      const { connect, post, code } = await openStandard(door)
      const { access, refresh } = await connect()
      for (const token of [access, access, refresh, refresh, 'x', await code()]) {
        expect(await post('/revoke', { token })).toEqual(done)
      }
    })

    it('of another client’s token is refused, and ends nothing', async () => {
      const program = await openStandard(door)
      const { access, refresh } = await program.connect()
      for (const other of [await program.with({}), await program.with({ public: true })]) {
        expect(await other.post('/revoke', { token: access })).toEqual(foreign)
        expect(await other.post('/revoke', { token: refresh })).toEqual(foreign)
      }
      expect((await program.get('/api/me', access)).status).toBe(200)
      expect((await program.refresh(refresh)).status).toBe(200)
    })

    it('is for clients of every kind, each in its way', async () => {
      const program = await openStandard(door)
      const open = await program.with({ public: true })
      expect(await open.post('/revoke', { token: (await open.connect()).access })).toEqual(done)
      const { program: signing, sign } = await withKeys(program)
      const fields = asserted(await sign({ aud: `${issuer}/revoke` }))
      expect(await signing.post('/revoke', { token: 'x', ...fields })).toEqual(done)
      const { clientId, clientSecret } = program
      expect(
        await program.post('/revoke', { token: 'x', client_id: clientId, client_secret: clientSecret }, {}),
      ).toEqual(done)
    })

    it('is not for one who does not authenticate', async () => {
      const { post, clientId } = await openStandard(door)
      expect(await post('/revoke', { token: 'x' }, {})).toEqual(badClient('The client did not authenticate'))
      expect(await post('/revoke', { token: 'x' }, basic(clientId, 'x'))).toEqual(badClient('Wrong client secret'))
      expect(await post('/revoke', { token: 'x', client_id: clientId }, {})).toEqual(
        badClient('The client authenticates in another way'),
      )
    })

    it('wants a token, once, in a form', async () => {
      const { post, request, clientId, clientSecret } = await openStandard(door)
      expect(await post('/revoke', { token_type_hint: 'access_token' })).toEqual(
        badRequest('The parameter token is missing'),
      )
      const headers = { 'content-type': 'application/x-www-form-urlencoded', ...basic(clientId, clientSecret) }
      const send = (body: string) => request(`${issuer}/revoke`, { method: 'POST', headers, body })
      expect(await send('token=x&token=y')).toEqual(badRequest('The parameter token is sent more than once'))
      expect(await send('')).toEqual(badRequest('The body is empty'))
      expect((await request(`${issuer}/revoke?token=x`)).status).toBe(405)
    })
  })
