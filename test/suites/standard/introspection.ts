import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { tokensOf } from '../answer.ts'
import { badClient, badRequest, told } from './answers.ts'
import { basic, issuer, openStandard, scope } from './client.ts'
import { asserted, now, withKeys } from './keys.ts'

const inactive = told(200, { active: false })

/** What a token is good for (RFC 7662). */
export const introspectionSuite = (door: Door) =>
  describe('introspection', () => {
    it('tells what an access token is good for', async () => {
      const { connect, post, clientId, mock } = await openStandard(door)
      const [person] = await mock.users.list()
      expect(await post('/introspect', { token: (await connect()).access })).toEqual(
        told(200, {
          active: true,
          scope,
          client_id: clientId,
          username: person?.email,
          token_type: 'Bearer',
          exp: now + 3600,
          iat: now,
          sub: person?.id,
          aud: clientId,
          iss: issuer,
        }),
      )
    })

    it('tells it of a refresh token, which is no bearer token', async () => {
      const { connect, post, clientId, mock } = await openStandard(door)
      const [person] = await mock.users.list()
      const { refresh } = await connect()
      for (const token_type_hint of ['refresh_token', 'access_token', 'nonsense']) {
        expect(await post('/introspect', { token: refresh, token_type_hint })).toEqual(
          told(200, {
            active: true,
            scope,
            client_id: clientId,
            username: person?.email,
            exp: now + 30 * 86_400,
            iat: now,
            sub: person?.id,
            aud: clientId,
            iss: issuer,
          }),
        )
      }
    })

    it('tells of a client’s own token that the client is its subject', async () => {
      const { token, post, clientId } = await openStandard(door)
      const { access } = tokensOf(await token({ grant_type: 'client_credentials', scope: 'api' }))
      const told = JSON.parse((await post('/introspect', { token: access })).body)
      expect([told.sub, told.username, told.scope]).toEqual([clientId, undefined, 'api'])
    })

    it('says nothing but that it is not active of any other', async () => {
      const { code, connect, post, refresh, wait, mock, clientSecret } = await openStandard(door)
      const is = async (token: string) => expect(await post('/introspect', { token })).toEqual(inactive)
      for (const token of ['x', '__proto__', clientSecret ?? '', await code()]) await is(token)
      const spent = await connect()
      await refresh(spent.refresh)
      await is(spent.refresh)
      const revoked = await connect()
      await mock.grants.revoke((await mock.grants.list()).at(-1)?.id ?? '', 'user')
      for (const token of Object.values(revoked)) await is(token)
      const old = await connect()
      await wait('1h')
      await is(old.access)
      await wait('30d')
      await is(old.refresh)
    })

    it('says so of an access token that a refresh has replaced', async () => {
      const { connect, post, refresh } = await openStandard(door, { assume: { 'standard.old-access-token': 'dies' } })
      const old = await connect()
      await refresh(old.refresh)
      expect(await post('/introspect', { token: old.access })).toEqual(inactive)
    })

    it('is for any client that authenticates, and for nobody else', async () => {
      const program = await openStandard(door)
      const { access: token } = await program.connect()
      const { program: signing, sign } = await withKeys(program)
      for (const answer of [
        await (await program.with({})).post('/introspect', { token }),
        await signing.post('/introspect', { token, ...asserted(await sign({ aud: `${issuer}/introspect` })) }),
      ]) {
        expect(JSON.parse(answer.body).active).toBe(true)
      }
      expect(await (await program.with({ public: true })).post('/introspect', { token })).toEqual(
        badClient('The client secret is missing'),
      )
      expect(await program.post('/introspect', { token }, {})).toEqual(badClient('The client did not authenticate'))
      expect(await program.post('/introspect', { token }, basic(program.clientId, 'x'))).toEqual(
        badClient('Wrong client secret'),
      )
      expect(await program.post('/introspect', { token }, { authorization: `Bearer ${token}` })).toEqual(
        badClient('The client did not authenticate'),
      )
    })

    it('wants a token, once', async () => {
      const { post, request, clientId, clientSecret } = await openStandard(door)
      expect(await post('/introspect', { token_type_hint: 'access_token' })).toEqual(
        badRequest('The parameter token is missing'),
      )
      const headers = { 'content-type': 'application/x-www-form-urlencoded', ...basic(clientId, clientSecret) }
      expect(await request(`${issuer}/introspect`, { method: 'POST', headers, body: 'token=x&token=y' })).toEqual(
        badRequest('The parameter token is sent more than once'),
      )
      expect((await request(`${issuer}/introspect?token=x`)).status).toBe(405)
    })
  })
